import { afterEach, beforeAll, expect, test } from "vitest";
import { toGlobalId } from "../../../src/kernel/global-id.ts";
import { describeOnBoth } from "../../database.ts";
import { type Gateway, openGateway } from "../gateway.ts";
import { NOW } from "../world.ts";
import {
  eventsSince,
  expectDerived,
  lastEvent,
  mail,
  newRecord,
  refusal,
  SHARING,
  share,
  shared,
  sharesOn,
} from "./sharing-world.ts";

const iso = (at: number) => new Date(at).toISOString();
const NEW_YEAR = Date.parse("2027-01-01T00:00:00Z");
const NOTHING = "00000000-0000-7000-8000-000000000000";
const [NO_USER, NO_ROLE, NO_GROUP] = [
  toGlobalId("User", NOTHING),
  toGlobalId("Role", NOTHING),
  toGlobalId("Group", NOTHING),
];
/** The places that a refusal names. */
const [USER, ROLE, TREE, GROUP, END] = [
  "input.with.user",
  "input.with.role",
  "input.with.roleAndSubordinates",
  "input.with.group",
  "input.expiresAt",
];
const SHARE = "mutation ($input: ShareRecordInput!) { shareRecord(input: $input) { id } }";

describeOnBoth("shareRecord refuses", (open) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database, SHARING);
  });
  afterEach(() => expectDerived(gateway.database));

  /** A record of Ray's to share, the shares that it has already, then the one in question. */
  type Visible = {
    readonly title: string;
    readonly owner?: string;
    readonly module?: string;
    readonly values?: object;
    readonly first?: readonly {
      readonly with: string;
      readonly level: string;
      readonly expiresAt?: string;
    }[];
    readonly as?: string;
    readonly with: string;
    readonly level?: string;
    readonly expiresAt?: string;
    /** The sentence that names the path, or null where the sharer may not know it; no refusal when left out. */
    readonly path?: string | null;
  };
  const VISIBLE: readonly Visible[] = [
    { title: "a stranger", with: "user:sue" },
    { title: "the owner", as: "hal", with: "user:ray", level: "FULL", path: "Ray owns the record." },
    { title: "oneself", with: "user:ray", path: "Ray owns the record." },
    {
      title: "a superior",
      with: "user:hal",
      level: "FULL",
      path: "Hal stands above the owner, Ray: Head → Rep.",
    },
    { title: "a peer", with: "user:rob", path: "Rob and the owner, Ray, are peers in the role Rep." },
    {
      title: "a peer who only reads, to read",
      with: "user:gus",
      path: "Gus and the owner, Ray, are peers in the role Rep.",
    },
    { title: "a peer who only reads, to write", with: "user:gus", level: "READ_WRITE" },
    {
      title: "an administrator, for who may not know",
      module: "deals",
      with: "user:root",
      level: "FULL",
      path: null,
    },
    {
      title: "an administrator, for who may ask why",
      as: "wes",
      with: "user:root",
      path: "Root is the super administrator.",
    },
    {
      title: "everybody, in a public module",
      module: "deals",
      with: "user:sue",
      level: "READ_WRITE",
      path: "The organisation default of Deals is PUBLIC_READ_WRITE.",
    },
    { title: "everybody, beyond the default", module: "deals", with: "user:sue", level: "FULL" },
    {
      title: "who reads by a rule, for who may not know rules",
      owner: "hal",
      as: "hal",
      with: "user:sue",
      path: null,
    },
    {
      title: "who reads by a rule, for a manager of sharing",
      owner: "hal",
      first: [{ with: "user:max", level: "FULL" }],
      as: "max",
      with: "user:sue",
      path: "The sharing rule reps-to-desk gives READ_ONLY.",
    },
    {
      title: "who reads by a rule, for who may ask why",
      owner: "hal",
      first: [{ with: "user:wes", level: "FULL" }],
      as: "wes",
      with: "user:sue",
      path: "The sharing rule reps-to-desk gives READ_ONLY.",
    },
    {
      title: "who reads by a rule, to write",
      owner: "hal",
      as: "hal",
      with: "user:sue",
      level: "READ_WRITE",
    },
    {
      title: "who has it by a rule with an end, without one",
      values: { status: "won" },
      with: "user:cleo",
      level: "READ_WRITE",
    },
    {
      title: "who has it by a rule with an end, until later",
      values: { status: "won" },
      with: "user:cleo",
      level: "READ_WRITE",
      expiresAt: iso(NEW_YEAR + 1),
    },
    {
      title: "who has it by a rule with an end, until then",
      values: { status: "won" },
      with: "user:cleo",
      level: "READ_WRITE",
      expiresAt: iso(NEW_YEAR),
      path: null,
    },
    {
      title: "who has it by a rule whose criteria it does not meet",
      values: { status: "new" },
      with: "user:cleo",
      expiresAt: iso(NEW_YEAR),
    },
    {
      title: "a member of a group that has it",
      first: [{ with: "group:mix", level: "READ_WRITE" }],
      with: "user:dan",
      level: "READ_WRITE",
      path: "The record is shared with the group Mix.",
    },
    {
      title: "a member of a group that has less",
      first: [{ with: "group:mix", level: "READ_ONLY" }],
      with: "user:dan",
      level: "READ_WRITE",
    },
    {
      title: "a member of a group that has it until Friday, until Saturday",
      first: [{ with: "group:mix", level: "FULL", expiresAt: iso(NOW + 1000) }],
      with: "user:dan",
      expiresAt: iso(NOW + 1001),
    },
    {
      title: "a member of a group that has it until Friday, until Friday",
      first: [{ with: "group:mix", level: "FULL", expiresAt: iso(NOW + 1000) }],
      with: "user:dan",
      expiresAt: iso(NOW + 1000),
      path: "The record is shared with the group Mix.",
    },
    {
      title: "who has the very same share",
      first: [{ with: "user:sue", level: "READ_WRITE" }],
      with: "user:sue",
      level: "READ_WRITE",
    },
    {
      title: "EN-08 who reads by one share and writes by another",
      first: [
        { with: "role:desk", level: "READ_ONLY" },
        { with: "tree:desk", level: "READ_WRITE", expiresAt: iso(NOW + 1000) },
      ],
      with: "user:sue",
      level: "READ_WRITE",
      expiresAt: iso(NOW + 1000),
      path: "The record is shared with the role Desk. The record is shared with the role Desk and its subordinates.",
    },
    {
      title: "a group, though each of its members has it",
      first: [{ with: "role:desk", level: "FULL" }],
      with: "group:mix",
      level: "FULL",
    },
  ];
  test.each(VISIBLE)("SH-43 ALREADY_VISIBLE or not: $title", async (row) => {
    const { owner = "ray", module, values, first = [], as = "ray", path, title: _, ...said } = row;
    const id = await newRecord(gateway, owner, module, values);
    for (const each of first) await shared(gateway, owner, id, each);
    const [shares, since] = [await sharesOn(gateway, id), await lastEvent(gateway)];
    const answer = await share(gateway, as, id, said);
    if (path === undefined) {
      expect(answer.errors).toBeUndefined();
      return;
    }
    expect(refusal(answer)).toEqual({
      code: "ALREADY_VISIBLE",
      field: "input.with.user",
      requirement: "SH-43",
      ...(path === null ? {} : { path }),
    });
    expect(await sharesOn(gateway, id)).toEqual(shares);
    expect(await eventsSince(gateway, since)).toEqual([]);
  });

  test("SH-09 forecasts are not shared, by their owner, an administrator or anybody", async () => {
    const id = await gateway.record("forecasts", "quarter");
    const sh09 = { code: "BAD_USER_INPUT", field: "input.id", requirement: "SH-09" };
    for (const as of ["ray", "root"])
      expect(refusal(await share(gateway, as, id, { with: "user:sue" }))).toEqual(sh09);
    expect(refusal(await share(gateway, "dan", id, { with: "user:sue" }))).toEqual({
      code: "NOT_FOUND",
      field: "input.id",
    });
  });

  /** Each row is wrong in two ways, and the first of them answers. */
  type Said = {
    readonly with?: string | object;
    readonly level?: string;
    readonly expiresAt?: string;
  };
  test.each<[title: string, as: string, said: Said, code: string, field: string | null]>([
    ["a past end, and a record out of reach", "dan", { expiresAt: iso(NOW - 1) }, "BAD_USER_INPUT", END],
    ["a present end, and a record out of reach", "dan", { expiresAt: iso(NOW) }, "BAD_USER_INPUT", END],
    ["no global id, and a record out of reach", "dan", { with: { user: "nobody" } }, "BAD_USER_INPUT", USER],
    ["a record out of reach, and no such user", "dan", { with: { user: NO_USER } }, "NOT_FOUND", "input.id"],
    ["no such user, and no right to share", "vic", { with: { user: NO_USER } }, "NOT_FOUND", USER],
    ["no such role, and no right to share", "vic", { with: { role: NO_ROLE } }, "NOT_FOUND", ROLE],
    ["a user for a role, and no right to share", "vic", { with: { role: NO_USER } }, "NOT_FOUND", ROLE],
    [
      "no such role tree, and no right to share",
      "vic",
      { with: { roleAndSubordinates: NO_ROLE } },
      "NOT_FOUND",
      TREE,
    ],
    ["no such group, and no right to share", "vic", { with: { group: NO_GROUP } }, "NOT_FOUND", GROUP],
    ["no right to share, and a recipient who is inactive", "vic", { with: "ida" }, "FORBIDDEN", null],
    [
      "no right to the level, and a recipient who is inactive",
      "rita",
      { with: "ida", level: "FULL" },
      "FORBIDDEN",
      null,
    ],
    ["a recipient who is inactive", "ray", { with: "ida" }, "BAD_USER_INPUT", USER],
  ])("AP-04 %s", async (_, as, said, code, field) => {
    const id = await newRecord(gateway, "ray");
    await shared(gateway, "ray", id, { with: "user:vic" });
    const recipient = said.with ?? "sue";
    const input = {
      id,
      level: "READ_ONLY",
      ...said,
      with: typeof recipient === "string" ? { user: await gateway.user(mail(recipient)) } : recipient,
    };
    const since = await lastEvent(gateway);
    const { code: answered, field: named } = refusal(await gateway.ask(mail(as), SHARE, { input }));
    expect([answered, named ?? null]).toEqual([code, field]);
    expect(await sharesOn(gateway, id)).toEqual(["USER Vic READ_ONLY"]);
    expect(await eventsSince(gateway, since)).toEqual([]);
  });

  test.each([
    ["none", {}],
    ["two", { user: NO_USER, role: NO_ROLE }],
    ["null", { user: null }],
    ["everyone", { everyone: true }],
  ])("AP-02 SH-41 a party is exactly one user, role or group: %s is refused", async (_, recipient) => {
    const id = await newRecord(gateway, "ray");
    const input = { id, level: "READ_ONLY", with: recipient };
    expect(refusal(await gateway.ask(mail("ray"), SHARE, { input }))["code"]).toBe("BAD_USER_INPUT");
    expect(await sharesOn(gateway, id)).toEqual([]);
  });
});
