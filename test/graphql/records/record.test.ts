import { afterEach, beforeAll, expect, test } from "vitest";
import { fromGlobalId, toGlobalId } from "../../../src/kernel/global-id.ts";
import { describeOnBoth } from "../../database.ts";
import { AGENT, type Gateway, openGateway } from "../gateway.ts";
import { eventsSince, expectDerived, lastEvent, refusal } from "../sharing/sharing-world.ts";
import { ACME } from "../world.ts";

const CREATE = `mutation ($input: CreateRecordInput!) { createRecord(input: $input) { id record { id key name owner { name } createdBy { name } createdAt updatedAt values access { update } } } }`;
const NOTHING = "00000000-0000-7000-8000-000000000000";
const RAY = "ray@acme.test";

/** One who was deleted, to own and to be named. */
const WORLD = ACME.replace(
  "  ian@acme.test:",
  "  del@acme.test: { name: Del, role: rep, status: DELETED }\n  ian@acme.test:",
);

describeOnBoth("createRecord", (open) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database, WORLD);
  });
  afterEach(() => expectDerived(gateway.database));

  /** `record:leads/lead-1`, `user:ray@acme.test` and `no:Record` in a value stand for global ids. */
  async function idsIn(value: unknown): Promise<unknown> {
    if (typeof value === "string") {
      const [kind, name = ""] = value.split(/:(.*)/s);
      if (kind === "record") return gateway.record(...(name.split("/") as [string, string]));
      if (kind === "user") return gateway.user(name);
      return kind === "no" ? toGlobalId(name as "Record", NOTHING) : value;
    }
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    const entries = Object.entries(value).map(async ([key, each]) => [key, await idsIn(each)] as const);
    return Object.fromEntries(await Promise.all(entries));
  }
  const create = async (as: string, said: object) =>
    gateway.ask(as, CREATE, {
      input: await idsIn({ module: "leads", name: "New", values: { status: "new" }, ...said }),
    });
  const howMany = () => gateway.database.reader.record.count();

  test("AP-12 makes a record with a random key, which its owner reads", async () => {
    const { data } = await create(RAY, {
      name: " Mine ",
      values: {
        status: "won",
        revenue: 1.5,
        account: "record:accounts/acc-2",
        contact: "user:sue@acme.test",
        tags: ["hot"],
        signedAt: "2026-11-01T10:00:00+02:00",
      },
    });
    const { record } = data?.["createRecord"] ?? {};
    expect(record).toMatchObject({
      name: "Mine",
      owner: { name: "Ray" },
      createdBy: { name: "Ray" },
      createdAt: "2026-12-01T12:00:00.000Z",
      updatedAt: "2026-12-01T12:00:00.000Z",
      access: { update: true },
      values: {
        status: "won",
        revenue: 1.5,
        account: { name: "Known to reps" },
        contact: { name: "Sue" },
        tags: ["hot"],
        signedAt: "2026-11-01T08:00:00.000Z",
      },
    });
    expect(record.key).toMatch(/^[a-z2-7]{20}$/);
  });

  test("AP-12 no two keys are the same", async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => create(RAY, {})));
    const keys = answers.map(({ data }) => data?.["createRecord"].record.key);
    expect(new Set(keys).size).toBe(8);
  });

  test("SH-46 for another owner it is theirs, and the maker gets its id and no record", async () => {
    const { data } = await create(RAY, { owner: "user:rex@acme.test" });
    const { id, record } = data?.["createRecord"] ?? {};
    expect(record).toBeNull();
    const asked = await gateway.data(
      "rex@acme.test",
      "query ($id: ID!) { record(id: $id) { owner { name } createdBy { name } } }",
      { id },
    );
    expect(asked["record"]).toEqual({ owner: { name: "Rex" }, createdBy: { name: "Ray" } });
  });

  test("SH-46 who stands above the other owner gets the record", async () => {
    const { data } = await create("hal@acme.test", { owner: "user:rex@acme.test" });
    expect(data?.["createRecord"].record).toMatchObject({ owner: { name: "Rex" } });
  });

  test("SA-08 what the support agent creates it owns", async () => {
    const { data } = await create(AGENT, {});
    expect(data?.["createRecord"].record).toMatchObject({
      owner: { name: expect.any(String) },
      access: { update: true },
    });
    const row = await gateway.database.reader.record.findFirstOrThrow({
      where: { id: fromGlobalId(data?.["createRecord"].id)?.id ?? "" },
      include: { owner: true },
    });
    expect(row.owner.license).toBe("SUPPORT");
  });

  const input = (field: string) => ({ code: "BAD_USER_INPUT", field: `input.${field}` });
  const absent = (field: string) => ({ code: "NOT_FOUND", field: `input.${field}` });
  const tu33 = { ...input("owner"), requirement: "TU-33" };
  const withAccount = (account: string) => ({ values: { status: "new", account } });
  const withContact = (contact: string) => ({ values: { status: "new", contact } });
  test.each<[title: string, as: string, said: object, expected: object]>([
    // Shape.
    ["an unknown module", RAY, { module: "nothing" }, input("module")],
    ["a module of what hangs on records", RAY, { module: "notes" }, input("module")],
    ["a blank name", RAY, { name: "  " }, input("name")],
    ["a long name", RAY, { name: "x".repeat(256) }, input("name")],
    ["a name with U+0000", RAY, { name: "a\u0000b" }, input("name")],
    ["values that are a list", RAY, { values: [] }, input("values")],
    ["values that are a text", RAY, { values: "status" }, input("values")],
    ["an unknown field", RAY, { values: { status: "new", stage: 1 } }, input("values.stage")],
    ["an attribute as a field", RAY, { values: { status: "new", owner: "x" } }, input("values.owner")],
    [
      "a name that every object knows",
      RAY,
      { values: { status: "new", toString: 1 } },
      input("values.toString"),
    ],
    ["a required value that is missing", RAY, { values: {} }, input("values.status")],
    ["a required value that is null", RAY, { values: { status: null } }, input("values.status")],
    ["no values where one is required", RAY, { values: null }, input("values.status")],
    ["an option that is not offered", RAY, { values: { status: "old" } }, input("values.status")],
    ["a text for a number", RAY, { values: { status: "new", revenue: "5" } }, input("values.revenue")],
    ["an option twice", RAY, { values: { status: "new", tags: ["hot", "hot"] } }, input("values.tags")],
    [
      "a day for an instant",
      RAY,
      { values: { status: "new", signedAt: "2026-11-01" } },
      input("values.signedAt"),
    ],
    [
      "a lookup that is no id",
      RAY,
      withAccount("acc-2"),
      { ...input("values.account"), requirement: "AP-01" },
    ],
    ["an owner that is no id", RAY, { owner: "ray" }, { ...input("owner"), requirement: "AP-01" }],
    // Reach.
    [
      "SH-53 a lookup to a record out of reach",
      RAY,
      withAccount("record:accounts/acc-1"),
      absent("values.account"),
    ],
    ["SH-53 a lookup to no record", RAY, withAccount("no:Record"), absent("values.account")],
    [
      "a lookup to a record of another module",
      RAY,
      withAccount("record:leads/lead-1"),
      absent("values.account"),
    ],
    ["a lookup to a user", RAY, withAccount("user:ray@acme.test"), absent("values.account")],
    ["no user", RAY, withContact("no:User"), absent("values.contact")],
    ["SA-06 the support agent in a user field", RAY, withContact(`user:${AGENT}`), absent("values.contact")],
    ["no owner", RAY, { owner: "no:User" }, absent("owner")],
    ["SA-06 the support agent as owner", RAY, { owner: `user:${AGENT}` }, absent("owner")],
    [
      "TU-12h a team user in a user field",
      RAY,
      withContact("user:tia@acme.test"),
      { ...input("values.contact"), requirement: "TU-12h" },
    ],
    // Gates.
    ["a profile that does not create", "ann@acme.test", {}, { code: "FORBIDDEN" }],
    ["a module that the profile does not open", "pia@acme.test", {}, { code: "FORBIDDEN" }],
    [
      "a module in which the profile is adjusted",
      RAY,
      { module: "deals", values: {} },
      { code: "FORBIDDEN" },
    ],
    [
      "TU-12a a team user in an organisation module",
      "tia@acme.test",
      {},
      { code: "FORBIDDEN", requirement: "TU-12a" },
    ],
    [
      "TU-21 who is no member",
      RAY,
      { module: "tickets", values: {} },
      { code: "FORBIDDEN", requirement: "TU-21" },
    ],
    [
      "TU-12b a team user as owner",
      RAY,
      { owner: "user:tia@acme.test" },
      { code: "FORBIDDEN", requirement: "TU-12b" },
    ],
    // State.
    ["TU-33 an inactive owner", RAY, { owner: "user:ian@acme.test" }, tu33],
    ["TU-33 an invited owner", RAY, { owner: "user:pam@acme.test" }, tu33],
    ["TU-33 an owner who does not see the module", RAY, { owner: "user:pia@acme.test" }, tu33],
    [
      "TU-33 in a team module who is no member, being an administrator",
      "root@acme.test",
      { module: "tickets", values: {} },
      tu33,
    ],
    // Of two faults the first answers.
    [
      "AP-04 a wrong value, and a lookup out of reach",
      RAY,
      { values: { status: "old", account: "record:accounts/acc-1" } },
      input("values.status"),
    ],
    [
      "AP-04 a missing value, and a lookup out of reach",
      RAY,
      { values: { account: "record:accounts/acc-1" } },
      input("values.status"),
    ],
    [
      "AP-04 a lookup out of reach, and no right",
      "ann@acme.test",
      withAccount("no:Record"),
      absent("values.account"),
    ],
    ["AP-04 no such owner, and no right", "ann@acme.test", { owner: "no:User" }, absent("owner")],
    [
      "AP-04 no right, and an owner who may not own",
      "ann@acme.test",
      { owner: "user:ian@acme.test" },
      { code: "FORBIDDEN" },
    ],
  ])("AP-04 refuses %s", async (_, as, said, expected) => {
    const before = [await howMany(), await lastEvent(gateway)];
    expect(refusal(await create(as, said))).toEqual(expected);
    expect([await howMany(), await lastEvent(gateway)]).toEqual(before);
  });

  test("UA-61 a deleted user is nobody: no owner, and in no user field", async () => {
    const del = await gateway.database.reader.user.findFirstOrThrow({ where: { name: "Del" } });
    const id = toGlobalId("User", del.id);
    expect(refusal(await create(RAY, { owner: id }))).toEqual(absent("owner"));
    expect(refusal(await create(RAY, withContact(id)))).toEqual(absent("values.contact"));
  });

  test("SA-20 leaves one event: who, what, the values and the request", async () => {
    const since = await lastEvent(gateway);
    const { data } = await create(AGENT, { owner: "user:rex@acme.test" });
    const uuid = fromGlobalId(data?.["createRecord"].id)?.id;
    const rex = await gateway.database.reader.user.findFirstOrThrow({ where: { name: "Rex" } });
    expect(await eventsSince(gateway, since)).toMatchObject([
      {
        action: "CREATE_RECORD",
        isSupport: true,
        targetType: "Record",
        targetId: uuid,
        requestId: expect.stringMatching(/./),
        before: null,
        after: { name: "New", ownerId: rex.id, values: { status: "new" } },
      },
    ]);
  });
});
