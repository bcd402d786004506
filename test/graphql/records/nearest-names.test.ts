import { beforeAll, expect, test } from "vitest";
import { describeOnBoth } from "../../database.ts";
import { type Gateway, onlyError, openGateway } from "../gateway.ts";

const RAY = "ray@acme.test";

describeOnBoth("BU-01 names that are none", (open) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database);
  });
  const refused = async (query: string, variables: object = {}) =>
    onlyError(await gateway.ask(RAY, query, variables));
  const list = (rest: string) => `{ records(module: "leads", first: 1, ${rest}) { totalCount } }`;

  test.each([
    [
      "a filter",
      list('filter: { compare: { field: "revnue", op: GT, value: 1 } }'),
      "filter.compare.field",
      "revenue",
    ],
    [
      "a filter of another case",
      list('filter: { compare: { field: "createdat", op: IS_NOT_NULL } }'),
      "filter.compare.field",
      "createdAt",
    ],
    ["an order", list('orderBy: [{ field: "name" }, { field: "Status" }]'), "orderBy.1.field", "status"],
    ["a module", `{ records(module: "lead", first: 1) { totalCount } }`, "module", "leads"],
    [
      "values",
      `mutation { createRecord(input: { module: "leads", name: "X", values: { status: "new", tag: ["hot"] } }) { id } }`,
      "input.values.tag",
      "tags",
    ],
    [
      "an option",
      `mutation { createRecord(input: { module: "leads", name: "X", values: { status: "New" } }) { id } }`,
      "input.values.status",
      "new",
    ],
    [
      "options",
      `mutation { createRecord(input: { module: "leads", name: "X", values: { tags: ["hott"] } }) { id } }`,
      "input.values.tags",
      "hot",
    ],
    [
      "the option of a filter",
      list('filter: { compare: { field: "status", op: EQ, value: "wonn" } }'),
      "filter.compare.value",
      "won",
    ],
  ])("BU-01 in %s the nearest known one is proposed", async (_, query, field, near) => {
    const { message, extensions } = await refused(query);
    expect(extensions).toMatchObject({ code: "BAD_USER_INPUT", field });
    expect(message).toMatch(new RegExp(`[Dd]id you mean "${near}"`));
  });

  test.each([
    ["a field that is like none", list('filter: { compare: { field: "warehouse", op: IS_NULL } }')],
    ["a record", `{ record(key: { module: "leads", key: "lead-0" }) { id } }`],
    ["a person", `{ users(search: "Rayy", first: 1) { edges { node { id } } } }`],
    ["the name of a rule or of a role, as a field", list('orderBy: [{ field: "reps-to-servic" }]')],
  ])("BU-01 nothing is proposed for %s", async (_, query) => {
    expect(JSON.stringify(await gateway.ask(RAY, query))).not.toMatch(/did you mean/i);
  });
});
