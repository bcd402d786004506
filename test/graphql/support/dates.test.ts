import { type GraphQLObjectType, isObjectType } from "graphql";
import { beforeAll, describe, expect, test } from "vitest";
import { datePlaces } from "../../../src/graphql/core/chosen-dates.ts";
import { schema } from "../../../src/graphql/schema.ts";
import { describeOnBoth } from "../../database.ts";
import { AGENT, type Gateway, openGateway } from "../gateway.ts";
import { withValue } from "../mutations/input-places.ts";
import { allRows, mutationText } from "../mutations/rows.ts";
import { ACME } from "../world.ts";

/** The clock of the world stands at 2026-12-01T12:00:00Z, its calendar in Berlin. */
const NEAR = ["2021-12-01T12:00:00.000Z", "2031-12-01T12:00:00.000Z"] as const;
const FAR = ["2021-12-01T11:59:59.999Z", "2031-12-01T12:00:00.001Z"] as const;
const NEAR_DAYS = ["2021-12-01", "2031-12-01"] as const;
const FAR_DAYS = ["2021-11-30", "2031-12-02"] as const;

/** What of a filter of the log takes an instant. */
const LOG = ["from", "to"] as const;

const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
const objects = Object.values(schema.getTypeMap()).filter(
  (type) => isObjectType(type) && !type.name.startsWith("__") && type !== schema.getMutationType(),
) as readonly GraphQLObjectType[];

/** Every argument of a query that takes a date. */
const queries = objects.flatMap((type) =>
  Object.values(type.getFields()).flatMap((field) =>
    field.args.flatMap((arg) => datePlaces(arg, []).map((place) => `${type.name}.${field.name} ${place}`)),
  ),
);

/** Every place of an input that takes a date, as the schema has them. */
const places = mutations.flatMap(({ name, args }) =>
  args.flatMap((arg) => datePlaces(arg, []).map(([, ...path]) => [name, path.join("."), path] as const)),
);

const rows = new Map((await allRows()).map((row) => [row.name as string, row]));

/** Ann's profile is of the organisation's own and has no such capability; Root has it. */
const WORLD = `${ACME.replace(
  "capabilities: [VIEW_ACCESS, VIEW_ALL_DATA] }",
  "capabilities: [VIEW_ACCESS, VIEW_ALL_DATA, MANAGE_DATA_SHARING] }",
).replace(
  "      signedAt: { type: DATETIME }\n",
  "      signedAt: { type: DATETIME }\n      due: { type: DATE }\n",
)}`;

describeOnBoth("D20 dates further than five years from now", (open) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database, WORLD);
  });

  const codeOf = (answer: Awaited<ReturnType<Gateway["ask"]>>) => {
    const { code, requirement } = answer.errors?.[0]?.extensions ?? {};
    return requirement === "D20" ? [code, requirement] : "ADMITTED";
  };
  const REFUSED = ["FORBIDDEN", "D20"];

  test("D20 the queries that take a date, but in a filter of records, are those below", () =>
    expect(queries).toEqual(LOG.map((member) => `Query.auditEvents filter,${member}`)));

  test.each(LOG)("D20 the log is asked %s an instant, exactly five years and no more", async (member) => {
    const query = `query ($filter: AuditEventFilter) { auditEvents(filter: $filter) { edges { node { id } } } }`;
    const ask = async (as: string, date: string) =>
      codeOf(await gateway.ask(as, query, { filter: { [member]: date } }));
    for (const as of [AGENT, "tia@acme.test"]) {
      for (const date of FAR) expect(await ask(as, date), `${as} ${date}`).toEqual(REFUSED);
      for (const date of NEAR) expect(await ask(as, date), `${as} ${date}`).toBe("ADMITTED");
    }
    for (const date of FAR) expect(await ask("root@acme.test", date)).toBe("ADMITTED");
  });

  test("D20 the schema's inputs that take a date are found", () => {
    expect(places.map(([name, path]) => `${name} ${path}`)).toEqual(
      expect.arrayContaining([
        "shareRecord expiresAt",
        "createSharingRule expiresAt",
        "updateSharingRule expiresAt",
        "grantSupportAccess expiresOn",
        "updateSupportAccess expiresOn",
      ]),
    );
  });

  describe.each(places)("%s %s", (name, place, path) => {
    const isDay = place.endsWith("expiresOn");
    const [near, far] = isDay ? [NEAR_DAYS, FAR_DAYS] : [NEAR, FAR];

    test("D20 by the agent, exactly five years are chosen and no more; who holds the capability chooses any", async () => {
      const row = rows.get(name);
      if (row === undefined) throw new Error(`${name} has no row`);
      // The agent stays let in.
      const base = isDay ? {} : await row.allowed.input(gateway);
      const text = mutationText(name, name.startsWith("mass") ? "items { isDone }" : "__typename");
      const ask = async (as: string, date: string) =>
        codeOf(await gateway.ask(as, text, { input: withValue(name, base, path, date) }));
      const events = await gateway.database.reader.auditEvent.count();
      for (const date of far) expect(await ask(AGENT, date), date).toEqual(REFUSED);
      expect(await gateway.database.reader.auditEvent.count()).toBe(events);
      for (const date of near) expect(await ask(AGENT, date), date).toBe("ADMITTED");
      for (const date of far) expect(await ask("root@acme.test", date), date).toBe("ADMITTED");
    });
  });

  describe.each([
    ["createdAt", NEAR, FAR],
    ["updatedAt", NEAR, FAR],
    ["signedAt", NEAR, FAR],
    ["due", NEAR_DAYS, FAR_DAYS],
  ] as const)("a filter on %s", (field, near, far) => {
    test.each(["EQ", "LT", "GTE", "IN"])("D20 %s: exactly five years, and no more", async (op) => {
      const ask = async (as: string, date: string) => {
        const value =
          op === "IN" ? ["2026-12-01T00:00:00Z".slice(0, date.length === 10 ? 10 : 20), date] : date;
        const filter = { all: [{ compare: { field, op, value } }] };
        const query = `query ($filter: RecordFilter) { records(module: "leads", filter: $filter) { totalCount } }`;
        return codeOf(await gateway.ask(as, query, { filter }));
      };
      for (const as of [AGENT, "ann@acme.test", "tia@acme.test"]) {
        for (const date of far) expect(await ask(as, date), `${as} ${date}`).toEqual(REFUSED);
        for (const date of near) expect(await ask(as, date), `${as} ${date}`).toBe("ADMITTED");
      }
      for (const date of far) expect(await ask("root@acme.test", date)).toBe("ADMITTED");
    });
  });

  test("D20 criteria of rules choose no dates that are further", async () => {
    const make = async (as: string, name: string, value: string) => {
      const input = {
        module: "leads",
        name,
        target: { everyone: true },
        level: "READ_ONLY",
        criteria: { compare: { field: "due", op: "GT", value } },
      };
      return gateway.ask(as, mutationText("createSharingRule", "id"), { input });
    };
    for (const as of [AGENT, "ann@acme.test"]) {
      for (const day of FAR_DAYS) expect(codeOf(await make(as, `Far ${day}`, day))).toEqual(REFUSED);
    }
    const made = await make(AGENT, "Near", NEAR_DAYS[0]);
    const id = made.data?.["createSharingRule"].id;
    const update = (as: string, value: string) =>
      gateway.ask(as, mutationText("updateSharingRule"), {
        input: { id, criteria: { compare: { field: "due", op: "GT", value } } },
      });
    await gateway.store.jobs.idle();
    expect(codeOf(await update(AGENT, FAR_DAYS[1]))).toEqual(REFUSED);
    expect(codeOf(await update("root@acme.test", FAR_DAYS[1]))).toBe("ADMITTED");
  });

  test("D20 values of records are no choice of a range", async () => {
    const query = `mutation ($values: JSON) { createRecord(input: { module: "leads", name: "Old", values: $values }) { id } }`;
    const values = { status: "new", due: "1950-01-01", signedAt: "2100-01-01T00:00:00Z" };
    expect((await gateway.ask(AGENT, query, { values })).errors).toBeUndefined();
  });
});
