import { beforeAll, expect, test } from "vitest";
import { toGlobalId } from "../../../src/kernel/global-id.ts";
import { describeOnBoth } from "../../database.ts";
import { AGENT, type Gateway, openGateway } from "../gateway.ts";
import { agentId, PEOPLE, ROOT, refusal, userInput, type WantedUser } from "./people-world.ts";

const UPDATE = `mutation ($input: UpdateUserInput!) { updateUser(input: $input) { user { name role { key } profile { key } reportsTo { name } } } }`;
const PIA = "pia@acme.test";
const NOBODY = "00000000-0000-0000-0000-000000000000";

describeOnBoth("people are not changed", (open) => {
  /** A refusal changes nothing: they all share one. */
  let refusing: Gateway;
  beforeAll(async () => {
    refusing = await openGateway((await open()).database, PEOPLE);
  });

  /** title | asker | whom | what | code | field | requirement */
  const REFUSED: readonly (readonly [
    string,
    string,
    string,
    WantedUser,
    string,
    string | undefined,
    string | undefined,
  ])[] = [
    ["no name", ROOT, "ray", { name: null }, "BAD_USER_INPUT", "input.name", undefined],
    ["a blank name", ROOT, "ray", { name: " " }, "BAD_USER_INPUT", "input.name", undefined],
    ["no role", ROOT, "ray", { role: null }, "BAD_USER_INPUT", "input.role", "UA-30"],
    ["no profile", ROOT, "ray", { profile: null }, "BAD_USER_INPUT", "input.profile", "UA-30"],
    ["a deleted manager", ROOT, "sue", { reportsTo: "old" }, "NOT_FOUND", "input.reportsTo", undefined],
    ["who lacks the capability", "hal@acme.test", "ray", { name: "X" }, "FORBIDDEN", undefined, "CA-01"],
    ["who manages roles alone", "ron@acme.test", "ray", { role: "desk" }, "FORBIDDEN", undefined, "CA-01"],
    ["a team user", "tia@acme.test", "ray", { name: "X" }, "FORBIDDEN", undefined, "TU-12t"],
    ["the support agent (D02)", AGENT, "ray", { name: "X" }, "FORBIDDEN", undefined, "CA-01"],
    ["one's own, too", "ray@acme.test", "ray", { name: "X" }, "FORBIDDEN", undefined, "CA-01"],
    [
      "a profile that is not readable is not there",
      "hal@acme.test",
      "ray",
      { profile: "auditor" },
      "NOT_FOUND",
      "input.profile",
      undefined,
    ],
    ["making an administrator", PIA, "ray", { profile: "administrator" }, "FORBIDDEN", undefined, "CA-02"],
    [
      "making oneself an administrator",
      PIA,
      "pia",
      { profile: "administrator" },
      "FORBIDDEN",
      undefined,
      "CA-02",
    ],
    ["unmaking an administrator", PIA, "adam", { profile: "clerk" }, "FORBIDDEN", undefined, "CA-02"],
    ["giving what one does not hold", PIA, "ray", { profile: "auditor" }, "FORBIDDEN", undefined, "CA-02"],
    [
      "giving oneself what one does not hold",
      PIA,
      "pia",
      { profile: "auditor" },
      "FORBIDDEN",
      undefined,
      "CA-02",
    ],
    ["moving the super administrator", PIA, "root", { role: "empty" }, "FORBIDDEN", undefined, "SH-60"],
    ["the super administrator's profile", PIA, "root", { profile: "clerk" }, "FORBIDDEN", undefined, "SH-60"],
    ["a tombstone", ROOT, "old", { name: "X" }, "ACTION_NOT_AVAILABLE", "input.id", "UA-61"],
    ["a tombstone's role", ROOT, "old", { role: "desk" }, "ACTION_NOT_AVAILABLE", "input.id", "UA-61"],
    [
      "another profile for a team user",
      ROOT,
      "tia",
      { profile: "clerk" },
      "ACTION_NOT_AVAILABLE",
      "input.profile",
      "TU-07",
    ],
    [
      "the team users' profile for others",
      ROOT,
      "ray",
      { profile: "team-user" },
      "ACTION_NOT_AVAILABLE",
      "input.profile",
      "TU-07",
    ],
    [
      "demoting the super administrator",
      ROOT,
      "root",
      { profile: "clerk" },
      "LAST_ADMINISTRATOR",
      "input.profile",
      "UA-51",
    ],
    ["reporting to oneself", ROOT, "ray", { reportsTo: "ray" }, "CONFLICT", "input.reportsTo", "SH-25"],
    ["a circle of managers", ROOT, "cleo", { reportsTo: "ray" }, "CONFLICT", "input.reportsTo", "SH-25"],
    ["a manager beside", ROOT, "rex", { reportsTo: "sue" }, "CONFLICT", "input.reportsTo", "SH-25"],
    ["a manager in the same role", ROOT, "rex", { reportsTo: "ray" }, "CONFLICT", "input.reportsTo", "SH-25"],
    [
      "a role that the manager is not above",
      ROOT,
      "ray",
      { role: "service" },
      "CONFLICT",
      "input.role",
      "SH-25",
    ],
    ["a role beside those who report", ROOT, "hal", { role: "service" }, "CONFLICT", "input.role", "SH-25"],
    [
      "what may not be done before what cannot be",
      PIA,
      "tia",
      { profile: "auditor" },
      "FORBIDDEN",
      undefined,
      "CA-02",
    ],
  ];
  test.each(REFUSED)(
    "AP-04 updateUser refuses: %s",
    async (_title, asker, whom, wanted, code, field, requirement) => {
      const input = await userInput(refusing, whom, wanted);
      const { extensions } = await refusal(refusing, asker, UPDATE, input);
      expect([extensions["code"], extensions["field"], extensions["requirement"]]).toEqual([
        code,
        field,
        requirement,
      ]);
    },
  );

  test("AP-03 whoever is not there, and the support agent (SA-06), are one answer", async () => {
    const agent = await agentId(refusing.database);
    const ray = await refusing.user("ray@acme.test");
    const answers = [];
    for (const input of [
      { id: agent, name: "X" },
      { id: toGlobalId("User", NOBODY), name: "X" },
      { id: await refusing.id("Role", "rep"), name: "X" },
      { id: ray, reportsTo: agent },
      { id: ray, reportsTo: toGlobalId("User", NOBODY) },
      { id: ray, role: toGlobalId("Role", NOBODY) },
      { id: ray, profile: toGlobalId("Profile", NOBODY) },
    ])
      answers.push(await refusal(refusing, ROOT, UPDATE, input));
    expect(answers.map(({ extensions }) => [extensions["code"], extensions["field"]])).toEqual([
      ...Array(3).fill(["NOT_FOUND", "input.id"]),
      ...Array(2).fill(["NOT_FOUND", "input.reportsTo"]),
      ["NOT_FOUND", "input.role"],
      ["NOT_FOUND", "input.profile"],
    ]);
    expect(new Set(answers.map(({ message }) => message)).size).toBe(1);
  });

  test("SH-25 a role change names those whom it would put past their managers", async () => {
    const error = await refusal(
      refusing,
      ROOT,
      UPDATE,
      await userInput(refusing, "hal", { role: "service" }),
    );
    expect(error.extensions["users"]).toEqual([await refusing.user("ray@acme.test")]);
  });
});
