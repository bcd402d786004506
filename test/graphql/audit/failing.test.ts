import { beforeAll, expect, test } from "vitest";
import type { Database } from "../../../src/database/database.ts";
import { describeOnBoth } from "../../database.ts";
import { type Gateway, onlyError, openGateway } from "../gateway.ts";

/** Has the database refuse every event, or every move of the head, as a full disk would. */
async function breakLog(database: Database, table: "AuditEvent" | "AuditHead"): Promise<void> {
  const when = table === "AuditEvent" ? "INSERT" : "UPDATE";
  const statements =
    database.kind === "sqlite"
      ? [
          `CREATE TRIGGER "broken" BEFORE ${when} ON "${table}" BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`,
        ]
      : [
          `CREATE OR REPLACE FUNCTION "broken"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the disk is full'; END $$`,
          `CREATE TRIGGER "broken" BEFORE ${when} ON "${table}" FOR EACH ROW EXECUTE FUNCTION "broken"()`,
        ];
  await database.write(async (tx) => {
    for (const sql of statements) await tx.$executeRawUnsafe(sql);
  });
}

describeOnBoth("SA-20 a log that cannot be written", (open) => {
  describeBroken("AuditEvent");
  describeBroken("AuditHead");

  function describeBroken(table: "AuditEvent" | "AuditHead") {
    let gateway: Gateway;
    let database: Database;
    beforeAll(async () => {
      ({ database } = await open());
      gateway = await openGateway(database, undefined, { recordsRequests: true });
      // A sign-in is told only once.
      await gateway.data("agent@vendor.test", "{ organization { name } }");
      await breakLog(database, table);
    });

    test.each([
      ["a list", `{ records(module: "leads") { edges { node { name } } } }`],
      ["a number", `{ records(module: "leads") { totalCount } }`],
      ["people", "{ users { edges { node { name } } } }"],
    ])(`SA-09 when the ${table} fails, the agent is not shown %s, and others are`, async (_, query) => {
      const answer = await gateway.ask("agent@vendor.test", query);
      expect(onlyError(answer).extensions).toMatchObject({ code: "INTERNAL" });
      expect(answer.data ?? null).toBeNull();
      expect((await gateway.ask("root@acme.test", query)).errors).toBeUndefined();
    });

    test.each([
      [
        "updateRecord",
        async () => ({ id: await gateway.record("leads", "lead-1"), name: "Never" }),
        async () => (await database.reader.record.findFirstOrThrow({ where: { key: "lead-1" } })).name,
      ],
      [
        "deleteRecord",
        async () => ({ id: await gateway.record("leads", "lead-2") }),
        async () => database.reader.record.count({ where: { key: "lead-2" } }),
      ],
      [
        "updateRole",
        async () => ({ id: await gateway.id("Role", "rep"), name: "Never" }),
        async () => [
          (await database.reader.role.findFirstOrThrow({ where: { key: "rep" } })).name,
          (await database.reader.organization.findFirstOrThrow()).version,
        ],
      ],
      [
        "createGroup",
        async () => ({ name: "Never", members: [] }),
        async () => database.reader.group.count(),
      ],
    ] as const)(`SA-20 when the ${table} fails, %s does not happen`, async (name, input, look) => {
      const before = await look();
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
      const answer = await gateway.ask(
        "root@acme.test",
        `mutation ($input: ${type}!) { ${name}(input: $input) { __typename } }`,
        { input: await input() },
      );
      expect(onlyError(answer).extensions).toMatchObject({ code: "INTERNAL" });
      expect(JSON.stringify(answer)).not.toContain("disk");
      expect(await look()).toEqual(before);
    });
  }
});
