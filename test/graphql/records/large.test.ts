import { beforeAll, expect, test } from "vitest";
import { describeOnBoth } from "../../database.ts";
import { type Gateway, onlyError, openGateway } from "../gateway.ts";

const RAY = "ray@acme.test";
const FIELDS = Array.from({ length: 12 }, (_, at) => `f${at}`);
const RECORDS = 40;
const LONG = "x".repeat(10_000);

/** Every record has nearly as many characters as one may have; a few are small. */
const WORLD = `
sightline: 1
organization: { key: acme, name: Acme, timeZone: UTC, edition: ENTERPRISE, seats: { regular: 5, team: 0 }, superAdmin: root@acme.test }
roles:
  ceo: { name: CEO }
users:
  root@acme.test: { name: Root, role: ceo, profile: administrator }
  ray@acme.test: { name: Ray, role: ceo }
modules:
  papers:
    label: Papers
    fields:
${FIELDS.map((key) => `      ${key}: { type: TEXT }`).join("\n")}
records:
  papers:
${Array.from(
  { length: RECORDS },
  (_, at) =>
    `    p${at}: { owner: ray@acme.test, name: P${at}, values: { f0: "${at}"${
      at % 4 === 0
        ? ""
        : `, ${FIELDS.slice(1, 10)
            .map((key) => `${key}: ${LONG}`)
            .join(", ")}`
    } } }`,
).join("\n")}
`;

describeOnBoth("large records", (open) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database, WORLD);
  });

  const page = (first: number, what = "values") =>
    `{ records(module: "papers", first: ${first}, orderBy: [{ field: "f0" }]) { edges { node { name ${what} } } } }`;

  test("EN-32 a page of them is read in parts, whole, in order, and small records in one statement", async () => {
    const { result, statements } = await gateway.sent(RAY, page(RECORDS));
    const nodes = result.data?.["records"].edges.map(({ node }: { node: object }) => node);
    expect(nodes).toHaveLength(RECORDS);
    for (const { name, values } of nodes) {
      const at = Number(name.slice(1));
      expect(values.f0).toBe(String(at));
      expect(values.f9).toBe(at % 4 === 0 ? null : LONG);
      expect(values.f11).toBeNull();
    }
    expect(nodes.map(({ values }: { values: { f0: string } }) => values.f0)).toEqual(
      Array.from({ length: RECORDS }, (_, at) => String(at)).sort(),
    );
    // 30 records of 90,000 bytes, five at once; beside them as many statements as for a small one.
    const small = `{ records(module: "papers", first: ${RECORDS}, filter: { compare: { field: "f1", op: IS_NULL } }) { edges { node { values } } } }`;
    expect(statements.length - (await gateway.statements(RAY, small))).toBe(6);
  });

  test("AP-10 what an operation shows of values is bounded, by what the viewer sees", async () => {
    const aliases = (count: number) => Array.from({ length: count }, (_, at) => `v${at}: values`).join(" ");
    expect(await gateway.data(RAY, page(RECORDS, aliases(3)))).toBeTruthy();
    const answer = await gateway.ask(RAY, page(RECORDS, aliases(5)));
    for (const { extensions } of answer.errors ?? []) {
      expect(extensions).toMatchObject({
        code: "LIMIT_EXCEEDED",
        limit: { name: "characters", max: 10_000_000 },
      });
    }
    expect(answer.errors?.length).toBeGreaterThan(0);
    // The next operation begins anew.
    expect(await gateway.data(RAY, page(RECORDS, aliases(3)))).toBeTruthy();
  });

  test("AP-17 the values of a record have at most 100,000 characters together", async () => {
    const create = `mutation ($input: CreateRecordInput!) { createRecord(input: $input) { record { id values } } }`;
    const update = `mutation ($input: UpdateRecordInput!) { updateRecord(input: $input) { record { id values } } }`;
    const values = Object.fromEntries(FIELDS.slice(0, 9).map((key) => [key, LONG]));
    const made = await gateway.data(RAY, create, { input: { module: "papers", name: "Full", values } });
    const { id } = made["createRecord"].record;
    const before = await gateway.database.reader.record.count();

    const tooMuch = { ...values, f9: LONG };
    const refused = await gateway.ask(RAY, create, {
      input: { module: "papers", name: "More", values: tooMuch },
    });
    expect(onlyError(refused)).toMatchObject({
      message: expect.stringContaining("at most 100000 characters together"),
      extensions: { code: "BAD_USER_INPUT", field: "input.values" },
    });
    const grown = await gateway.ask(RAY, update, { input: { id, values: { f9: LONG } } });
    expect(onlyError(grown).extensions).toMatchObject({ code: "BAD_USER_INPUT", field: "input.values" });
    const mass = await gateway.ask(
      RAY,
      `mutation ($input: MassUpdateRecordsInput!) { massUpdateRecords(input: $input) { items { isDone refusal { message } } } }`,
      { input: { items: [{ id, values: { f9: LONG } }] } },
    );
    expect(JSON.stringify(mass)).toContain("at most 100000 characters together");
    expect(await gateway.database.reader.record.count()).toBe(before);
    const row = await gateway.database.reader.record.findFirstOrThrow({ where: { name: "Full" } });
    expect(row.values).toEqual(values);
  });

  test("AP-17 a record that is larger already may be made smaller, or stay as large", async () => {
    const row = await gateway.database.reader.record.findFirstOrThrow({ where: { key: "p1" } });
    const large = Object.fromEntries(FIELDS.map((key) => [key, LONG]));
    await gateway.database.write(async (tx) => {
      await tx.record.updateMany({ where: { id: row.id }, data: { values: large } });
    });
    const update = `mutation ($input: UpdateRecordInput!) { updateRecord(input: $input) { record { name values } } }`;
    const id = await gateway.record("papers", "p1");
    const same = await gateway.data(RAY, update, { input: { id, values: { f0: "y".repeat(10_000) } } });
    expect(same["updateRecord"].record.values.f0).toMatch(/^y+$/);
    const less = await gateway.data(RAY, update, { input: { id, values: { f0: null } } });
    expect(less["updateRecord"].record.values.f0).toBeNull();
    expect(
      onlyError(await gateway.ask(RAY, update, { input: { id, values: { f0: LONG } } })).extensions,
    ).toMatchObject({ code: "BAD_USER_INPUT" });
  });
});
