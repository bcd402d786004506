import { raw } from "@prisma/client/runtime/client";
import { expect, test } from "vitest";
import type { Database, DatabaseKind, Tx } from "../../../../src/database/database.ts";
import { applyOrganization } from "../../../../src/file/apply.ts";
import { parseOrganizationFile } from "../../../../src/file/parse.ts";
import { asId, type OrgId } from "../../../../src/kernel/id.ts";
import type { Org } from "../../../../src/policy/model/org.ts";
import { compile } from "../../../../src/policy/model/policy.ts";
import { readOrg } from "../../../../src/store/core/snapshot/snapshot.ts";
import { describeOnBoth } from "../../../database.ts";
import { ACME, NOW } from "../../../graphql/world.ts";

/** How far a rule was applied is shown to people; it decides nothing. */
const NO_POLICY = ["appliedRecords", "totalRecords", "appliedUpToId"];

const OTHER = ACME.replace("key: acme", "key: other").replaceAll("@acme.test", "@other.test");

/** What moves, the change of the file, and the tables that are read then; `Organization` and the moves always are. */
const CHANGES: readonly (readonly [string, (text: string) => string, readonly string[]])[] = [
  ["nothing", (text) => text, []],
  ["the organisation", (text) => text.replace("name: Acme", "name: Acme & Co"), []],
  ["a role", (text) => text.replace("name: Service,", "name: Services,"), ["Role"]],
  ["a profile's permissions", (text) => text.replace("[VIEW, EDIT]", "[VIEW]"), ["Profile", "ProfileModule"]],
  ["a person's role", (text) => text.replace("Rex, role: rep", "Rex, role: service"), ["User"]],
  ["a team role", (text) => text.replace("tickets: MEMBER", "tickets: MANAGER"), ["User"]],
  ["a member of a group", (text) => text.replace("members: []", "members: [ { role: ceo } ]"), ["Group"]],
  ["a default", (text) => text.replace("PUBLIC_READ_ONLY", "PRIVATE"), ["Module", "SharingRule"]],
  ["an option of a field", (text) => text.replace("[hot, cold]", "[hot, warm]"), ["Module", "SharingRule"]],
  [
    "an application",
    (text) => text.replace("applications:\n", "applications:\n  SURVEY: { name: Polls }\n"),
    ["Application", "ApplicationAdministrator"],
  ],
  ["a rule", (text) => text.replace("access: READ_WRITE }", "access: READ_ONLY }"), ["SharingRule"]],
  [
    "the support grant",
    (text) => text.replace("expiresOn: 2026-12-31", "expiresOn: 2026-12-30"),
    ["SupportGrant"],
  ],
  [
    "somebody who comes",
    (text) =>
      text.replace(
        "users:\n",
        "users:\n  new@acme.test: { name: New, role: rep, reportsTo: hal@acme.test }\n",
      ),
    ["User"],
  ],
];

describeOnBoth("what of a policy has moved", (open, kind) => {
  test("EN-05 every table that a snapshot reads notes its changes, column by column, for its own organisation", async () => {
    const { database } = await open();
    await applied(database, OTHER);
    const orgId = await applied(database, ACME);
    const tables = (await tablesRead(database, orgId, null)).filter((table) => table !== "Organization");
    expect(tables).toContain("GroupMember");
    const silent: string[] = [];
    for (const table of tables) {
      expect(await eventsNoted(database, kind, table), table).toEqual(["DELETE", "INSERT", "UPDATE"]);
      for (const column of await columnsOf(database, kind, table)) {
        const moves = await database.write(async (tx) => {
          await tx.policyMove.deleteMany();
          const { version } = await tx.organization.findUniqueOrThrow({ where: { id: orgId } });
          await tx.$executeRaw`UPDATE ${raw(`"${table}" SET "${column}" = "${column}"`)}`;
          const noted = await tx.policyMove.findMany({ where: { orgId } });
          expect(noted.every((move) => move.version === version + 1)).toBe(true);
          const all = await tx.policyMove.count();
          // The other organisation has as many rows, and its own moves.
          expect(all, `${table}.${column}`).toBe(2 * noted.length);
          return noted.length;
        });
        if (moves === 0) silent.push(column);
      }
    }
    expect(silent.sort()).toEqual([...NO_POLICY].sort());
  });

  test.each(CHANGES)(
    "EN-05 EN-23 after a change of %s only that is read, and the same comes out as from reading all",
    async (_, change, read) => {
      const { database } = await open();
      const orgId = await applied(database, ACME);
      const before = await snapshot(database, orgId, null);
      await applied(database, change(ACME));
      const tables = await tablesRead(database, orgId, before);
      const expected = ["Organization", "PolicyMove", ...read].sort();
      const beside = ["ApplicationAssignment", "TeamMembership", "GroupMember", "Field"];
      expect(tables.filter((table) => !beside.includes(table)).sort()).toEqual(expected);
      const after = await snapshot(database, orgId, before);
      expect(sorted(after)).toEqual(sorted(await snapshot(database, orgId, null)));
      // Whoever did not move is the very same row: that is what makes compiling fast.
      const kept = after.users.filter((user) => before.users.includes(user)).length;
      expect(kept).toBeGreaterThanOrEqual(before.users.length - 1);
    },
  );

  test("EN-05 who is deleted, or moves together with hundreds, is known too", async () => {
    const { database } = await open();
    const orgId = await applied(database, ACME);
    const many = Array.from(
      { length: 600 },
      (_, n) => `  u${n}@acme.test: { name: U ${n}, role: rep }\n`,
    ).join("");
    const crowd = ACME.replace("users:\n", `users:\n${many}`).replace("regular: 40", "regular: 900");
    for (const text of [crowd, crowd.replaceAll(/(name: U \d+, role:) rep/g, "$1 service"), ACME]) {
      const before = await snapshot(database, orgId, null);
      await applied(database, text);
      expect(sorted(await snapshot(database, orgId, before))).toEqual(
        sorted(await snapshot(database, orgId, null)),
      );
    }
    const before = await snapshot(database, orgId, null);
    await database.write(async (tx) => {
      await tx.groupMember.deleteMany({ where: { orgId } });
      await tx.applicationAssignment.deleteMany({ where: { orgId } });
      await tx.sharingRule.deleteMany({ where: { orgId } });
      await tx.organization.update({ where: { id: orgId }, data: { version: { increment: 1 } } });
    });
    const after = await snapshot(database, orgId, before);
    expect(sorted(after)).toEqual(sorted(await snapshot(database, orgId, null)));
    expect(after.rules).toEqual([]);
  });

  test("EN-05 whose row is gone is among the people no more, and those around stay in their places", async () => {
    const { database } = await open();
    const crowd = ACME.replace(
      "users:\n",
      "users:\n  gone@acme.test: { name: Gone, role: rep }\n  stays@acme.test: { name: Stays, role: rep }\n",
    );
    const orgId = await applied(database, crowd);
    const before = await snapshot(database, orgId, null);
    await database.write(async (tx) => {
      await tx.user.deleteMany({ where: { orgId, email: "gone@acme.test" } });
      await tx.user.updateMany({ where: { orgId, email: "stays@acme.test" }, data: { name: "Stayed" } });
      await tx.organization.update({ where: { id: orgId }, data: { version: { increment: 1 } } });
    });
    const after = await snapshot(database, orgId, before);
    expect(after.users.map(({ id }) => id)).toEqual(
      before.users.filter(({ email }) => email !== "gone@acme.test").map(({ id }) => id),
    );
    expect(sorted(after)).toEqual(sorted(await snapshot(database, orgId, null)));
  });

  test("EN-05 an older version than is known, as after a restoration, is read whole", async () => {
    const { database } = await open();
    const orgId = await applied(database, ACME);
    const known = await snapshot(database, orgId, null);
    const newer = { ...known, version: known.version + 1, rules: [], users: [] };
    expect(sorted(await snapshot(database, orgId, newer))).toEqual(sorted(known));
    expect(sorted(await snapshot(database, orgId, { ...newer, version: 0, id: asId("another") }))).toEqual(
      sorted(known),
    );
  });
});

async function applied(database: Database, text: string): Promise<OrgId> {
  const file = parseOrganizationFile(text, "acme.yaml");
  await applyOrganization(database, file, { now: NOW, prune: true, confirmDeletions: true });
  const { id } = await database.reader.organization.findUniqueOrThrow({
    where: { key: file.organization.key },
  });
  return asId(id);
}

async function snapshot(database: Database, orgId: OrgId, before: Org | null): Promise<Org> {
  const org = await database.snapshot((tx: Tx) => readOrg(tx, orgId, before && compile(before)));
  if (org === null) throw new Error("there is no such organisation");
  return org;
}

async function tablesRead(database: Database, orgId: OrgId, before: Org | null): Promise<readonly string[]> {
  const { statements } = await database.statementsOf(() => snapshot(database, orgId, before));
  const tables = statements.flatMap((sql) => {
    const [, , table] = /\bFROM\s+[`"]?((?:public|main)[`"]\.[`"])?(\w+)/.exec(sql) ?? [];
    return table === undefined ? [] : [table];
  });
  return [...new Set(tables)];
}

async function columnsOf(database: Database, kind: DatabaseKind, table: string): Promise<readonly string[]> {
  const rows =
    kind === "sqlite"
      ? await database.reader.$queryRaw<{ name: string }[]>`SELECT name FROM pragma_table_info(${table})`
      : await database.reader.$queryRaw<{ name: string }[]>`
          SELECT column_name::text AS name FROM information_schema.columns WHERE table_name = ${table}`;
  return rows.map(({ name }) => name);
}

async function eventsNoted(
  database: Database,
  kind: DatabaseKind,
  table: string,
): Promise<readonly string[]> {
  if (kind === "postgres") {
    const rows = await database.reader.$queryRaw<{ event: string }[]>`
      SELECT DISTINCT event_manipulation::text AS event FROM information_schema.triggers WHERE event_object_table = ${table}`;
    return rows.map(({ event }) => event).sort();
  }
  const rows = await database.reader.$queryRaw<{ sql: string }[]>`
    SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ${table}`;
  return rows.map(({ sql }) => /AFTER (\w+)/.exec(sql)?.[1] ?? "").sort();
}

/** With its lists in the order of ids: what order rows come in means nothing (EN-09). */
function sorted(org: Org): unknown {
  const byId = (a: object, b: object) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
  return Object.fromEntries(
    Object.entries(org).map(([part, value]) => [part, Array.isArray(value) ? value.toSorted(byId) : value]),
  );
}
