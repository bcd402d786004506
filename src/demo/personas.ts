/** Someone of the demo to look through the eyes of. */
export type Persona = {
  /** With which a token is asked for. */
  readonly email: string;
  readonly name: string;
  /** What looking through these eyes shows, in one sentence. */
  readonly shows: string;
};

/** The people worth signing in as, in the order in which a newcomer learns most. */
export const PERSONAS: readonly Persona[] = [
  {
    email: "ray@acme.test",
    name: "Ray Okonkwo, representative DACH",
    shows:
      "Sees his own leads, those shared with his role or himself, and the fair leads of a group he belongs to.",
  },
  {
    email: "meg@acme.test",
    name: "Meg Harcourt, regional manager EMEA",
    shows:
      "Works with everything of the three teams below her, and edits global deals of other regions through a sharing rule.",
  },
  {
    email: "cleo@acme.test",
    name: "Cleo Marchetti, chief executive",
    shows: "Stands above the whole company, yet not above the dealers, who are another tree of roles.",
  },
  {
    email: "freja@acme.test",
    name: "Freja Holm, representative Nordics",
    shows: "Shares everything with the colleagues of her role, because that role shares data with peers.",
  },
  {
    email: "emil@acme.test",
    name: "Emil Novak, head of applications",
    shows: "Owns little, and reads what rules bring to the engineers below him and to himself.",
  },
  {
    email: "nora@acme.test",
    name: "Nora Haddad, controller",
    shows: "Reads every deal and clears away stale quotes; her profile has no leads at all.",
  },
  {
    email: "opal@acme.test",
    name: "Opal Simmons, sales operations",
    shows: "Reads every record and may ask why anybody sees it, but changes none.",
  },
  {
    email: "tia@acme.test",
    name: "Tia Mbeki, service desk, team user",
    shows: "Works in service tickets, reads accounts, contacts and visits, and has no leads.",
  },
  {
    email: "nadia@dealer.test",
    name: "Nadia Karim, dealer",
    shows: "Stands outside the company: the leads of dealers, and the names nobody may call.",
  },
  {
    email: "ada@acme.test",
    name: "Ada Brandt, suite administrator",
    shows: "Manages people, and reaches no more records for it: administering is not seeing.",
  },
  {
    email: "root@acme.test",
    name: "Robin Oteng, super administrator",
    shows: "Reaches and may do everything, and every explanation says that this is why.",
  },
  {
    email: "agent@vendor.test",
    name: "The vendor's support agent",
    shows:
      "An administrator for a few weeks, less the denials: exports nothing, sends nothing, deletes nothing.",
  },
];
