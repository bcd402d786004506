import { expect, test } from "vitest";
import type { ApplyOptions } from "../../../src/file/apply.ts";
import { applyOrganizationFile } from "../../../src/file/apply.ts";
import { InvalidPolicy } from "../../../src/kernel/fault.ts";
import { activateSharingRule } from "../../../src/store/sharing/rule/activation.ts";
import { describeOnBoth } from "../../database.ts";
import {
  afterWrite,
  BIG,
  expectApplied,
  FILE,
  NOW,
  OF_BIG,
  OF_WON,
  openWorld,
  WON,
  type World,
} from "../../store/grants/applying-world.ts";

const WON_RULE = "criteria: { field: status, op: EQ, value: won }, to: { role: clerk }, access: READ_ONLY";
const BIG_RULE = "criteria: { field: size, op: GTE, value: 30 }, to: { role: clerk }, access: READ_ONLY";

/** The file of the world with rules by key, such as `rule-1`, which is also the first that `make` makes. */
function withRules(rules: Readonly<Record<string, string>>): string {
  const lines = Object.entries(rules).map(([key, rule]) => `  ${key}: { module: leads, ${rule} }\n`);
  return FILE.replace("records:\n", `sharingRules:\n${lines.join("")}records:\n`);
}

function apply(world: World, text: string, options: Partial<ApplyOptions> = {}) {
  return applyOrganizationFile(world.database, { text, name: "acme.yaml" }, null, { now: NOW, ...options });
}

describeOnBoth("a file over sharing rules that are there", (open) => {
  test("SH-36 a rule of the file that is being applied is in force when the file is, and is applied no further", async () => {
    const world = await openWorld(open);
    const id = await world.make(WON);
    const text = withRules({ "rule-1": WON_RULE }).replace("status: won, size: 0 ", "status: new, size: 0 ");
    const database = afterWrite(world.database, 3, async () => {
      await apply(world, text);
      expect(await world.row(id)).toMatchObject({ status: "ACTIVE", generation: 2, appliedRecords: 0 });
      const { stored, right } = await world.found(id);
      expect(stored).toEqual(right);
      expect(stored).toHaveLength(OF_WON - 1);
    });
    await world.background(database).idle();
    expect(await world.row(id)).toMatchObject({ status: "ACTIVE", generation: 2, appliedUpToId: null });
    expect(await world.stored(id)).toBe(OF_WON - 1);
    expect((await apply(world, text)).isChanged).toBe(false);
  });

  test("SH-36 a rule that the file does not name goes on being applied, over what the file has written", async () => {
    const world = await openWorld(open);
    const id = await world.make(WON);
    const text = FILE.replace("status: won, size: 0 ", "status: new, size: 0 ")
      .replace("status: won, size: 36 ", "status: new, size: 36 ")
      .replace("status: new, size: 1 ", "status: won, size: 1 ")
      .replace("status: new, size: 37 ", "status: won, size: 37 ");
    const database = afterWrite(world.database, 3, async () => {
      await apply(world, text);
      expect((await world.row(id)).status).toBe("APPLYING");
    });
    await world.background(database).idle();
    await expectApplied(world, id, OF_WON);
  });

  test("SH-36 a rule that the file removes is applied no further", async () => {
    const world = await openWorld(open);
    const id = await world.make(WON);
    const database = afterWrite(world.database, 3, async () => {
      await apply(world, FILE, { prune: true });
    });
    await world.background(database).idle();
    expect(await world.stored(id)).toBe(0);
    expect(await world.database.reader.sharingRule.count()).toBe(0);
  });

  test("SH-32 a field that the file changes leaves a rule that it does not name unreadable, also when it is changed back", async () => {
    const world = await openWorld(open);
    const id = await world.make(BIG);
    await world.background().idle();
    const asText = FILE.replace("size: { type: NUMBER }", "size: { type: TEXT }").replace(
      /size: (\d+) \}/g,
      'size: "$1" }',
    );
    await apply(world, asText);
    expect(await world.row(id)).toMatchObject({ status: "ACTIVE", isBroken: true });
    expect(await world.stored(id)).toBe(0);
    await apply(world, FILE);
    expect(await world.row(id)).toMatchObject({ isBroken: true });
    expect(await world.stored(id)).toBe(0);
    await activateSharingRule(await world.as("root@acme.test"), id);
    await world.background().idle();
    await expectApplied(world, id, OF_BIG);
  });

  test("SH-32 criteria that the file writes again are readable again, and in force with their matches", async () => {
    const world = await openWorld(open);
    const id = await world.make(WON);
    await world.background().idle();
    await world.database.write(async (tx) => {
      await tx.sharingRule.updateMany({ where: { id }, data: { isBroken: true } });
      await tx.recordGrant.deleteMany({ where: { key: { startsWith: "c:" } } });
    });
    await apply(world, withRules({ "rule-1": WON_RULE }));
    expect(await world.row(id)).toMatchObject({ status: "ACTIVE", isBroken: false, generation: 2 });
    const { stored, right } = await world.found(id);
    expect(stored).toEqual(right);
    expect(stored).toHaveLength(OF_WON);
  });

  test.each([
    ["SH-38 exactly the same as", { other: `${WON_RULE}, name: Other` }, /"rule-1".*is exactly the same/],
    ["SH-30 with the name of", { other: `${BIG_RULE}, name: Rule 1` }, /"rule-1".*has this name/],
  ])(
    "%s a rule that the file does not name: refused at its place, and nothing changes",
    async (_, rules, message) => {
      const world = await openWorld(open);
      await world.make(WON);
      const before = await world.database.reader.sharingRule.findMany();
      const refusal = await apply(world, withRules(rules)).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(InvalidPolicy);
      const [fault] = (refusal as InvalidPolicy).faults;
      expect(fault).toMatchObject({ path: "sharingRules.other", code: "CONFLICT" });
      expect(fault?.message).toMatch(message);
      expect(await world.database.reader.sharingRule.findMany()).toEqual(before);
      // With --prune the twin is gone.
      expect((await apply(world, withRules(rules), { prune: true })).tallies.sharingRules).toMatchObject({
        added: 1,
        removed: 1,
      });
    },
  );

  test("SH-30 rules of the file may take over each other's names", async () => {
    const world = await openWorld(open);
    await apply(world, withRules({ a: `${WON_RULE}, name: One`, b: `${BIG_RULE}, name: Two` }));
    await apply(
      world,
      withRules({
        a: `${WON_RULE}, name: Two`,
        b: `${BIG_RULE}, name: Three`,
        c: `${WON_RULE.replace("ONLY", "WRITE")}, name: One`,
      }),
    );
    const rules = await world.database.reader.sharingRule.findMany({ orderBy: { key: "asc" } });
    expect(rules.map(({ key, name }) => [key, name])).toEqual([
      ["a", "Two"],
      ["b", "Three"],
      ["c", "One"],
    ]);
  });
});
