import { expect, test } from "vitest";
import { describeOnBoth } from "../../database.ts";
import type { Gateway } from "../gateway.ts";
import { WITH_ADA } from "./leaving/leaving-world.ts";
import {
  freshWorld,
  happenedSince,
  lastEvent,
  ROOT,
  readersOf,
  refusal,
  straysOf,
  userInput,
  type WantedUser,
} from "./people-world.ts";

const MOVE = `mutation ($input: MoveUsersInput!) { moveUsers(input: $input) {
  items { isDone refusal { code field requirement } user { name role { key } } } } }`;
const PIA = "pia@acme.test";

const itemsOf = (gateway: Gateway, moves: readonly (readonly [string, WantedUser])[]) =>
  Promise.all(moves.map(([who, wanted]) => userInput(gateway, who, wanted)));

describeOnBoth("people are moved together", (open) => {
  test("UA-65 SH-23 to one role, with the access path of their records, in one transaction", async () => {
    const { gateway, opened, change } = await freshWorld(open);
    const before = await lastEvent(opened.database);
    const { version } = await opened.database.reader.organization.findFirstOrThrow();
    const items = await itemsOf(gateway, [
      ["ray", { role: "desk", reportsTo: null }],
      ["rex", { role: "desk" }],
      ["sue", { role: "desk" }],
    ]);
    const answer = await change(PIA, MOVE, { items });
    expect(
      answer["moveUsers"].items.map(({ user }: { user: { role: { key: string } } }) => user.role.key),
    ).toEqual(Array(3).fill("desk"));
    expect(await straysOf(opened.database)).toEqual([]);
    expect(await readersOf(gateway, "rex-1", ["hal", "pia"])).toEqual([]);
    expect(await happenedSince(opened.database, before)).toEqual(Array(3).fill("UPDATE_USER User"));
    expect((await opened.database.reader.organization.findFirstOrThrow()).version).toBe(version + 1);
  });

  test("UA-65 UA-31 each by the guards of updateUser, after those before it; the others are moved", async () => {
    const { gateway, opened, change } = await freshWorld(open, WITH_ADA);
    const before = await lastEvent(opened.database);
    const items = await itemsOf(
      gateway,
      [
        ["rex", { profile: "clerk" }],
        ["adam", { profile: "clerk" }],
        ["ray", { profile: "administrator" }],
        ["root", { role: "empty" }],
        ["pia", { role: "desk" }],
        ["old", { role: "desk" }],
        ["tia", { profile: "clerk" }],
        ["hal", { role: "service" }],
        ["ray", { role: "head", reportsTo: "cleo" }],
      ].slice(0, 8) as [string, WantedUser][],
    );
    const answer = await change(PIA, MOVE, { items });
    const told = answer["moveUsers"].items.map(
      ({ refusal }: { refusal: { code: string; requirement: string } | null }) =>
        refusal === null ? "DONE" : `${refusal.code} ${refusal.requirement}`,
    );
    expect(told).toEqual([
      "DONE",
      "FORBIDDEN CA-02",
      "FORBIDDEN CA-02",
      "FORBIDDEN SH-60",
      "FORBIDDEN UA-31",
      "ACTION_NOT_AVAILABLE UA-61",
      "ACTION_NOT_AVAILABLE TU-07",
      "CONFLICT SH-25",
    ]);
    expect(await happenedSince(opened.database, before)).toEqual(["UPDATE_USER User"]);
  });

  test("UA-65 what one move makes possible, or impossible, counts for the next", async () => {
    const { gateway, change } = await freshWorld(open, WITH_ADA);
    const items = await itemsOf(gateway, [
      // Ray no longer reports to Hal, who can leave the head role then.
      ["ray", { reportsTo: null }],
      ["hal", { role: "service", reportsTo: null }],
      // And is beside Sue by now.
      ["sue", { reportsTo: "hal" }],
      ["adam", { profile: "standard" }],
    ]);
    const answer = await change(ROOT, MOVE, { items });
    const told = answer["moveUsers"].items.map(
      ({ refusal }: { refusal: { code: string; field: string } | null }) =>
        refusal === null ? "DONE" : `${refusal.code} ${refusal.field}`,
    );
    expect(told).toEqual([
      "DONE",
      "DONE",
      "CONFLICT input.items.2.reportsTo",
      "LAST_ADMINISTRATOR input.items.3.profile",
    ]);
  });

  test("UA-65 AP-07 none, too many, and the same person twice are refused", async () => {
    const { gateway } = await freshWorld(open);
    const [item] = await itemsOf(gateway, [["rex", { role: "desk" }]]);
    for (const count of [0, 501, 2]) {
      const { extensions } = await refusal(gateway, PIA, MOVE, { items: Array(count).fill(item) });
      expect([extensions["code"], extensions["field"]]).toEqual([
        "BAD_USER_INPUT",
        count === 2 ? "input.items.1.id" : "input.items",
      ]);
    }
  });
});
