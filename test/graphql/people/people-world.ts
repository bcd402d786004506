import type { Database } from "../../../src/database/database.ts";
import { openStore } from "../../../src/database/open.ts";
import { toGlobalId } from "../../../src/kernel/global-id.ts";
import { asId, type RecordId } from "../../../src/kernel/id.ts";
import { viewerOf } from "../../../src/store/core/viewer.ts";
import { findRecord } from "../../../src/store/records/find.ts";
import { storeOver } from "../../../src/store/store.ts";
import { AUDIT_KEYS } from "../../audit-keys.ts";
import type { OpenDatabase, TestDatabase } from "../../database.ts";
import { type Answer, type Gateway, onlyError, openGateway } from "../gateway.ts";
import { NOW } from "../world.ts";

export const ROOT = "root@acme.test";

/**
 * People, roles, groups, and everything that can name them. `ron` manages roles and groups and nothing else, `pia`
 * people alone, `hugo` both; `old` is a tombstone that owned a record; `rep` and `vips` are named by a rule, a group and a share.
 */
export const PEOPLE = `
sightline: 1
organization:
  key: acme
  name: Acme
  timeZone: Europe/Berlin
  edition: ENTERPRISE
  seats: { regular: 40, team: 10 }
  superAdmin: root@acme.test
roles:
  ceo: { name: CEO }
  head: { name: Head, parent: ceo, forecastManager: hal@acme.test }
  rep: { name: Rep, parent: head }
  service: { name: Service, parent: ceo }
  desk: { name: Desk, parent: service }
  grave: { name: Grave, parent: service }
  empty: { name: Empty }
profiles:
  structure: { name: Structure, modules: {}, capabilities: [MANAGE_ROLES, MANAGE_GROUPS] }
  personnel: { name: Personnel, modules: {}, capabilities: [MANAGE_ROLES, MANAGE_USERS] }
  people: { name: People, modules: {}, capabilities: [MANAGE_USERS] }
  clerk: { name: Clerk, modules: { leads: [VIEW] }, capabilities: [] }
  auditor: { name: Auditor, modules: { leads: [VIEW] }, capabilities: [VIEW_ALL_DATA] }
users:
  root@acme.test: { name: Root, role: ceo, profile: administrator }
  adam@acme.test: { name: Adam, role: desk, profile: administrator }
  cleo@acme.test: { name: Cleo, role: ceo, profile: clerk }
  hal@acme.test: { name: Hal, role: head, reportsTo: cleo@acme.test }
  ray@acme.test: { name: Ray, role: rep, reportsTo: hal@acme.test }
  rex@acme.test: { name: Rex, role: rep }
  sue@acme.test: { name: Sue, role: service }
  dee@acme.test: { name: Dee, role: desk }
  ron@acme.test: { name: Ron, role: service, profile: structure }
  pia@acme.test: { name: Pia, role: service, profile: people }
  hugo@acme.test: { name: Hugo, role: service, profile: personnel }
  ian@acme.test: { name: Ian, role: desk, status: INACTIVE }
  tia@acme.test: { name: Tia, role: service, license: TEAM, teamModules: { tickets: MEMBER } }
  old@acme.test: { name: Old, role: grave, status: DELETED }
groups:
  emea: { name: EMEA, members: [ { user: sue@acme.test }, { role: rep }, { roleAndSubordinates: rep }, { group: vips } ] }
  vips: { name: VIPs, members: [ { user: dee@acme.test } ] }
  spare: { name: Spare, members: [] }
modules:
  leads: { label: Leads, fields: { status: { type: TEXT } } }
  tickets: { label: Tickets, kind: TEAM }
sharingRules:
  reps-to-sue: { name: Reps to Sue, module: leads, from: { role: rep }, to: { user: sue@acme.test }, access: READ_ONLY }
  won-to-vips: { name: Won to VIPs, module: leads, criteria: { all: [ { field: status, op: EQ, value: won } ] }, to: { group: vips }, access: READ_ONLY }
  won-to-desk: { name: Won to the desk, module: leads, criteria: { all: [ { field: status, op: EQ, value: won } ] }, to: { role: desk }, access: READ_WRITE }
records:
  leads:
    ray-1: { owner: ray@acme.test, name: Ray's, values: { status: won } }
    rex-1: { owner: rex@acme.test, name: Rex's, values: { status: open } }
    hal-1: { owner: hal@acme.test, name: Hal's, values: { status: open } }
    sue-1: { owner: sue@acme.test, name: Sue's, values: { status: open } }
    old-1: { owner: old@acme.test, name: Old's, values: { status: open } }
shares:
  - { record: leads/hal-1, to: { role: rep }, access: READ_ONLY }
  - { record: leads/hal-1, to: { group: vips }, access: READ_WRITE }
  - { record: leads/sue-1, to: { roleAndSubordinates: rep }, access: READ_WRITE }
  - { record: leads/sue-1, to: { user: dee@acme.test }, access: READ_ONLY }
supportAccess: { agent: agent@vendor.test, grantedAt: 2026-11-30T00:00:00Z, expiresOn: 2026-12-31 }
`;

/** A world that a test may change: the gateway over a database of its own, and a mutation there that must succeed. */
export type World = {
  readonly opened: TestDatabase;
  readonly gateway: Gateway;
  readonly change: (user: string, query: string, input: object) => ReturnType<Gateway["data"]>;
};

export async function freshWorld(open: OpenDatabase, text = PEOPLE): Promise<World> {
  const opened = await open();
  const gateway = await openGateway(opened.database, text);
  return { opened, gateway, change: (user, query, input) => gateway.data(user, query, { input }) };
}

/** Who of the people named reads a lead, as the gateway answers them. */
export async function readersOf(
  gateway: Gateway,
  key: string,
  people: readonly string[],
): Promise<readonly string[]> {
  const query = `query ($key: RecordKey!) { record(key: $key) { name } }`;
  const readers: string[] = [];
  for (const name of people) {
    const { record } = await gateway.data(`${name}@acme.test`, query, { key: { module: "leads", key } });
    if (record !== null) readers.push(name);
  }
  return readers;
}

/** What a refused request answered, with nothing written and nothing in the log. */
export async function refusal(
  gateway: Gateway,
  user: string,
  query: string,
  input: object,
): Promise<ReturnType<typeof onlyError>> {
  const before = await everything(gateway.database);
  const answer: Answer = await gateway.ask(user, query, { input });
  const error = onlyError(answer);
  if ((await everything(gateway.database)) !== before) throw new Error("a refused change changed something");
  return error;
}

/** Every row that a change of structure could touch, and the number of events, as one text. */
async function everything({ reader }: Database): Promise<string> {
  const rows = [
    await reader.organization.findMany({ select: { version: true } }),
    await reader.role.findMany({ orderBy: { id: "asc" } }),
    await reader.user.findMany({ orderBy: { id: "asc" } }),
    await reader.group.findMany({ orderBy: { id: "asc" } }),
    await reader.groupMember.findMany({ orderBy: [{ groupId: "asc" }, { position: "asc" }] }),
    await reader.sharingRule.findMany({ orderBy: { id: "asc" } }),
    await reader.record.findMany({ orderBy: { id: "asc" } }),
    await reader.recordShare.findMany({ orderBy: { id: "asc" } }),
    await reader.recordGrant.findMany({ orderBy: [{ recordId: "asc" }, { key: "asc" }] }),
    await reader.auditEvent.count(),
  ];
  return JSON.stringify(rows, (_, value) => (typeof value === "bigint" ? String(value) : value));
}

/**
 * The records whose access path is not the role that their owner holds now: none, but of owners who are found by
 * themselves meanwhile (SH-23).
 */
export async function straysOf({ reader }: Database): Promise<readonly string[]> {
  const records = await reader.record.findMany({ include: { owner: true } });
  return records
    .filter(
      ({ owner, ownerRoleId, ownerSeq }) =>
        (!owner.isPathBehind && owner.roleId !== ownerRoleId) || owner.seq !== ownerSeq,
    )
    .map(({ key }) => key);
}

/** What happened since, in order: `ACTION Type`. */
export async function happenedSince({ reader }: Database, sequence: number): Promise<readonly string[]> {
  const events = await reader.auditEvent.findMany({
    where: { sequence: { gt: sequence } },
    orderBy: { sequence: "asc" },
  });
  return events.map(({ action, targetType }) => `${action} ${targetType}`);
}

/** The number of the last event. */
export async function lastEvent({ reader }: Database): Promise<number> {
  return (await reader.auditHead.findFirstOrThrow()).sequence;
}

/** Another instance of the gateway's store, with a connection and caches of its own. */
export type SecondInstance = {
  /** Whether somebody reads a record there, under the policy that it finds now. */
  readonly reads: (email: string, recordId: string) => Promise<boolean>;
  readonly close: () => Promise<void>;
};

export async function secondInstance({ url }: TestDatabase): Promise<SecondInstance> {
  const database = await openStore(url, { isDurable: false, connections: 2, auditKeys: AUDIT_KEYS });
  const store = storeOver(database, { now: () => NOW });
  return {
    reads: async (email, recordId) => {
      const policy = await store.policies.get("acme");
      const user = policy?.usersByEmail.get(email);
      if (!policy || !user) throw new Error(`nobody has the address ${email}`);
      const id: RecordId = asId(recordId);
      return (await findRecord(viewerOf(store, policy, user, NOW), id)) !== null;
    },
    close: () => database.close(),
  };
}

/** The bare id of a lead. */
export async function leadId({ reader }: Database, key: string): Promise<string> {
  return (await reader.record.findFirstOrThrow({ where: { key }, select: { id: true } })).id;
}

/** The global id of the support agent. */
export async function agentId({ reader }: Database): Promise<string> {
  const { id } = await reader.user.findFirstOrThrow({ where: { license: "SUPPORT" }, select: { id: true } });
  return toGlobalId("User", id);
}

/** What of whom is to change, by keys and first names. */
export type WantedUser = {
  readonly name?: string | null;
  readonly role?: string | null;
  readonly profile?: string | null;
  readonly reportsTo?: string | null;
};

/** The input of `updateUser`. */
export async function userInput(gateway: Gateway, who: string, wanted: WantedUser): Promise<object> {
  const { name, role, profile, reportsTo } = wanted;
  return {
    id: await gateway.user(`${who}@acme.test`),
    ...(name === undefined ? {} : { name }),
    ...(role === undefined ? {} : { role: role && (await gateway.id("Role", role)) }),
    ...(profile === undefined ? {} : { profile: profile && (await gateway.id("Profile", profile)) }),
    ...(reportsTo === undefined
      ? {}
      : { reportsTo: reportsTo && (await gateway.user(`${reportsTo}@acme.test`)) }),
  };
}
