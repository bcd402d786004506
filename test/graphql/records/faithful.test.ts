import { beforeAll, expect, test } from "vitest";
import { describeOnBoth } from "../../database.ts";
import { type Answer, type Gateway, openGateway } from "../gateway.ts";
import { eventsSince, lastEvent, newRecord, refusal } from "../sharing/sharing-world.ts";
import { ACME, NOW } from "../world.ts";

const CREATE = `mutation ($input: CreateRecordInput!) { createRecord(input: $input) { id } }`;
const UPDATE = `mutation ($input: UpdateRecordInput!) { updateRecord(input: $input) { record { id name updatedAt values } } }`;
const RAY = "ray@acme.test";
/** May ask for instants that are far away. */
const ROOT = "root@acme.test";
const LAST = "9999-12-31T23:59:59.999Z";
const iso = (at: number) => new Date(at).toISOString();

/** Leads may have a note, and one was made at the last instant of all. */
const NOTED = ACME.replace("revenue: {", "note: { type: TEXT }\n      revenue: {").replace(
  "  leads:\n    lead-1:",
  `  leads:\n    last-1: { owner: ray@acme.test, name: Last, values: { status: new }, createdAt: ${LAST} }\n    lead-1:`,
);

describeOnBoth("what is stored is what was said", (open) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database, NOTED);
  });

  const newLead = async (values: object = { status: "new" }) => newRecord(gateway, "ray", "leads", values);
  const update = (as: string, input: object) => gateway.ask(as, UPDATE, { input });
  const changed = (answer: Answer) => {
    if (answer.errors !== undefined) throw new Error(JSON.stringify(answer.errors));
    return answer.data?.["updateRecord"].record;
  };

  test("AP-06 what was made at the last instant of all is changed, read and told apart", async () => {
    const id = await gateway.record("leads", "last-1");
    const seen = { id, expectedUpdatedAt: LAST };
    const list = `query ($filter: RecordFilter) { records(module: "leads", filter: $filter, first: 5) { totalCount } }`;
    const filter = { compare: { field: "updatedAt", op: "GTE", value: LAST } };
    expect((await gateway.data(ROOT, list, { filter }))["records"].totalCount).toBe(1);
    expect(changed(await update(RAY, { ...seen, name: "First" })).updatedAt).toBe(iso(NOW));
    expect(refusal(await update(RAY, { ...seen, name: "Second" }))).toMatchObject({ code: "CONFLICT" });
    expect(changed(await update(RAY, { id, name: "Third" })).updatedAt).toBe(iso(NOW + 1));
    expect((await gateway.data(ROOT, list, { filter }))["records"].totalCount).toBe(0);
  });

  test.each<[what: string, values: object, field: string]>([
    ["a whole number that a double rounds", { revenue: 9007199254740992 }, "revenue"],
    ["a whole number beyond all", { revenue: -1e21 }, "revenue"],
    ["an instant after the last", { signedAt: "9999-12-31T23:59:59.999-00:01" }, "signedAt"],
    ["an instant of the year 10000", { signedAt: "+010000-01-01T00:00:00Z" }, "signedAt"],
    ["text that is too long", { note: "n".repeat(10_001) }, "note"],
    ["text of halves", { note: "\ud83d" }, "note"],
  ])("AP-17 %s is refused by its field, and nothing is stored in its place", async (_, values, field) => {
    const id = await newLead();
    const since = await lastEvent(gateway);
    expect(refusal(await update(RAY, { id, values }))).toMatchObject({
      code: "BAD_USER_INPUT",
      field: `input.values.${field}`,
    });
    const made = await gateway.ask(RAY, CREATE, {
      input: { module: "leads", name: "New", values: { status: "new", ...values } },
    });
    expect(refusal(made)).toMatchObject({ code: "BAD_USER_INPUT", field: `input.values.${field}` });
    expect(await eventsSince(gateway, since)).toEqual([]);
  });

  test("AP-17 what is just within is stored as it was said", async () => {
    const id = await newLead();
    for (const values of [
      { revenue: Number.MAX_SAFE_INTEGER },
      { revenue: Number.MIN_SAFE_INTEGER },
      { revenue: 0.1 },
      { revenue: 5e-324 },
      { note: "\u{1F680}".repeat(10_000) },
      { signedAt: "9999-12-31T23:59:59.999Z" },
    ])
      expect(changed(await update(RAY, { id, values })).values).toMatchObject(values);
  });

  test("AP-01 a list sorted by the longest text is walked on by its cursors", async () => {
    const longest = "\u{1F681}".repeat(9_999);
    for (const end of ["a", "b"])
      await newRecord(gateway, "ray", "leads", { status: "new", note: longest + end });
    const list = `query ($after: String) {
      records(module: "leads", first: 1, after: $after, orderBy: [{ field: "note", direction: DESC }]) {
        edges { node { values } } pageInfo { endCursor }
      }
    }`;
    const ends: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 2; page += 1) {
      const { records } = await gateway.data(RAY, list, { after });
      ends.push(records.edges[0].node.values.note.slice(-1));
      after = records.pageInfo.endCursor;
    }
    expect(ends).toEqual(["b", "a"]);
  });
});
