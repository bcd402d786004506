import type { Database } from "../../../src/database/database.ts";
import { applyOrganizationFile } from "../../../src/file/apply.ts";
import { type Answer, type Gateway, openGateway } from "../gateway.ts";

export const ROOT = "root@acme.test";
export const AGENT = "agent@vendor.test";
export const COLLEAGUE = "colleague@vendor.test";

/** On the vendor's list, with a position that may not come in. */
export const TRAINEE = "trainee@vendor.test";

export type World = Gateway & {
  /** Moves the clock to an instant. */
  readonly at: (instant: string | number) => void;
  readonly grant: (input?: object, as?: string) => Promise<Answer>;
  readonly move: (input: object, as?: string) => Promise<Answer>;
  readonly revoke: (input?: object, as?: string) => Promise<Answer>;
  /** Whether somebody is let in now, by a token of now. */
  readonly comesIn: (who: string) => Promise<boolean>;
};

export type Options = {
  readonly timeZone?: string;
  readonly edition?: string;
  readonly longestSupportDays?: number;
  /** `SIGHTLINE_SUPPORT_AGENTS`. */
  readonly agents?: string;
  /** More lines of the file. */
  readonly more?: string;
};

const ACCESS = "id isOpen expiresOn expiresAt grantedAt revokedAt secondsLeft agentEmail reason extraDenials";

/** An organisation without support access, whose clock stands at an instant until it is moved. */
export async function openSupportWorld(
  database: Database,
  at: string,
  options: Options = {},
): Promise<World> {
  let now = Date.parse(at);
  const agents = options.agents ?? `${AGENT}:Engineer,${COLLEAGUE}:Engineer,${TRAINEE}:Trainee`;
  // Everybody was there long before.
  const founded = Date.parse("2010-01-01T00:00:00Z");
  const file = { text: textOf(options), name: "support.yaml" };
  await applyOrganizationFile(database, file, null, { now: founded });
  const gateway = await openGateway(database, null, {
    clock: { now: () => now },
    settings: { SIGHTLINE_SUPPORT_AGENTS: agents, SIGHTLINE_SUPPORT_POSITIONS: "Engineer" },
  });
  const change =
    (name: string) =>
    (input: object = {}, as = ROOT) =>
      gateway.ask(
        as,
        `mutation ($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { supportAccess { ${ACCESS} } } }`,
        { input },
      );
  const grant = change("grantSupportAccess");
  const revoke = change("revokeSupportAccess");
  return {
    ...gateway,
    at: (instant) => {
      now = typeof instant === "number" ? instant : Date.parse(instant);
    },
    grant: (input = {}, as) => grant({ agent: AGENT, acknowledgeDataVisible: true, ...input }, as),
    move: change("updateSupportAccess"),
    revoke: (input = { confirm: true }, as) => revoke(input, as),
    comesIn: async (who) => (await gateway.ask(who, "{ organization { name } }")).errors === undefined,
  };
}

function textOf({
  timeZone = "UTC",
  edition = "ENTERPRISE",
  longestSupportDays,
  more = "",
}: Options): string {
  const longest = longestSupportDays === undefined ? "" : `, longestSupportDays: ${longestSupportDays}`;
  return `
sightline: 1
organization: { key: acme, name: Acme, timeZone: ${timeZone}, edition: ${edition}, seats: { regular: 10, team: 0 }, superAdmin: ${ROOT}${longest} }
roles: { ceo: { name: CEO }, rep: { name: Rep, parent: ceo } }
profiles:
  porter: { name: Porter, modules: {}, capabilities: [MANAGE_SUPPORT_ACCESS] }
  settler: { name: Settler, modules: {}, capabilities: [MANAGE_ORGANIZATION, MANAGE_USERS, VIEW_AUDIT_LOG] }
users:
  ${ROOT}: { name: Root, role: ceo, profile: administrator }
  porter@acme.test: { name: Porter, role: rep, profile: porter }
  settler@acme.test: { name: Settler, role: rep, profile: settler }
  ray@acme.test: { name: Ray, role: rep }
modules:
  leads: { label: Leads }
records:
  leads:
    lead-1: { owner: ray@acme.test, name: One }
${more}`;
}

/** The access in an answer of one of the three mutations. */
export function accessIn(answer: Answer) {
  if (answer.errors !== undefined) throw new Error(JSON.stringify(answer.errors));
  const [payload] = Object.values(answer.data ?? {});
  return payload.supportAccess;
}
