import type { Database } from "../../../src/database/database.ts";
import { type Gateway, openGateway, rows, type Shown } from "../gateway.ts";
import { ACME } from "../world.ts";

export const WILL = "will@acme.test";

/** The world with Will, who reads the whole log and has no other right. */
export const WATCHED = ACME.replace(
  "users:\n",
  `  watcher: { name: Watcher, modules: {}, capabilities: [VIEW_AUDIT_LOG] }\nusers:\n  ${WILL}: { name: Will, role: service, profile: watcher }\n`,
);

const EVENT = `id at action isSupport account requestId sequence actor { name isSupport }
  target { type id name } changes { field label before after beforeText afterText }`;

export type Events = {
  readonly gateway: Gateway;
  /** What somebody reads of the log, newest first. */
  readonly read: (user: string, args?: string) => Promise<Shown[]>;
  /** The same as lines: who did what on what. */
  readonly lines: (user: string, args?: string) => Promise<string[]>;
  readonly change: (user: string, name: string, input: object) => Promise<void>;
};

export async function openEvents(database: Database): Promise<Events> {
  const gateway = await openGateway(database, WATCHED);
  const read = async (user: string, args = "") => {
    const list = args === "" ? "" : `(${args})`;
    const { auditEvents } = await gateway.data(
      user,
      `{ auditEvents${list} { edges { node { ${EVENT} } } } }`,
    );
    return rows(auditEvents);
  };
  return {
    gateway,
    read,
    lines: async (user, args) =>
      (await read(user, args)).map(
        ({ actor, action, target }) =>
          `${actor?.name ?? "the system"} ${action} ${target === null ? "hidden" : target.name}`,
      ),
    change: async (user, name, input) => {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
      await gateway.data(user, `mutation ($input: ${type}!) { ${name}(input: $input) { __typename } }`, {
        input,
      });
    },
  };
}
