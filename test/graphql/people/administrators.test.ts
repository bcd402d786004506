import { beforeAll, describe, expect, test } from "vitest";
import { describeOnBoth } from "../../database.ts";
import { AGENT, type Gateway, rows } from "../gateway.ts";
import { WITH_ADA } from "./leaving/leaving-world.ts";
import { freshWorld, happenedSince, lastEvent, ROOT, refusal } from "./people-world.ts";

const ADD = `mutation ($input: AddAdministratorsInput!) { addAdministrators(input: $input) { users { name isAdministrator } } }`;
const REVOKE = `mutation ($input: RevokeAdministratorInput!) { revokeAdministrator(input: $input) { user { name isAdministrator status role { key } } } }`;
const ADA = "ada@acme.test";

describeOnBoth("administrators of the suite", (open) => {
  test("UA-51 several at once; who is one stays one; they manage people and reach no record by it", async () => {
    const { gateway, opened, change } = await freshWorld(open, WITH_ADA);
    const before = await lastEvent(opened.database);
    // As people are searched for: by a part of the name, or of the address.
    const found = await gateway.data(ADA, `{ users(search: "re") { edges { node { id name } } } }`);
    expect(rows(found["users"]).map(({ name }) => name)).toEqual(["Rex"]);
    const users = await Promise.all(
      ["rex", "ada", "root", "dee"].map((name) => gateway.user(`${name}@acme.test`)),
    );
    const answer = await change(ADA, ADD, { users });
    expect(answer["addAdministrators"].users).toEqual(
      ["Rex", "Ada", "Root", "Dee"].map((name) => ({ name, isAdministrator: true })),
    );
    expect(await happenedSince(opened.database, before)).toEqual(Array(2).fill("ADD_ADMINISTRATOR User"));
    const viewer = await gateway.data(
      "dee@acme.test",
      `{ viewer { capabilities } record(key: { module: "leads", key: "rex-1" }) { name } }`,
    );
    expect(viewer["viewer"].capabilities).toEqual(
      expect.arrayContaining(["MANAGE_USERS", "MANAGE_ADMIN_PERMISSIONS"]),
    );
    expect(viewer["record"]).toBeNull();
    const listed = await gateway.data(ADA, "{ users(filter: ADMINISTRATORS) { edges { node { name } } } }");
    expect(rows(listed["users"])).toHaveLength(4);
  });

  test("UA-51 whose administration is revoked stays as a user, and administers nothing from the next request on", async () => {
    const { gateway, opened, change } = await freshWorld(open, WITH_ADA);
    await change(ROOT, ADD, { users: [await gateway.user("rex@acme.test")] });
    const before = await lastEvent(opened.database);
    const answer = await change("rex@acme.test", REVOKE, { id: await gateway.user(ADA) });
    expect(answer["revokeAdministrator"].user).toEqual({
      ...{ name: "Ada", isAdministrator: false, status: "ACTIVE", role: { key: "service" } },
    });
    expect(await happenedSince(opened.database, before)).toEqual(["REVOKE_ADMINISTRATOR User"]);
    const late = await refusal(gateway, ADA, REVOKE, { id: await gateway.user("rex@acme.test") });
    expect(late.extensions["code"]).toBe("FORBIDDEN");
    // One's own, too.
    await change("rex@acme.test", REVOKE, { id: await gateway.user("rex@acme.test") });
    const rex = await gateway.data("rex@acme.test", "{ viewer { user { isAdministrator } } }");
    expect(rex["viewer"].user.isAdministrator).toBe(false);
  });

  describe("and what is refused", () => {
    let gateway: Gateway;
    beforeAll(async () => {
      ({ gateway } = await freshWorld(open, WITH_ADA));
    });

    test.each([
      ["UA-02 by who manages people", "pia@acme.test", ["ray"], "FORBIDDEN", "CA-01", undefined],
      ["UA-02 oneself by who manages people", "pia@acme.test", ["pia"], "FORBIDDEN", "CA-01", undefined],
      ["D12 by the support agent", AGENT, ["ray"], "FORBIDDEN", "CA-01", undefined],
      [
        "UA-51 who is inactive, and nobody beside",
        ADA,
        ["ray", "ian"],
        "ACTION_NOT_AVAILABLE",
        "UA-51",
        "input.users.1",
      ],
      ["UA-61 who is deleted", ADA, ["old"], "ACTION_NOT_AVAILABLE", "UA-51", "input.users.0"],
      ["TU-12p a team user", ADA, ["tia"], "ACTION_NOT_AVAILABLE", "TU-12p", "input.users.0"],
      ["nobody", ADA, [], "BAD_USER_INPUT", undefined, "input.users"],
      ["somebody twice", ADA, ["ray", "ray"], "BAD_USER_INPUT", undefined, "input.users.1"],
    ])("adding %s", async (_, as, whom, code, requirement, field) => {
      const users = await Promise.all(whom.map((name) => gateway.user(`${name}@acme.test`)));
      const { extensions } = await refusal(gateway, as, ADD, { users });
      expect([extensions["code"], extensions["requirement"], extensions["field"]]).toEqual([
        code,
        requirement,
        field,
      ]);
    });

    test("AP-13 of several who cannot be, all are told", async () => {
      const users = await Promise.all(["ian", "tia"].map((name) => gateway.user(`${name}@acme.test`)));
      const { extensions } = await refusal(gateway, ADA, ADD, { users });
      expect(extensions["faults"]).toMatchObject([{ field: "input.users.0" }, { field: "input.users.1" }]);
    });

    test.each([
      ["UA-02 by who manages people", "pia@acme.test", ADA, "FORBIDDEN", "CA-01"],
      ["UA-51 the super administrator's", ADA, ROOT, "LAST_ADMINISTRATOR", "UA-51"],
      ["UA-51 what is not there", ADA, "ray@acme.test", "ACTION_NOT_AVAILABLE", "UA-51"],
      ["UA-61 a tombstone's", ADA, "old@acme.test", "ACTION_NOT_AVAILABLE", "UA-61"],
      ["SA-06 the support agent's", ADA, AGENT, "NOT_FOUND", undefined],
    ])("revoking %s", async (_, as, whom, code, requirement) => {
      const { extensions } = await refusal(gateway, as, REVOKE, { id: await gateway.user(whom) });
      expect([extensions["code"], extensions["requirement"]]).toEqual([code, requirement]);
    });
  });
});
