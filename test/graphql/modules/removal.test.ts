import { beforeEach, expect, test } from "vitest";
import { exportOrganization } from "../../../src/file/export.ts";
import { printOrganizationFile } from "../../../src/file/print.ts";
import { openPace } from "../../../src/store/core/jobs/pace.ts";
import { sweepRemoved } from "../../../src/store/modules/sweep-removed.ts";
import { describeOnBoth } from "../../database.ts";
import { type Gateway, onlyError, openGateway } from "../gateway.ts";
import { absentId, moduleId } from "../noun-id.ts";
import { CREATE, MO, RAY, ROOT, removeField, SUE, withRules } from "./field-world.ts";

/** More leads than are swept in one batch, each with a city and a share. */
const MANY = 620;

const RULED = withRules({ city: "{ field: city, op: IS_NOT_NULL }" });

describeOnBoth("what was deleted and is not swept yet", (open) => {
  let gateway: Gateway;
  beforeEach(async () => {
    const { database } = await open();
    gateway = await openGateway(database, RULED);
    await database.write(async (tx) => {
      const { id: _, ...row } = await tx.record.findFirstOrThrow({ where: { key: "full" } });
      const rows = Array.from({ length: MANY }, (_each, n) => ({
        ...row,
        id: `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`,
        key: `many-${n}`,
        name: `Many ${n}`,
        values: { status: "new", city: `City ${n}` },
      }));
      for (let from = 0; from < MANY; from += 100)
        await tx.record.createMany({ data: rows.slice(from, from + 100) });
    });
    // Nobody sweeps.
    await gateway.store.jobs.stop();
  });

  const leads = (as: string, rest = "") =>
    gateway.ask(
      as,
      `{ records(module: "leads", first: 3 ${rest}) { totalCount edges { node { id values } } } }`,
    );
  const removeModule = async () =>
    gateway.ask(ROOT, `mutation ($input: DeleteModuleInput!) { deleteModule(input: $input) { id } }`, {
      input: { id: await moduleId(gateway, "leads"), confirm: true },
    });
  const exported = async () => printOrganizationFile(await exportOrganization(gateway.database, "acme"));
  const isLeft = async () => (await gateway.database.reader.removal.count()) > 0;
  /** Batches of background work: so many at most. */
  const sweepBatches = async (most: number) => {
    let batches = 0;
    const isOver = () => ++batches > most;
    const { database } = gateway;
    await sweepRemoved.run({ database, clock: { now: () => 0 }, pace: openPace(200), isOver });
  };
  const cities = async () =>
    (await gateway.database.reader.record.findMany()).filter(({ values }) => "city" in (values as object))
      .length;

  test("SH-32 EN-32 a field goes with as many statements as of few records", async () => {
    const few = await openGateway((await open()).database, RULED);
    await few.store.jobs.stop();
    const sent = async (of: Gateway) => {
      const { result, statements } = await of.database.statementsOf(() => removeField(of, MO, "city"));
      expect(result).not.toHaveProperty("errors");
      return statements.length;
    };
    expect(await sent(gateway)).toBe(await sent(few));
    expect(await isLeft()).toBe(true);
  });

  test("SH-32 values of a field that is gone are shown, filtered, sorted and exported to nobody", async () => {
    expect(await removeField(gateway, MO, "city")).not.toHaveProperty("errors");
    expect(await cities()).toBeGreaterThan(MANY);
    for (const as of [ROOT, RAY]) {
      const page = await leads(as);
      expect(JSON.stringify(page)).not.toContain("City");
      expect(page.data?.["records"].totalCount).toBe(MANY + 3);
      const filtered = await leads(as, `, filter: { compare: { field: "city", op: IS_NOT_NULL } }`);
      expect(onlyError(filtered).extensions).toMatchObject({ code: "BAD_USER_INPUT" });
      const sorted = await leads(as, `, orderBy: [{ field: "city" }]`);
      expect(onlyError(sorted).extensions).toMatchObject({ code: "BAD_USER_INPUT" });
    }
    // The rule by it admits nothing.
    expect((await leads(SUE)).data?.["records"].totalCount).toBe(0);
    const end = `mutation ($input: DeleteSharingRuleInput!) { deleteSharingRule(input: $input) { id } }`;
    await gateway.data(ROOT, end, { input: { id: await gateway.id("SharingRule", "city") } });
    expect(await exported()).not.toContain("City");
    await sweepBatches(100);
    expect(await cities()).toBe(0);
    expect(await isLeft()).toBe(false);
  });

  test("SH-32 a field made anew before the end of it has none of its values", async () => {
    expect(await removeField(gateway, MO, "city")).not.toHaveProperty("errors");
    await sweepBatches(1);
    expect(await cities()).toBeGreaterThan(0);
    await gateway.data(MO, CREATE, {
      input: { module: await moduleId(gateway, "leads"), key: "city", type: "TEXT" },
    });
    const city = await leads(ROOT, `, filter: { compare: { field: "city", op: IS_NOT_NULL } }`);
    expect(city.data?.["records"].totalCount).toBe(0);
    expect(await cities()).toBe(0);
    expect(await isLeft()).toBe(false);
  });

  test("SH-32 who dies on the way leaves the rest to the next", async () => {
    expect(await removeField(gateway, MO, "city")).not.toHaveProperty("errors");
    const before = await cities();
    await sweepBatches(1);
    const between = await cities();
    expect(between).toBeLessThan(before);
    expect(between).toBeGreaterThan(0);
    await sweepBatches(100);
    expect(await cities()).toBe(0);
  });

  test("SH-32 a record that is written meanwhile keeps what is written", async () => {
    expect(await removeField(gateway, MO, "city")).not.toHaveProperty("errors");
    const id = await gateway.record("leads", "many-5");
    const update = `mutation ($input: UpdateRecordInput!) { updateRecord(input: $input) { record { values } } }`;
    await gateway.data(ROOT, update, { input: { id, values: { revenue: 7 } } });
    await sweepBatches(100);
    const row = await gateway.database.reader.record.findFirstOrThrow({ where: { key: "many-5" } });
    expect(row.values).toEqual({ status: "new", revenue: 7 });
  });

  test("SH-32 no key that somebody may choose is taken by a module that is gone", async () => {
    const { id, orgId } = await gateway.database.reader.module.findFirstOrThrow({ where: { key: "leads" } });
    expect(await removeModule()).not.toHaveProperty("errors");
    const { key: hidden } = await gateway.database.reader.module.findUniqueOrThrow({
      where: { orgId_id: { orgId, id } },
    });
    const make = `mutation ($key: String!) { createModule(input: { key: $key, label: "New" }) { module { key } } }`;
    for (const key of ["leads", id]) {
      const { createModule } = await gateway.data(ROOT, make, { key });
      expect(createModule.module).toEqual({ key });
    }
    expect(onlyError(await gateway.ask(ROOT, make, { key: hidden })).extensions).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "input.key",
    });
  });

  test("SH-32 records of a module that is gone are reached by nobody, and nothing tells of them", async () => {
    const id = await gateway.record("leads", "full");
    const before = await gateway.database.reader.record.count();
    expect(await removeModule()).not.toHaveProperty("errors");
    expect(await gateway.database.reader.record.count()).toBe(before);
    const never = absentId("Record");
    for (const as of [ROOT, RAY, SUE]) {
      for (const query of [
        `query ($id: ID!) { node(id: $id) { id } }`,
        `query ($id: ID!) { record(id: $id) { id } }`,
        `query ($id: ID!) { nodes(ids: [$id]) { id } }`,
      ])
        expect((await gateway.ask(as, query, { id })).data).toEqual(
          (await gateway.ask(as, query, { id: never })).data,
        );
      expect(onlyError(await leads(as)).extensions).toMatchObject({ code: "BAD_USER_INPUT" });
      const deletion = `mutation ($id: ID!) { deleteRecord(input: { id: $id }) { id } }`;
      expect(onlyError(await gateway.ask(as, deletion, { id })).extensions).toMatchObject({
        code: "NOT_FOUND",
      });
      const modules = await gateway.data(as, `{ modules { edges { node { key } } } }`);
      expect(JSON.stringify(modules)).not.toContain("leads");
    }
    expect(await exported()).not.toContain("Many");
    // Its key is free, and what is made under it is empty.
    const make = `mutation { createModule(input: { key: "leads", label: "Leads" }) { module { key } } }`;
    await gateway.data(ROOT, make);
    expect((await leads(ROOT)).data?.["records"].totalCount).toBe(0);
    await sweepBatches(100);
    expect(await gateway.database.reader.record.count()).toBe(2);
    expect(await gateway.database.reader.recordGrant.count()).toBe(0);
    expect(await gateway.database.reader.module.count({ where: { isRemoved: true } })).toBe(0);
    expect((await leads(ROOT)).data?.["records"].totalCount).toBe(0);
  });
});
