import { beforeAll, expect, test } from "vitest";
import type { ErrorCode } from "../../../src/kernel/fault.ts";
import { RESERVED_MODULES } from "../../../src/policy/model/naming.ts";
import { describeOnBoth } from "../../database.ts";
import { onlyError } from "../gateway.ts";
import { absentId } from "../noun-id.ts";
import { NOW } from "../world.ts";
import { compare, type Ids, openRules, ROOT, type RuleWorld, SID } from "./rule-world.ts";

type Patch = object | ((ids: Ids) => object);
type Refusal = { readonly code: ErrorCode; readonly field?: string; readonly requirement?: string };
/** What of the input is other than in one that is admitted, and how it is refused. */
type Row = readonly [what: string, patch: Patch, refusal: Refusal];

const bad = (what: string, patch: Patch, field: string, requirement?: string): Row => [
  what,
  patch,
  { code: "BAD_USER_INPUT", field, ...(requirement === undefined ? {} : { requirement }) },
];
const absent = (what: string, patch: Patch, field: string): Row => [
  what,
  patch,
  { code: "NOT_FOUND", field },
];

const SHAPE: readonly Row[] = [
  bad("an unknown module", { module: "nothing" }, "input.module"),
  ...RESERVED_MODULES.map((module) =>
    bad(`the reserved module ${module}`, { module }, "input.module", "SH-08"),
  ),
  bad("the module forecasts", { module: "forecasts" }, "input.module", "SH-09"),
  bad("a blank name", { name: " " }, "input.name"),
  bad("a name of 256 characters", { name: "n".repeat(256) }, "input.name"),
  bad("a key with a space", { key: "a b" }, "input.key"),
  bad("neither source nor criteria", { source: null }, "input.source", "SH-30"),
  bad("an end that is now", { expiresAt: new Date(NOW).toISOString() }, "input.expiresAt"),
];

const PARTIES: readonly Row[] = [
  bad("a source that is not everyone", { source: { everyone: false } }, "input.source.everyone"),
  bad("a target that is not everyone", { target: { everyone: false } }, "input.target.everyone"),
  bad("a source of two members", ({ rep }) => ({ source: { role: rep, everyone: true } }), "input.source"),
  bad("a role that is no id", { source: { role: "rep" } }, "input.source.role", "AP-01"),
  bad("a target that is no id", { target: { user: "sue" } }, "input.target.user", "AP-01"),
  absent("a source role that is not there", { source: { role: absentId("Role") } }, "input.source.role"),
  absent("a source group that is not there", { source: { group: absentId("Group") } }, "input.source.group"),
  absent(
    "a group for a role",
    ({ emea }) => ({ source: { roleAndSubordinates: emea } }),
    "input.source.roleAndSubordinates",
  ),
  absent("a target user that is not there", { target: { user: absentId("User") } }, "input.target.user"),
  absent("a target group that is not there", { target: { group: absentId("Group") } }, "input.target.group"),
  absent("the support agent as target", ({ agent }) => ({ target: { user: agent } }), "input.target.user"),
  absent("a deleted user as target", ({ dan }) => ({ target: { user: dan } }), "input.target.user"),
];

const VALUE = "compare.value";

/** Criteria, and where below `input.criteria` they are wrong. */
const CRITERIA: readonly Row[] = [
  ...(
    [
      ["an empty all", { all: [] }, "all"],
      ["an empty any, deep inside", { all: [{ any: [] }] }, "all.0.any"],
      ["an unknown field", compare("size", "EQ", 1), "compare.field"],
      ["the name", compare("name", "EQ", "One"), "compare.field"],
      ["the owner", compare("owner", "EQ", absentId("User")), "compare.field"],
      ["the time of creation", compare("createdAt", "LT", "2027-01-01T00:00:00Z"), "compare.field"],
      ["an operator that does not fit", { all: [compare("status", "LT", "won")] }, "all.0.compare.op"],
      [
        "a text for a number",
        { any: [compare("status", "IS_NULL"), compare("revenue", "EQ", "5")] },
        "any.1.compare.value",
      ],
      ["an option that is not offered", compare("status", "EQ", "gone"), VALUE],
      ["an empty list", compare("status", "IN", []), VALUE],
      ["a value for IS_NULL", compare("status", "IS_NULL", 1), VALUE],
    ] as const
  ).map(([what, criteria, at]) => bad(what, { criteria }, `input.criteria.${at}`, "SH-32")),
  bad("no value for EQ", { criteria: compare("status", "EQ") }, "input.criteria", "SH-32"),
];

const REFERENCES: readonly Row[] = [
  bad(
    "a lookup that is no id",
    { criteria: compare("account", "EQ", "acc-1") },
    `input.criteria.${VALUE}`,
    "AP-01",
  ),
  bad(
    "a user that is no id",
    ({ sue }) => ({ criteria: compare("contact", "IN", [sue, "x"]) }),
    `input.criteria.${VALUE}.1`,
    "AP-01",
  ),
  ...(
    [
      ["a record that is not there", () => compare("account", "EQ", absentId("Record")), VALUE],
      ["a record out of reach", ({ acc1 }: Ids) => compare("account", "EQ", acc1), VALUE],
      [
        "a record out of reach among others",
        ({ acc1, acc2 }: Ids) => compare("account", "IN", [acc2, acc1]),
        `${VALUE}.1`,
      ],
      ["a record of another module", ({ lead1 }: Ids) => compare("account", "EQ", lead1), VALUE],
      ["a user for a record", ({ sue }: Ids) => compare("account", "EQ", sue), VALUE],
      ["a record for a user", ({ acc2 }: Ids) => compare("contact", "EQ", acc2), VALUE],
      ["the support agent", ({ agent }: Ids) => compare("contact", "EQ", agent), VALUE],
      ["a deleted user", ({ dan }: Ids) => compare("contact", "EQ", dan), VALUE],
    ] as const
  ).map(([what, criteria, at]) =>
    absent(what, (ids) => ({ criteria: criteria(ids) }), `input.criteria.${at}`),
  ),
];

describeOnBoth("sharing rules that are refused", (open) => {
  let world: RuleWorld;
  beforeAll(async () => {
    world = await openRules(open);
  });

  const good = ({ rep, service }: Ids) => ({
    module: "leads",
    name: "New",
    source: { role: rep },
    target: { role: service },
    level: "READ_ONLY",
  });

  async function refuse(
    verb: "create" | "update",
    input: object,
    patch: Patch,
    refusal: Refusal,
    as: string,
  ) {
    const before = await world.rows();
    const wanted = { ...input, ...(typeof patch === "function" ? patch(world.ids) : patch) };
    const { code, field, requirement } = onlyError(await world.send(verb, wanted, as)).extensions;
    expect({ code, field, ...(refusal.requirement && { requirement }) }).toEqual({
      field: undefined,
      ...refusal,
    });
    expect(await world.rows()).toEqual(before);
  }

  test.each([...SHAPE, ...PARTIES, ...CRITERIA, ...REFERENCES])(
    "SH-08 SH-09 SH-30 SH-32 createSharingRule with %s is refused and changes nothing",
    (_, patch, refusal) => refuse("create", good(world.ids), patch, refusal, SID),
  );

  test.each([...PARTIES, ...CRITERIA, ...REFERENCES])(
    "SH-30 SH-32 updateSharingRule with %s is refused and changes nothing",
    (_, patch, refusal) => refuse("update", { id: world.ids.wonToVips }, patch, refusal, SID),
  );

  test.each([
    bad("a blank name", { name: "" }, "input.name"),
    bad("no name", { name: null }, "input.name"),
    bad("no target", { target: null }, "input.target"),
    bad("no level", { level: null }, "input.level"),
    bad("neither yes nor no for superiors", { includeSuperiors: null }, "input.includeSuperiors"),
    bad("an end in the past", { expiresAt: new Date(NOW - 1).toISOString() }, "input.expiresAt"),
    bad("its only criteria taken away", { criteria: null }, "input.criteria", "SH-30"),
    bad("neither source nor criteria", { source: null, criteria: null }, "input.source", "SH-30"),
  ])("SH-30 updateSharingRule with %s is refused and changes nothing", (_, patch, refusal) =>
    refuse("update", { id: world.ids.wonToVips }, patch, refusal, ROOT),
  );

  test.each<Row>([
    ["nothing wrong", {}, { code: "FORBIDDEN", requirement: "CA-01" }],
    ["a name that is taken", { name: "reps-to-service" }, { code: "FORBIDDEN" }],
    ["a key that is taken", { key: "reps-to-service" }, { code: "FORBIDDEN" }],
    absent("a role that is not there", { source: { role: absentId("Role") } }, "input.source.role"),
    bad("a broken shape too", { source: { role: absentId("Role") }, name: "" }, "input.name"),
  ])(
    "SH-10 AP-04 createSharingRule without the capability and with %s is refused in order",
    (_, patch, refusal) => refuse("create", good(world.ids), patch, refusal, "hal@acme.test"),
  );

  test.each(["update", "delete", "activate", "deactivate"] as const)(
    "SH-10 AP-03 %sSharingRule without the capability answers for a rule as for none",
    async (verb) => {
      const before = await world.rows();
      const none = { id: absentId("SharingRule") };
      const there = onlyError(await world.send(verb, { id: world.ids.wonToVips }, "hal@acme.test"));
      const missing = onlyError(await world.send(verb, none, "hal@acme.test"));
      expect(there.extensions).toMatchObject({ code: "NOT_FOUND", field: "input.id" });
      expect([there.message, there.extensions]).toEqual([missing.message, missing.extensions]);
      expect(onlyError(await world.send(verb, none)).extensions).toEqual(there.extensions);
      expect(await world.rows()).toEqual(before);
    },
  );
});
