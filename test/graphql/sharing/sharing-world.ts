import { v7 } from "uuid";
import { expect } from "vitest";
import type { Database } from "../../../src/database/database.ts";
import { toGlobalId } from "../../../src/kernel/global-id.ts";
import { asId, type OrgId } from "../../../src/kernel/id.ts";
import { readOrg } from "../../../src/store/core/snapshot/snapshot.ts";
import { deriveGrants, matchingRules } from "../../../src/store/grants/derive.ts";
import { type Failure, type Gateway, onlyError, type Shown } from "../gateway.ts";
import { NOW } from "../world.ts";

/**
 * Somebody of every kind who may share, own, be shared with, or not. Ray's superior is Hal; Rob is his peer; Sue, Dan
 * and the rest of the desk are strangers; Dan is in the group *mix*.
 */
export const SHARING = `
sightline: 1
organization: { key: acme, name: Acme, timeZone: UTC, edition: ENTERPRISE, seats: { regular: 40, team: 10 }, superAdmin: root@acme.test }
roles:
  ceo: { name: CEO }
  head: { name: Head, parent: ceo }
  rep: { name: Rep, parent: head, shareDataWithPeers: true }
  desk: { name: Desk, parent: ceo }
  clerk: { name: Clerk, parent: desk }
profiles:
  viewer: { name: Viewer, modules: { leads: [VIEW] }, capabilities: [] }
  sharer: { name: Sharer, modules: { leads: [VIEW, SHARE] }, capabilities: [] }
  giver: { name: Giver, modules: { leads: [VIEW, CHANGE_OWNER] }, capabilities: [] }
  lender: { name: Lender, modules: { leads: [VIEW, SHARE, CHANGE_OWNER] }, capabilities: [] }
  none: { name: None, modules: {}, capabilities: [] }
  policy: { name: Policy, modules: { leads: [VIEW, EDIT, SHARE] }, capabilities: [MANAGE_DATA_SHARING] }
  why: { name: Why, modules: { leads: [VIEW, EDIT, SHARE] }, capabilities: [VIEW_ACCESS] }
users:
  root@acme.test: { name: Root, role: ceo, profile: administrator }
  hal@acme.test: { name: Hal, role: head }
  ray@acme.test: { name: Ray, role: rep }
  rob@acme.test: { name: Rob, role: rep }
  rita@acme.test: { name: Rita, role: rep, profile: sharer }
  gus@acme.test: { name: Gus, role: rep, profile: giver }
  lia@acme.test: { name: Lia, role: rep, profile: lender }
  sue@acme.test: { name: Sue, role: desk }
  dan@acme.test: { name: Dan, role: desk }
  cleo@acme.test: { name: Cleo, role: clerk }
  vic@acme.test: { name: Vic, role: desk, profile: viewer }
  non@acme.test: { name: Non, role: desk, profile: none }
  max@acme.test: { name: Max, role: rep, profile: policy }
  wes@acme.test: { name: Wes, role: rep, profile: why }
  ida@acme.test: { name: Ida, role: desk, status: INACTIVE }
  del@acme.test: { name: Del, role: desk, status: DELETED }
  pam@acme.test: { name: Pam, role: desk, status: PENDING }
  app@acme.test: { name: App, role: desk, applications: [] }
  tia@acme.test: { name: Tia, role: desk, license: TEAM, teamModules: { tickets: REQUESTER } }
  tom@acme.test: { name: Tom, role: desk, license: TEAM, teamModules: { tickets: MEMBER } }
  pat@acme.test: { name: Pat, role: desk, teamModules: { tickets: PARTICIPANT } }
  req@acme.test: { name: Req, role: desk, teamModules: { tickets: REQUESTER } }
  mag@acme.test: { name: Mag, role: desk, teamModules: { tickets: MANAGER } }
  adi@acme.test: { name: Adi, role: desk, teamModules: { tickets: ADMIN } }
groups:
  mix: { name: Mix, members: [ { user: dan@acme.test } ] }
modules:
  leads: { label: Leads, fields: { status: { type: PICKLIST, options: [new, won] }, constructor: { type: TEXT } } }
  deals: { label: Deals, default: PUBLIC_READ_WRITE }
  things: { label: Things, fields: { constructor: { type: TEXT, required: true } } }
  tickets: { label: Tickets, kind: TEAM }
teamUserModules: [leads]
sharingRules:
  won-to-cleo:
    module: leads
    criteria: { all: [ { field: status, op: EQ, value: won } ] }
    to: { user: cleo@acme.test }
    access: READ_WRITE
    expiresAt: 2027-01-01T00:00:00Z
  reps-to-desk: { module: leads, from: { role: head }, to: { role: desk }, access: READ_ONLY }
records:
  leads:
    lead-1: { owner: ray@acme.test, name: One }
    of-ray: { owner: ray@acme.test, name: Of Ray }
    of-ida: { owner: ida@acme.test, name: Of Ida }
    of-del: { owner: del@acme.test, name: Of Del }
    of-agent: { owner: agent@vendor.test, name: Of the agent }
  forecasts: { quarter: { owner: ray@acme.test, name: Quarter } }
supportAccess: { agent: agent@vendor.test, grantedAt: 2026-11-30T00:00:00Z, expiresOn: 2026-12-31 }
`;

export const mail = (name: string) => (name === "agent" ? "agent@vendor.test" : `${name}@acme.test`);

/** Makes leads of Ray's without asking, with what is derived of them; gives the rows. */
export async function manyLeads({ database }: Gateway, count: number) {
  const { reader } = database;
  const module = await reader.module.findFirstOrThrow({ where: { key: "leads" } });
  const ray = await reader.user.findFirstOrThrow({ where: { email: mail("ray") } });
  const { orgId, id: moduleId } = module;
  const at = new Date(NOW);
  const rows = Array.from({ length: count }, () => {
    const id = v7();
    const owner = { ownerId: ray.id, ownerSeq: ray.seq, ownerRoleId: ray.roleId };
    const times = { createdAt: at, updatedAt: at };
    return {
      orgId,
      id,
      moduleId,
      key: id,
      name: "A record of ray",
      values: { status: "new" },
      ...times,
      ...owner,
    };
  });
  await database.write(async (tx) => {
    await tx.record.createMany({ data: rows });
    const place = { orgId, moduleId, ownerSeq: ray.seq };
    await tx.ownerCount.upsert({
      where: { orgId_moduleId_ownerSeq: place },
      create: { ...place, n: count },
      update: { n: { increment: count } },
    });
  });
  return rows;
}

/** Makes records of Ray's that are shared with the group *mix*, without asking. */
export async function shareMany(gateway: Gateway, count: number): Promise<void> {
  const { database } = gateway;
  const group = await database.reader.group.findFirstOrThrow({ where: { key: "mix" } });
  const records = await manyLeads(gateway, count);
  const party = `g:${group.id}`;
  const forever = {
    readUntil: BigInt(Number.MAX_SAFE_INTEGER),
    updateUntil: 0n,
    deleteUntil: 0n,
    shareUntil: 0n,
  };
  await database.write(async (tx) => {
    await tx.recordShare.createMany({
      data: records.map(({ orgId, id }) => ({
        orgId,
        id: v7(),
        recordId: id,
        party,
        partyKind: "GROUP" as const,
        groupId: group.id,
        level: "READ_ONLY" as const,
        createdAt: new Date(NOW),
      })),
    });
    await tx.recordGrant.createMany({
      data: records.map(({ orgId, moduleId, id, ownerSeq }) => ({
        orgId,
        moduleId,
        recordId: id,
        ownerSeq,
        key: party,
        ...forever,
      })),
    });
  });
}

/** A party in few words: `user:ray`, `role:rep`, `tree:rep`, `group:mix`. */
export async function party(gateway: Gateway, text: string): Promise<object> {
  const [kind = "", key = ""] = text.split(":");
  const { reader } = gateway.database;
  const byKey = { where: { key }, select: { id: true } };
  switch (kind) {
    case "user":
      return { user: await gateway.user(mail(key)) };
    case "role":
      return { role: toGlobalId("Role", (await reader.role.findFirstOrThrow(byKey)).id) };
    case "tree":
      return { roleAndSubordinates: toGlobalId("Role", (await reader.role.findFirstOrThrow(byKey)).id) };
    case "group":
      return { group: toGlobalId("Group", (await reader.group.findFirstOrThrow(byKey)).id) };
    default:
      throw new Error(`no party: ${text}`);
  }
}

/** Makes a record as its owner and gives its global id. */
export async function newRecord(
  gateway: Gateway,
  owner: string,
  module = "leads",
  values: object = {},
): Promise<string> {
  const { createRecord } = await gateway.data(
    mail(owner),
    "mutation ($input: CreateRecordInput!) { createRecord(input: $input) { id } }",
    { input: { module, name: `A record of ${owner}`, values } },
  );
  return createRecord.id;
}

const SHARE = `mutation ($input: ShareRecordInput!) { shareRecord(input: $input) {
  id record { id name } share { id level expiresAt isLive sharedBy { name } recipient { kind user { name } role { name } group { name } } } } }`;
const UNSHARE =
  "mutation ($input: UnshareRecordInput!) { unshareRecord(input: $input) { id record { id } } }";
const REVOKE = "mutation ($input: RevokeSharesInput!) { revokeShares(input: $input) { revokedShares } }";
const HAND_OVER =
  "mutation ($input: ChangeOwnerInput!) { changeOwner(input: $input) { id record { id name owner { name } updatedAt } } }";

export type SharedWith = { readonly with: string; readonly level?: string; readonly expiresAt?: string };

/** The answer to a share: `share(gateway, "ray", id, { with: "user:sue" })`. */
export async function share(gateway: Gateway, as: string, id: string, said: SharedWith) {
  const input = { id, level: "READ_ONLY", ...said, with: await party(gateway, said.with) };
  return gateway.ask(mail(as), SHARE, { input });
}

/** Shares, and gives the share. */
export async function shared(gateway: Gateway, as: string, id: string, said: SharedWith): Promise<Shown> {
  const answer = await share(gateway, as, id, said);
  if (answer.errors !== undefined) throw new Error(JSON.stringify(answer.errors));
  return answer.data?.["shareRecord"].share;
}

export function unshare(gateway: Gateway, as: string, shareId: string) {
  return gateway.ask(mail(as), UNSHARE, { input: { share: shareId } });
}

export async function revoke(gateway: Gateway, as: string, from: string, module?: string) {
  const input = { with: await party(gateway, from), ...(module === undefined ? {} : { module }) };
  return gateway.ask(mail(as), REVOKE, { input });
}

export async function handOver(gateway: Gateway, as: string, id: string, to: string, more: object = {}) {
  return gateway.ask(mail(as), HAND_OVER, { input: { id, owner: await gateway.user(mail(to)), ...more } });
}

/** The error of an answer, as far as it matters: code, and what else is named. */
export function refusal(answer: Parameters<typeof onlyError>[0]): Failure["extensions"] {
  const { requestId: _, ...extensions } = onlyError(answer).extensions;
  return extensions;
}

const ACTIONS = ["read", "update", "delete", "share", "changeOwner"] as const;

/** The actions that somebody may do on a record now, in words; empty when it is out of reach. */
export async function actionsOf(gateway: Gateway, as: string, id: string): Promise<string> {
  const { record } = await gateway.data(
    mail(as),
    `query ($id: ID!) { record(id: $id) { access { ${ACTIONS.join(" ")} } } }`,
    { id },
  );
  return record === null ? "" : ACTIONS.filter((action) => record.access[action]).join(" ");
}

/** The shares of a record, as the super administrator sees them: `user Sue READ_ONLY`. */
export async function sharesOn(gateway: Gateway, id: string): Promise<string[]> {
  const { record } = await gateway.data(
    mail("root"),
    `query ($id: ID!) { record(id: $id) { shares { edges { node { level expiresAt recipient { kind user { name } role { name } group { name } } } } } } }`,
    { id },
  );
  const shares: string[] = record.shares.edges.map(({ node }: Shown) => {
    const { kind, user, role, group } = node.recipient;
    const until = node.expiresAt === null ? "" : ` until ${node.expiresAt}`;
    return `${kind} ${(user ?? role ?? group).name} ${node.level}${until}`;
  });
  // By text: ids of one millisecond have no order, and the clock of the tests stands still.
  return shares.sort();
}

/** The events since a number of them, oldest first. */
export async function eventsSince(gateway: Gateway, sequence: number) {
  const { reader } = gateway.database;
  const users = new Map((await reader.user.findMany()).map((user) => [user.id, user.name]));
  const events = await reader.auditEvent.findMany({
    where: { sequence: { gt: sequence } },
    orderBy: { sequence: "asc" },
  });
  return events.map((event) => ({ ...event, actor: event.actorId && users.get(event.actorId) }));
}

/** The number of the last event. */
export async function lastEvent({ database }: Gateway): Promise<number> {
  const event = await database.reader.auditEvent.findFirst({ orderBy: { sequence: "desc" } });
  return event?.sequence ?? 0;
}

/** What is derived says what it is derived from: grants, owner columns and owner counts of every record. */
export async function expectDerived(database: Database, now = NOW): Promise<void> {
  const records = await database.reader.record.findMany();
  const owners = new Map((await database.reader.user.findMany()).map((user) => [user.id, user]));
  for (const { id, ownerId, ownerSeq, ownerRoleId } of records) {
    const owner = owners.get(ownerId);
    expect({ id, ownerSeq, ownerRoleId }).toEqual({ id, ownerSeq: owner?.seq, ownerRoleId: owner?.roleId });
  }

  const counts = await database.reader.ownerCount.findMany({ where: { n: { not: 0 } } });
  const counted = Map.groupBy(records, ({ moduleId, ownerSeq }) => `${moduleId} ${ownerSeq}`);
  expect(counts.map(({ moduleId, ownerSeq, n }) => [`${moduleId} ${ownerSeq}`, n]).sort()).toEqual(
    [...counted].map(([key, list]) => [key, list.length]).sort(),
  );

  const orgId: OrgId = asId((await database.reader.organization.findFirstOrThrow()).id);
  const undone = new Error("undone");
  const grants = (tx: Pick<Database["reader"], "recordGrant">) =>
    tx.recordGrant.findMany({ orderBy: [{ recordId: "asc" }, { key: "asc" }] });
  const stored = await grants(database.reader);
  await expect(
    database.write(async (tx) => {
      const org = await readOrg(tx, orgId);
      const ids = records.map(({ id }) => asId<"Record">(id));
      const modules = new Map(org?.modules.map((module) => [module.id, module]));
      const rules = matchingRules(org?.rules ?? [], modules, now);
      for (let from = 0; from < ids.length; from += 400)
        await deriveGrants(database.kind, tx, orgId, ids.slice(from, from + 400), rules);
      expect(stored).toEqual(await grants(tx));
      throw undone;
    }),
  ).rejects.toBe(undone);
}
