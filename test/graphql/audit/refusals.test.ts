import { beforeEach, expect, test } from "vitest";
import type { Database } from "../../../src/database/database.ts";
import { openStore } from "../../../src/database/open.ts";
import { verifyLog } from "../../../src/store/audit/chain/verify.ts";
import { openSignIns } from "../../../src/store/core/audit/sign-ins.ts";
import { storeOver } from "../../../src/store/store.ts";
import { AUDIT_KEYS } from "../../audit-keys.ts";
import { describeOnBoth } from "../../database.ts";
import { type Gateway, openGateway } from "../gateway.ts";
import { NOW } from "../world.ts";

const CREATE_GROUP = `mutation { createGroup(input: { name: "Mine", members: [] }) { __typename } }`;
const MINUTE = 60_000;

describeOnBoth("SA-24 refused mutations", (open) => {
  let now: number;
  let database: Database;
  let url: string;
  let gateway: Gateway;
  beforeEach(async () => {
    now = NOW;
    ({ database, url } = await open());
    gateway = await openGateway(database, undefined, { recordsRequests: true, clock: { now: () => now } });
  });

  const told = async (from = database) => {
    const rows = await from.reader.auditEvent.findMany({
      where: { action: "REFUSE_MUTATION" },
      orderBy: { sequence: "asc" },
    });
    return rows.map(({ after }) => after);
  };
  const refuse = async (times = 1, user = "ray@acme.test", query = CREATE_GROUP) => {
    for (let time = 0; time < times; time += 1)
      expect((await gateway.ask(user, query)).errors).toHaveLength(1);
  };
  const FIRST = { mutation: "createGroup", code: "FORBIDDEN", field: null };

  test("SA-20 SA-24 one leaves an event of its own after the rollback, with who, what and why", async () => {
    await refuse();
    const row = await database.reader.auditEvent.findFirstOrThrow({ where: { action: "REFUSE_MUTATION" } });
    const ray = await database.reader.user.findFirstOrThrow({ where: { email: "ray@acme.test" } });
    expect(row).toMatchObject({
      actorId: ray.id,
      isSupport: false,
      requestId: expect.any(String),
      after: FIRST,
    });
    const { auditEvents } = await gateway.data(
      "ray@acme.test",
      "{ auditEvents(first: 1) { edges { node { action actor { name } changes { field after } } } } }",
    );
    expect(auditEvents.edges[0].node).toMatchObject({ action: "REFUSE_MUTATION", actor: { name: "Ray" } });
    expect(await verifyLog(database, AUDIT_KEYS, row.orgId)).toMatchObject({ faults: [] });
  });

  test("SA-20 SA-24 refused items of many leave one for each code, whatever becomes of the others", async () => {
    const items = [await gateway.user("ray@acme.test"), await gateway.user("ian@acme.test")];
    const deactivate = `mutation ($input: DeactivateUsersInput!) { deactivateUsers(input: $input) { items { isDone } } }`;
    const answer = await gateway.data("agent@vendor.test", deactivate, { input: { items } });
    expect(answer["deactivateUsers"].items).toEqual([{ isDone: false }, { isDone: false }]);
    expect(await told()).toEqual([{ mutation: "deactivateUsers", code: "FORBIDDEN", field: null }]);
    await gateway.data("root@acme.test", deactivate, { input: { items } });
    expect((await told()).slice(1)).toEqual([
      { mutation: "deactivateUsers", code: "ACTION_NOT_AVAILABLE", field: "input.items.1" },
    ]);
  });

  test("SA-24 of those within a minute the first is told at once, and at its end how many followed", async () => {
    await refuse(5);
    expect(await told()).toEqual([FIRST]);
    now += MINUTE - 1;
    await refuse();
    await gateway.store.jobs.idle();
    expect(await told()).toEqual([FIRST]);
    now += 1;
    await gateway.store.jobs.idle();
    const followed = { mutation: "createGroup", code: "FORBIDDEN", followed: 5 };
    expect(await told()).toEqual([FIRST, followed]);
    await gateway.store.jobs.idle();
    expect(await told()).toEqual([FIRST, followed]);
    await refuse();
    now += MINUTE;
    await gateway.store.jobs.idle();
    expect(await told()).toEqual([FIRST, followed, FIRST]);
  });

  test("SA-24 whoever comes after the minute before the job tells what followed first", async () => {
    await refuse(3);
    now += 2 * MINUTE;
    await refuse(2);
    const followed = { mutation: "createGroup", code: "FORBIDDEN", followed: 2 };
    expect(await told()).toEqual([FIRST, followed, FIRST]);
  });

  test("SA-24 another user, another mutation and another code are told by themselves", async () => {
    await refuse(2);
    await refuse(2, "rex@acme.test");
    await refuse(2, "ray@acme.test", `mutation { createRole(input: { name: "Mine" }) { __typename } }`);
    await refuse(
      2,
      "root@acme.test",
      `mutation { createGroup(input: { name: " ", members: [] }) { __typename } }`,
    );
    expect((await told()).map((after) => (after as { code: string }).code)).toEqual([
      "FORBIDDEN",
      "FORBIDDEN",
      "FORBIDDEN",
      "BAD_USER_INPUT",
    ]);
  });

  test("SA-24 two processes count together, and none is told twice or lost", async () => {
    const elsewhere = await openStore(url, { isDurable: false, auditKeys: AUDIT_KEYS, waitMs: 60_000 });
    const other = await openGateway(elsewhere, null, { recordsRequests: true, clock: { now: () => now } });
    await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        (at % 2 === 0 ? gateway : other).ask("ray@acme.test", CREATE_GROUP),
      ),
    );
    expect(await told()).toEqual([FIRST]);
    now += MINUTE;
    await Promise.all([gateway.store.jobs.idle(), other.store.jobs.idle()]);
    expect(await told()).toEqual([FIRST, { mutation: "createGroup", code: "FORBIDDEN", followed: 19 }]);
    await elsewhere.close();
  });

  test("SA-24 refusals of the anonymous, and what succeeds, leave none", async () => {
    await refuse(2, null as unknown as string);
    await gateway.data("root@acme.test", CREATE_GROUP);
    expect(await told()).toEqual([]);
  });

  test("SA-24 a token is told as a sign-in once, on whatever server, and another one by itself", async () => {
    const policy = (await gateway.store.policies.get("acme"))!;
    const user = policy.usersByEmail.get("ray@acme.test")!;
    const elsewhere = storeOver(await openStore(url, { isDurable: false, auditKeys: AUDIT_KEYS }), {
      now: () => now,
    });
    const [here, there] = [openSignIns(gateway.store), openSignIns(elsewhere)];
    const signIn = (at: typeof here, token: string) =>
      at({ policy, user, token, now, requestId: "019a0000-0000-7000-8000-00000000000e" });
    await Promise.all([signIn(here, "Bearer one"), signIn(there, "Bearer one"), signIn(here, "Bearer one")]);
    await signIn(here, "Bearer one");
    await signIn(there, "Bearer two");
    const rows = await database.reader.auditEvent.findMany({ where: { action: "SIGN_IN" } });
    expect(rows.map(({ actorId }) => actorId)).toEqual([user.id, user.id]);
    expect(JSON.stringify(await database.reader.seenToken.findMany())).not.toContain("Bearer");
    await elsewhere.database.close();
  });
});
