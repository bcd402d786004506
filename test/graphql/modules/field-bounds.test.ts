import { beforeAll, expect, test } from "vitest";
import { MOST_REWRITTEN } from "../../../src/store/modules/rewrite-values.ts";
import { describeOnBoth } from "../../database.ts";
import { sweep } from "../../swept.ts";
import { type Answer, type Gateway, onlyError, openGateway } from "../gateway.ts";
import { moduleId } from "../noun-id.ts";
import { CREATE, changeField, MO, ROOT, removeField, WORLD } from "./field-world.ts";

/** One more than may be rewritten at once, all alike but for three. */
const MANY = MOST_REWRITTEN + 1;

describeOnBoth("a change of a field of very many records", (open) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database, WORLD);
    // Nobody sweeps.
    await gateway.store.jobs.stop();
    await gateway.database.write(async (tx) => {
      const { id: _, ...row } = await tx.record.findFirstOrThrow({ where: { key: "full" } });
      for (let from = 0; from < MANY; from += 250)
        await tx.record.createMany({
          data: Array.from({ length: Math.min(250, MANY - from) }, (_each, at) => ({
            ...row,
            id: `00000000-0000-7000-8000-${String(from + at).padStart(12, "0")}`,
            key: `many-${from + at}`,
            name: "One of many",
            values: { status: "new", city: "Bonn" },
          })),
        });
      const { orgId, moduleId, ownerSeq } = row;
      await tx.ownerCount.update({
        where: { orgId_moduleId_ownerSeq: { orgId, moduleId, ownerSeq } },
        data: { n: { increment: MANY } },
      });
    });
  });

  const refused = (answer: Answer) => {
    const { code, field, requirement } = onlyError(answer).extensions;
    return [code, field, requirement];
  };
  const create = async (input: object) =>
    gateway.ask(MO, CREATE, { input: { module: await moduleId(gateway, "leads"), ...input } });
  const everything = async () => {
    const { reader } = gateway.database;
    return JSON.stringify([
      await reader.record.findMany({ orderBy: { id: "asc" } }),
      await reader.field.findMany({ orderBy: { id: "asc" } }),
    ]);
  };

  test("EN-32 is refused, and says what to do instead; nothing has changed", async () => {
    const before = await everything();
    const type = await changeField(gateway, MO, "city", { type: "NUMBER", confirm: true });
    expect(refused(type)).toEqual(["LIMIT_EXCEEDED", "input.type", "EN-32"]);
    expect(onlyError(type).message).toContain("Delete the field");
    const options = await changeField(gateway, MO, "status", {
      options: ["won"],
      fillWith: "won",
      confirm: true,
    });
    expect(refused(options)).toEqual(["LIMIT_EXCEEDED", "input.options", "EN-32"]);
    const filled = await create({ key: "rank", type: "NUMBER", isRequired: true, fillWith: 1 });
    expect(refused(filled)).toEqual(["LIMIT_EXCEEDED", "input.fillWith", "EN-32"]);
    const revenue = await changeField(gateway, MO, "revenue", { isRequired: true, fillWith: 1 });
    expect(refused(revenue)).toEqual(["LIMIT_EXCEEDED", "input.fillWith", "EN-32"]);
    expect(await everything()).toBe(before);
  });

  test("EN-32 is looked for in steps: no statement reads more than some of the records", async () => {
    const { statements } = await gateway.database.statementsOf(() =>
      changeField(gateway, MO, "tags", { type: "TEXT", confirm: true }),
    );
    const looks = statements.filter((statement) => statement.includes('AS "pairs"'));
    expect(looks.length).toBe(Math.ceil((MANY + 3) / 2_000));
    expect(looks.every((statement) => statement.includes("LIMIT"))).toBe(true);
  });

  test("EN-32 is made where few of them are touched, whose number alone counts", async () => {
    const change = { options: ["new"], fillWith: "new", confirm: true };
    expect(await changeField(gateway, MO, "status", change)).not.toHaveProperty("errors");
    const { data } = await gateway.ask(
      ROOT,
      `{ records(module: "leads", first: 1, filter: { compare: { field: "status", op: EQ, value: "new" } }) { totalCount } }`,
    );
    expect(data?.["records"].totalCount).toBe(MANY + 3);
  });

  test("SH-32 a key whose values are being swept is free when they are gone", async () => {
    expect(await removeField(gateway, MO, "city")).not.toHaveProperty("errors");
    const again = { key: "city", type: "TEXT" };
    expect(refused(await create(again))).toEqual(["CONFLICT", "input.key", "SH-32"]);
    expect(await create({ ...again, key: "town" })).not.toHaveProperty("errors");
    await sweep(gateway.database);
    expect(await create(again)).not.toHaveProperty("errors");
  });
});
