import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { schema } from "../../../src/graphql/schema.ts";
import { MUTATION_NEEDS, mutationNeed, QUERY_NEEDS } from "../../../src/policy/rights/needs.ts";
import { DATABASES, type NewDatabase, openTestDatabase, type TestDatabase } from "../../database.ts";
import { preparedDatabase } from "../../prepared.ts";
import { type Gateway, openGateway } from "../gateway.ts";
import { ACME, NOW } from "../world.ts";
import type { MutationRow, Refused } from "./row.ts";
import { allRows, mutationText, refusalIn, refusalPayload } from "./rows.ts";

const ROOT = "root@acme.test";
const rows = await allRows();

test("CA-01 every mutation of the schema has a row of needs, and one here", () => {
  const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {}).toSorted();
  expect(mutations).toEqual(Object.keys(MUTATION_NEEDS).toSorted());
  expect(rows.map((row) => row.name)).toEqual(mutations);
});

test("CA-01 every sensitive query of the table is in the schema", () => {
  for (const place of Object.keys(QUERY_NEEDS)) {
    const [type = "", field = ""] = place.split(".");
    const fields = schema.getType(type);
    expect(fields && "getFields" in fields && field in fields.getFields(), place).toBe(true);
  }
});

function anonymous({ name, allowed }: MutationRow): Refused | { readonly why: string } {
  return mutationNeed(name).shown === undefined
    ? { ...allowed, as: null, code: "UNAUTHENTICATED" }
    : { why: "a token stands for a sign-in" };
}

/** The columns in which the row must be refused. */
function refusalsOf(row: MutationRow): readonly (readonly [string, Refused])[] {
  const columns = [
    ["anonymous", anonymous(row)],
    ["no capability", row.noCapability],
    ["out of reach", row.outOfReach],
    ["readable but not writable", row.notWritable],
  ] as const;
  return columns.flatMap(([column, refused]) => ("why" in refused ? [] : [[column, refused] as const]));
}

describe.each(DATABASES)("needs on %s", (kind) => {
  let origin: NewDatabase;
  beforeAll(async () => {
    origin = await preparedDatabase(kind, { text: ACME, now: NOW });
  });
  afterAll(() => origin.remove());

  describe.each(rows.map((row) => [row.name, row] as const))("%s", (name, row) => {
    let opened: TestDatabase;
    let gateway: Gateway;
    beforeAll(async () => {
      opened = await openTestDatabase(kind, {}, origin);
      gateway = await openGateway(opened.database, null);
    });
    afterAll(() => opened.close());

    const look = async () => ({
      effect: await gateway.data(ROOT, row.effect),
      events: await gateway.database.reader.auditEvent.count(),
    });

    test.each(refusalsOf(row))(`CA-01 ${name} × %s changes nothing`, async (_, refused) => {
      // The input may have to make what it names.
      const input = await refused.input(gateway);
      const before = await look();
      const text = mutationText(name, refusalPayload(name));
      const answer = await gateway.ask(refused.as, text, { input });
      expect(refusalIn(answer, name)).toMatchObject({
        code: refused.code,
        ...(refused.field === undefined ? {} : { field: refused.field }),
      });
      expect(await look()).toEqual(before);
    });

    test(`CA-01 ${name} × allowed takes effect, with its event`, async () => {
      const input = await row.allowed.input(gateway);
      const before = await look();
      const answer = await gateway.ask(row.allowed.as, mutationText(name, row.allowed.payload), { input });
      expect(answer.errors).toBeUndefined();
      await gateway.store.jobs.idle();
      const after = await look();
      expect(after.effect).not.toEqual(before.effect);
      expect(after.events).toBeGreaterThan(before.events);
    });
  });
});
