import { beforeAll, expect, test } from "vitest";
import type { Database } from "../../../src/database/database.ts";
import { applyOrganizationFile } from "../../../src/file/apply.ts";
import { NODE_TYPES, type NodeType, toGlobalId } from "../../../src/kernel/global-id.ts";
import { describeOnBoth } from "../../database.ts";
import { type Gateway, openGateway } from "../gateway.ts";
import { absentId } from "../noun-id.ts";
import { ACME, NOW } from "../world.ts";
import { idPlaces, withValue } from "./input-places.ts";
import { allRows, mutationText, refusalIn, refusalPayload } from "./rows.ts";

const rows = new Map((await allRows()).map((row) => [row.name as string, row]));
const places = idPlaces().map(({ mutation, path }) => [mutation, path.join("."), path] as const);

test("EN-11 every mutation that takes an id has a row whose input can carry it", () => {
  expect(places.length).toBeGreaterThan(10);
  expect(places.flatMap(([mutation]) => (rows.has(mutation) ? [] : [mutation]))).toEqual([]);
});

describeOnBoth("EN-11 AP-03 ids of another organisation in mutations", (open) => {
  let gateway: Gateway;
  let foreign: Readonly<Record<NodeType, string>>;
  beforeAll(async () => {
    const { database } = await open();
    gateway = await openGateway(database);
    const text = ACME.replace("key: acme", "key: other");
    const other = await applyOrganizationFile(database, { text, name: "other.yaml" }, null, { now: NOW });
    foreign = await oneOfEach(database, other.orgId);
    await gateway.ask("root@acme.test", "{ viewer { isSupport } }");
  });

  test.each(places)(
    "EN-11 %s(%s): as if they did not exist, and nothing changes",
    async (mutation, _, path) => {
      const row = rows.get(mutation);
      if (!row) throw new Error(`${mutation} has no row`);
      const base = await row.allowed.input(gateway);
      const ask = (id: string) =>
        gateway.ask(row.allowed.as, text, { input: withValue(mutation, base, path, id) });
      const text = mutationText(mutation, refusalPayload(mutation));
      const before = await gateway.database.reader.auditEvent.count();
      for (const noun of NODE_TYPES) {
        const absent = await ask(absentId(noun));
        expect(refusalIn(absent, mutation)?.["code"], noun).toBe("NOT_FOUND");
        expect(await ask(foreign[noun]), noun).toEqual(absent);
      }
      expect(await gateway.database.reader.auditEvent.count()).toBe(before);
    },
  );
});

async function oneOfEach(database: Database, orgId: string): Promise<Readonly<Record<NodeType, string>>> {
  const first = { where: { orgId }, select: { id: true } };
  const { reader } = database;
  const rowsOf: Readonly<Record<NodeType, () => PromiseLike<{ readonly id: string }>>> = {
    Organization: async () => ({ id: orgId }),
    User: () => reader.user.findFirstOrThrow(first),
    Role: () => reader.role.findFirstOrThrow(first),
    Profile: () => reader.profile.findFirstOrThrow(first),
    Group: () => reader.group.findFirstOrThrow(first),
    Module: () => reader.module.findFirstOrThrow(first),
    Field: () => reader.field.findFirstOrThrow(first),
    Record: () => reader.record.findFirstOrThrow(first),
    SharingRule: () => reader.sharingRule.findFirstOrThrow(first),
    SupportAccess: () => reader.supportGrant.findFirstOrThrow(first),
    RecordShare: () => reader.recordShare.findFirstOrThrow(first),
    AuditEvent: () => reader.auditEvent.findFirstOrThrow(first),
    Application: () => reader.application.findFirstOrThrow(first),
  };
  const entries = await Promise.all(
    NODE_TYPES.map(async (noun) => [noun, toGlobalId(noun, (await rowsOf[noun]()).id)] as const),
  );
  return Object.fromEntries(entries) as Record<NodeType, string>;
}
