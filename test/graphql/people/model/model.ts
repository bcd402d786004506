/** A person as the model has them. The first is the super administrator. */
export type Person = {
  readonly name: string;
  /** Null: deleted. */
  readonly email: string | null;
  readonly status: "ACTIVE" | "INACTIVE" | "DELETED";
  readonly license: "REGULAR" | "TEAM";
  readonly profile: ProfileKey;
  readonly isAdministrator: boolean;
  readonly hasCrm: boolean;
};

export type ProfileKey = "administrator" | "standard" | "people" | "team-user";

/** Everybody who ever was, and whose each record is, by place among them. */
export type Model = { readonly people: readonly Person[]; readonly owners: Readonly<Record<string, number>> };

/** How an action ends, and what it leaves. */
export type Ending = { readonly code: string; readonly after: Model };

/** One administrative action; people by their place, taken around as often as need be. */
export type Action = { readonly as: number } & (
  | { readonly kind: "DEACTIVATE" | "REVOKE"; readonly whom: number }
  | { readonly kind: "DEACTIVATE_MANY" | "ADD_ADMINISTRATORS"; readonly all: readonly number[] }
  | { readonly kind: "DELETE"; readonly whom: number; readonly confirm: boolean }
  | { readonly kind: "GIVE_PROFILE"; readonly whom: number; readonly profile: ProfileKey }
  | { readonly kind: "HAND_OVER"; readonly from: number; readonly to: number }
  | { readonly kind: "ADD_AGAIN"; readonly address: number }
);

export const isRoot = (at: number): boolean => at === 0;

/** UA-02, UA-03: whoever is active, and is the super administrator, of the suite or has the profile. */
export function administers({ people }: Model, at: number): boolean {
  const person = people[at];
  if (person?.status !== "ACTIVE" || person.license !== "REGULAR") return false;
  return isRoot(at) || person.isAdministrator || person.profile === "administrator";
}

/** UA-01. */
export function managesPeople(model: Model, at: number): boolean {
  const person = model.people[at];
  return administers(model, at) || (person?.status === "ACTIVE" && person.profile === "people");
}

/** What a profile gives of what another may lack. */
const GIVES: Readonly<Record<ProfileKey, readonly string[]>> = {
  administrator: ["MANAGE_USERS", "SEND_EMAIL", "USE_FEEDS"],
  standard: ["SEND_EMAIL", "USE_FEEDS"],
  people: ["MANAGE_USERS"],
  "team-user": ["USE_FEEDS"],
};

function holds(model: Model, at: number, capability: string): boolean {
  const person = model.people[at];
  if (isRoot(at) || person?.profile === "administrator") return true;
  if (person?.isAdministrator && capability === "MANAGE_USERS") return true;
  return person !== undefined && GIVES[person.profile].includes(capability);
}

/** UA-51: the super administrator, and the last who is active with the profile. */
function mustStay({ people }: Model, at: number): boolean {
  const isLast = (each: Person | undefined) => each?.status === "ACTIVE" && each.profile === "administrator";
  if (isRoot(at)) return true;
  return isLast(people[at]) && !people.some((each, other) => other !== at && isLast(each));
}

function withPerson(model: Model, at: number, change: Partial<Person>): Model {
  return {
    ...model,
    people: model.people.map((each, here) => (here === at ? { ...each, ...change } : each)),
  };
}

/** How an action must end. */
export function endingOf(model: Model, action: Action): Ending {
  const refused = (code: string): Ending => ({ code, after: model });
  const asker = model.people[action.as];
  if (action.kind === "ADD_AGAIN") return addAgain(model, action.address);
  if (asker?.status !== "ACTIVE") return refused("UNAUTHENTICATED");
  switch (action.kind) {
    case "GIVE_PROFILE":
      return giveProfile(model, action.as, action.whom, action.profile);
    case "HAND_OVER":
      return handOver(model, action.as, action.from, action.to);
    case "DEACTIVATE_MANY":
      return deactivateMany(model, administers(model, action.as), action.all);
    case "DEACTIVATE":
      return deactivateMany(model, administers(model, action.as), [action.whom]);
    case "DELETE":
      return administers(model, action.as)
        ? deletion(model, action.whom, action.confirm)
        : refused("FORBIDDEN");
    case "ADD_ADMINISTRATORS":
      return administers(model, action.as) ? addition(model, action.all) : refused("FORBIDDEN");
    case "REVOKE":
      return administers(model, action.as) ? revocation(model, action.whom) : refused("FORBIDDEN");
  }
}

/** UA-50, UA-65: each after those before it. */
function deactivateMany(model: Model, isAdmitted: boolean, all: readonly number[]): Ending {
  let after = model;
  const codes = all.map((at) => {
    const why = isAdmitted ? whyNotDeactivated(after, at) : "FORBIDDEN";
    if (why === null) after = deactivated(after, at);
    return why ?? "DONE";
  });
  return { code: codes.join(), after };
}

/** UA-60, UA-61. */
function deletion(model: Model, whom: number, confirm: boolean): Ending {
  const refused = (code: string): Ending => ({ code, after: model });
  if (!confirm) return refused("CONFIRMATION_REQUIRED");
  if (model.people[whom]?.status === "DELETED") return refused("ACTION_NOT_AVAILABLE");
  if (mustStay(model, whom)) return refused("LAST_ADMINISTRATOR");
  const gone = { status: "DELETED", email: null, isAdministrator: false, hasCrm: false } as const;
  return { code: "DONE", after: withPerson(model, whom, gone) };
}

/** UA-51: all of them or none. */
function addition(model: Model, all: readonly number[]): Ending {
  const isFit = (at: number) =>
    model.people[at]?.status === "ACTIVE" && model.people[at]?.license === "REGULAR";
  if (!all.every(isFit)) return { code: "ACTION_NOT_AVAILABLE", after: model };
  const made = all.filter((at) => !isRoot(at));
  return {
    code: "DONE",
    after: made.reduce((now, at) => withPerson(now, at, { isAdministrator: true }), model),
  };
}

/** UA-51. */
function revocation(model: Model, whom: number): Ending {
  const refused = (code: string): Ending => ({ code, after: model });
  const person = model.people[whom];
  if (person?.status === "DELETED") return refused("ACTION_NOT_AVAILABLE");
  if (isRoot(whom)) return refused("LAST_ADMINISTRATOR");
  if (!person?.isAdministrator) return refused("ACTION_NOT_AVAILABLE");
  return { code: "DONE", after: withPerson(model, whom, { isAdministrator: false }) };
}

function whyNotDeactivated(model: Model, at: number): string | null {
  if (model.people[at]?.status !== "ACTIVE") return "ACTION_NOT_AVAILABLE";
  return mustStay(model, at) ? "LAST_ADMINISTRATOR" : null;
}

function deactivated(model: Model, at: number): Model {
  return withPerson(model, at, { status: "INACTIVE", hasCrm: false });
}

/** UA-31, CA-02, TU-07, UA-51. */
function giveProfile(model: Model, as: number, whom: number, profile: ProfileKey): Ending {
  const refused = (code: string): Ending => ({ code, after: model });
  const [asker, person] = [model.people[as], model.people[whom]];
  if (asker === undefined || person === undefined) throw new Error("nobody");
  // Without the management of people one reads one's own profile alone.
  if (!managesPeople(model, as)) return refused(asker.profile === profile ? "FORBIDDEN" : "NOT_FOUND");
  const before = person.profile;
  const isNew = before !== profile;
  if (person.status !== "DELETED" && isNew) {
    if ((whom === as || isRoot(whom)) && !administers(model, as)) return refused("FORBIDDEN");
    if ([before, profile].includes("administrator") && !administers(model, as)) return refused("FORBIDDEN");
    const given = GIVES[profile].filter((each) => !GIVES[before].includes(each));
    if (profile !== "administrator" && !given.every((each) => holds(model, as, each)))
      return refused("FORBIDDEN");
  }
  if (person.status === "DELETED") return refused("ACTION_NOT_AVAILABLE");
  if (!isNew) return { code: "DONE", after: model };
  if ((person.license === "TEAM") !== (profile === "team-user")) return refused("ACTION_NOT_AVAILABLE");
  if (before === "administrator" && mustStay(model, whom)) return refused("LAST_ADMINISTRATOR");
  return { code: "DONE", after: withPerson(model, whom, { profile }) };
}

/** UA-64, SH-46, TU-33: who opens leads; whose they are, the super administrator's and administrators' to hand over. */
function handOver(model: Model, as: number, from: number, to: number): Ending {
  const refused = (code: string): Ending => ({ code, after: model });
  const [asker, heir] = [model.people[as], model.people[to]];
  const opens = (person: Person | undefined, at: number) =>
    person !== undefined &&
    person.license === "REGULAR" &&
    person.hasCrm &&
    (isRoot(at) || person.profile === "standard" || person.profile === "administrator");
  if (heir?.status === "DELETED") return refused("NOT_FOUND");
  if (!opens(asker, as)) return refused("FORBIDDEN");
  if (from === to) return refused("BAD_USER_INPUT");
  if (heir?.status !== "ACTIVE" || !opens(heir, to))
    return refused(heir?.license === "TEAM" ? "FORBIDDEN" : "BAD_USER_INPUT");
  const isAdmitted = as === from || isRoot(as) || asker?.profile === "administrator";
  if (!isAdmitted) return { code: "DONE", after: model };
  const owners = Object.entries(model.owners).map(([key, owner]) => [key, owner === from ? to : owner]);
  return { code: "DONE", after: { ...model, owners: Object.fromEntries(owners) } };
}

/** The addresses that people of the organisation may have. */
export function addressOf(at: number): string {
  return `p${at}@acme.test`;
}

/** UA-62: a free address is a new person's, whoever had it before. One that somebody has is left alone. */
function addAgain(model: Model, address: number): Ending {
  const email = addressOf(address);
  if (model.people.some((person) => person.email === email)) return { code: "SKIPPED", after: model };
  const person: Person = {
    ...{ name: `P${address} of ${model.people.length}`, email, status: "ACTIVE", license: "REGULAR" },
    ...{ profile: "standard", isAdministrator: false, hasCrm: true },
  };
  return { code: "DONE", after: { ...model, people: [...model.people, person] } };
}
