import { beforeAll, describe, expect, test } from "vitest";
import { describeOnBoth } from "../../database.ts";
import { type Gateway, onlyError, openGateway } from "../gateway.ts";

const RAY = "ray@acme.test";

describeOnBoth("the faults of one input", (open) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await openGateway(
      (await open()).database,
      `
sightline: 1
organization: { key: acme, name: Acme, timeZone: UTC, edition: ENTERPRISE, seats: { regular: 5, team: 0 }, superAdmin: root@acme.test }
roles: { ceo: { name: CEO } }
users:
  root@acme.test: { name: Root, role: ceo, profile: administrator }
  ray@acme.test: { name: Ray, role: ceo }
modules:
  deals:
    label: Deals
    fields:
      stage: { type: PICKLIST, options: [open, won], required: true }
      amount: { type: NUMBER }
      closes: { type: DATE }
records:
  deals:
    one: { owner: ray@acme.test, name: One, values: { stage: open } }
`,
    );
  });

  const create = (values: object) =>
    gateway.ask(
      RAY,
      `mutation ($input: CreateRecordInput!) { createRecord(input: $input) { record { id } } }`,
      { input: { module: "deals", name: "X", values } },
    );

  describe("AP-13 are told together, the first as the error's own", () => {
    test("AP-13 of values: what is wrong, what is no field, what is missing", async () => {
      const error = onlyError(await create({ amount: "5", stag: "open", closes: "soon" }));
      expect(error.message).toBe("This is no NUMBER: expected a finite number.");
      expect(error.extensions).toMatchObject({
        code: "BAD_USER_INPUT",
        field: "input.values.amount",
        faults: [
          { field: "input.values.amount", message: error.message },
          { field: "input.values.stag", message: 'Deals has no field "stag". Did you mean "stage"?' },
          { field: "input.values.closes", message: expect.stringContaining("This is no DATE") },
          { field: "input.values.stage", message: "Deals requires a value for stage." },
        ],
      });
      expect(await gateway.database.reader.record.count()).toBe(1);
    });

    test("AP-13 a required value that is wrong is one fault, and never more than twenty are told", async () => {
      const one = onlyError(await create({ stage: "lost" }));
      expect(one.extensions).toMatchObject({ field: "input.values.stage" });
      expect(one.extensions).not.toHaveProperty("faults");
      const many = onlyError(
        await create(Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`x${at}`, 1]))),
      );
      expect(many.extensions["faults"]).toHaveLength(20);
    });

    test("AP-13 of a filter, each with what was expected there", async () => {
      const filter = {
        all: [
          { compare: { field: "stag", op: "EQ", value: "open" } },
          { any: [{ compare: { field: "amount", op: "EQ", value: "five" } }] },
        ],
      };
      const error = onlyError(
        await gateway.ask(
          RAY,
          `query ($filter: RecordFilter) { records(module: "deals", filter: $filter) { totalCount } }`,
          { filter },
        ),
      );
      expect(error.message).toMatch(
        /^The module has no field "stag" \(did you mean "stage"\?\)\. Expected one of /,
      );
      expect(error.extensions["faults"]).toEqual([
        { field: expect.stringMatching(/^filter\.all\.0/), message: error.message },
        {
          field: expect.stringMatching(/^filter\.all\.1\.any\.0/),
          message: expect.stringMatching(/Expected a finite number\.$/),
        },
      ]);
    });
  });
});
