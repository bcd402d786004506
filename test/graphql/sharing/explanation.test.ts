import { beforeAll, expect, test } from "vitest";
import { toGlobalId } from "../../../src/kernel/global-id.ts";
import { ACTIONS } from "../../../src/policy/model/org.ts";
import { describeOnBoth } from "../../database.ts";
import { AGENT, type Answer, type Gateway, onlyError, openGateway, type Shown } from "../gateway.ts";

const EXPLAIN = `query ($user: ID, $record: ID!, $action: RecordAction!) { explainAccess(user: $user, record: $record, action: $action) {
  allowed
  paths { kind sentence level rolePath rule { name level key target { kind } } share { level recipient { kind user { name } } } }
  refusals { gate sentence requirement }
  absences { kind sentence }
  remedy { change sentence defaultAccess level } } }`;
const ABSENT = toGlobalId("Record", "01900000-0000-7000-8000-000000000000");

describeOnBoth("explainAccess", (open) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database);
  });
  const ask = async (
    asker: string,
    user: string | null,
    [module, key]: readonly [string, string],
    action: string,
  ): Promise<Answer> =>
    gateway.ask(asker, EXPLAIN, {
      user: user === null ? null : await gateway.user(user),
      record: await gateway.record(module, key),
      action,
    });

  test.each([
    ["ray@acme.test", "READ", true, [{ kind: "OWNERSHIP" }]],
    ["hal@acme.test", "UPDATE", true, [{ kind: "HIERARCHY", rolePath: ["Head of sales", "Rep"] }]],
    [
      "sue@acme.test",
      "READ",
      true,
      [
        {
          kind: "RECORD_SHARE",
          level: "READ_ONLY",
          share: { level: "READ_ONLY", recipient: { kind: "USER", user: { name: "Sue" } } },
        },
      ],
    ],
    ["sue@acme.test", "UPDATE", false, []],
    ["ann@acme.test", "UPDATE", false, [{ kind: "SHARING_RULE", level: "READ_WRITE" }]],
    [AGENT, "READ", true, [{ kind: "ADMINISTRATOR" }]],
  ])("SH-70 about oneself: %s, %s", async (user, action, allowed, paths) => {
    const { data } = await ask(user, null, ["leads", "lead-1"], action);
    expect(data?.["explainAccess"]).toMatchObject({
      allowed,
      paths: paths.map((path) => expect.objectContaining(path)),
    });
  });

  test("SH-70 a refusal says which gate, which absences and what would help", async () => {
    const bySue = (await ask("sue@acme.test", null, ["leads", "lead-1"], "UPDATE")).data?.["explainAccess"];
    expect(bySue.refusals).toEqual([]);
    expect(bySue.absences.map((each: { kind: string }) => each.kind)).toEqual(
      expect.arrayContaining(["OWNERSHIP", "HIERARCHY", "SHARING_RULE", "RECORD_SHARE"]),
    );
    expect(bySue.remedy).toMatchObject({ change: "SHARE_RECORD", level: "READ_WRITE", defaultAccess: null });
    const byAnn = (await ask("ann@acme.test", null, ["leads", "lead-1"], "UPDATE")).data?.["explainAccess"];
    expect(byAnn).toMatchObject({
      refusals: [{ gate: "PROFILE", requirement: null }],
      absences: [],
      remedy: { change: "OPEN_MODULE", level: null },
    });
    const byAgent = (await ask(AGENT, null, ["leads", "lead-1"], "DELETE")).data?.["explainAccess"];
    expect(byAgent.refusals).toMatchObject([{ gate: "SUPPORT", requirement: "SA-08" }]);
  });

  test("AP-23 a rule that admits shows its name and level; the rest of it to who reads rules", async () => {
    const rule = async (asker: string) =>
      (await ask(asker, "ann@acme.test", ["leads", "lead-1"], "UPDATE")).data?.["explainAccess"].paths.find(
        (path: Shown) => path.rule !== null,
      ).rule;
    expect(await rule("ann@acme.test")).toEqual({
      name: "reps-to-service",
      level: "READ_WRITE",
      key: null,
      target: null,
    });
    expect(await rule("root@acme.test")).toEqual({
      name: "reps-to-service",
      level: "READ_WRITE",
      key: "reps-to-service",
      target: { kind: "USER" },
    });
  });

  test("EN-01 what is explained equals what access says, for everyone and every action", async () => {
    const access = `query ($id: ID!) { record(id: $id) { access { READ: read UPDATE: update DELETE: delete SHARE: share CHANGE_OWNER: changeOwner } } }`;
    let asked = 0;
    for (const user of [
      "root@acme.test",
      "ray@acme.test",
      "hal@acme.test",
      "sue@acme.test",
      "ann@acme.test",
      "tia@acme.test",
      AGENT,
    ]) {
      for (const [module, key] of [
        ["leads", "lead-1"],
        ["deals", "deal-1"],
        ["tickets", "ticket-1"],
      ] as const) {
        const { record } = await gateway.data(user, access, { id: await gateway.record(module, key) });
        for (const action of ACTIONS) {
          const explained = (await ask(user, null, [module, key], action)).data?.["explainAccess"];
          expect([user, key, action, explained?.allowed ?? null]).toEqual([
            user,
            key,
            action,
            record === null ? null : record.access[action],
          ]);
          asked += 1;
        }
      }
    }
    expect(asked).toBe(105);
  });

  test("AP-23 about oneself, a record out of reach answers like an absent one, by as many statements", async () => {
    const hidden = await gateway.record("leads", "other-1");
    for (const record of [hidden, ABSENT]) {
      const answer = await gateway.ask("ray@acme.test", EXPLAIN, { record, action: "READ" });
      expect([answer.data, answer.errors]).toEqual([{ explainAccess: null }, undefined]);
    }
    const cost = (record: string) => gateway.statements("ray@acme.test", EXPLAIN, { record, action: "READ" });
    expect(await cost(hidden)).toBe(await cost(ABSENT));
  });

  test("AP-23 about others: who reads the record and holds VIEW_ACCESS", async () => {
    expect(
      (await ask("ann@acme.test", "sue@acme.test", ["leads", "lead-1"], "READ")).data?.["explainAccess"],
    ).toMatchObject({ allowed: true });
    expect(
      (await ask("ann@acme.test", "rex@acme.test", ["leads", "lead-1"], "READ")).data?.["explainAccess"],
    ).toMatchObject({ allowed: false });
    expect(
      (await ask("root@acme.test", "ian@acme.test", ["leads", "lead-1"], "READ")).data?.["explainAccess"],
    ).toMatchObject({ refusals: [{ gate: "STATUS" }] });
  });

  test.each([
    ["without VIEW_ACCESS", "ray@acme.test", "sue@acme.test", ["leads", "lead-1"]],
    ["out of reach, with VIEW_ACCESS", "ann@acme.test", "sue@acme.test", ["deals", "deal-1"]],
    ["about the agent", "root@acme.test", AGENT, ["leads", "lead-1"]],
  ] as const)("AP-23 NOT_FOUND about others: %s", async (_title, asker, user, record) => {
    const answer = await ask(asker, user, record, "READ");
    expect(answer.data).toEqual({ explainAccess: null });
    expect(onlyError(answer)).toMatchObject({
      message: "There is no such thing, or it is out of reach.",
      extensions: { code: "NOT_FOUND" },
    });
  });

  test("AP-03 a user that is none is NOT_FOUND, one that is no id is named", async () => {
    const record = await gateway.record("leads", "lead-1");
    const by = (user: string) => gateway.ask("root@acme.test", EXPLAIN, { user, record, action: "READ" });
    expect(onlyError(await by(record)).extensions).toMatchObject({ code: "NOT_FOUND" });
    expect(onlyError(await by("ray@acme.test")).extensions).toMatchObject({
      code: "BAD_USER_INPUT",
      field: "user",
    });
    const wrong = await gateway.ask("root@acme.test", EXPLAIN, { record: "lead-1", action: "READ" });
    expect(onlyError(wrong).extensions).toMatchObject({ code: "BAD_USER_INPUT", field: "record" });
  });
});
