import { afterEach, beforeAll, expect, test } from "vitest";
import { describeOnBoth } from "../../database.ts";
import { type Gateway, openGateway } from "../gateway.ts";
import { NOW } from "../world.ts";
import {
  actionsOf,
  eventsSince,
  expectDerived,
  handOver,
  lastEvent,
  newRecord,
  refusal,
  SHARING,
  shared,
  sharesOn,
} from "./sharing-world.ts";

const iso = (at: number) => new Date(at).toISOString();

describeOnBoth("what becomes of shares when the owner changes", (open) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database, SHARING);
  });
  afterEach(() => expectDerived(gateway.database));

  /** What becomes of shares: a lead or ticket of the first, handed to Rob (or Mag), by whom may. */
  type Keeping = {
    readonly title: string;
    readonly owner?: string;
    readonly first?: readonly {
      readonly with: string;
      readonly level?: string;
      readonly expiresAt?: string;
    }[];
    readonly said?: object;
    readonly expected: readonly string[];
  };
  const SOME = [{ with: "user:sue", level: "READ_WRITE" }, { with: "group:mix" }];
  const KEPT = ["GROUP Mix READ_ONLY", "USER Sue READ_WRITE"];
  const SOON = iso(NOW + 1000);
  test.each<Keeping>([
    { title: "shares stay", first: SOME, expected: KEPT },
    { title: "shares stay when it is said", first: SOME, said: { keepShares: true }, expected: KEPT },
    { title: "shares stay when nothing is said", first: SOME, said: { keepShares: null }, expected: KEPT },
    { title: "shares go when it is said", first: SOME, said: { keepShares: false }, expected: [] },
    {
      title: "a share with the new owner stays, too",
      owner: "sue",
      first: [...SOME.slice(1), { with: "user:rob", level: "FULL" }],
      expected: ["GROUP Mix READ_ONLY", "USER Rob FULL"],
    },
    {
      title: "a share with the new owner goes with the others",
      owner: "sue",
      first: [...SOME.slice(1), { with: "user:rob", level: "FULL" }],
      said: { keepShares: false },
      expected: [],
    },
    { title: "the old owner keeps nothing by itself", expected: [] },
    { title: "the old owner keeps nothing", said: { previousOwnerKeeps: "NOTHING" }, expected: [] },
    ...["READ_ONLY", "READ_WRITE", "FULL"].map((level) => ({
      title: `the old owner keeps ${level}`,
      first: SOME,
      said: { previousOwnerKeeps: level },
      expected: [KEPT[0] ?? "", `USER Ray ${level}`, KEPT[1] ?? ""],
    })),
    {
      title: "the old owner keeps READ_ONLY, and nobody else anything",
      first: SOME,
      said: { keepShares: false, previousOwnerKeeps: "READ_ONLY" },
      expected: ["USER Ray READ_ONLY"],
    },
    { title: "TU-21 a requester keeps READ_ONLY by itself", owner: "req", expected: ["USER Req READ_ONLY"] },
    {
      title: "TU-21 a requester keeps READ_ONLY, and nobody else anything",
      owner: "req",
      first: [{ with: "user:pat" }],
      said: { keepShares: false },
      expected: ["USER Req READ_ONLY"],
    },
    {
      title: "TU-21 a requester who is said to keep nothing keeps nothing",
      owner: "req",
      said: { previousOwnerKeeps: "NOTHING" },
      expected: [],
    },
    {
      title: "TU-21 a requester keeps more when it is said",
      owner: "req",
      said: { previousOwnerKeeps: "READ_WRITE" },
      expected: ["USER Req READ_WRITE"],
    },
    { title: "TU-21 a participant keeps nothing by itself", owner: "pat", expected: [] },
    {
      title: "TU-21 a team user who requested keeps READ_ONLY",
      owner: "tia",
      expected: ["USER Tia READ_ONLY"],
    },
    {
      title: "TU-21 a share of a requester that does not end stays as it is",
      owner: "req",
      first: [{ with: "user:req", level: "FULL" }],
      expected: ["USER Req FULL"],
    },
    {
      title: "TU-21 a share of a requester that ends becomes one that does not",
      owner: "req",
      first: [{ with: "user:req", level: "FULL", expiresAt: SOON }],
      expected: ["USER Req READ_ONLY"],
    },
    {
      title: "SH-45 a share of the old owner is replaced by what they keep",
      owner: "req",
      first: [{ with: "user:req", level: "FULL", expiresAt: SOON }],
      said: { previousOwnerKeeps: "READ_WRITE" },
      expected: ["USER Req READ_WRITE"],
    },
    {
      title: "SH-45 a share of the old owner goes when they keep nothing",
      owner: "req",
      first: [{ with: "user:req", level: "FULL" }, { with: "user:pat" }],
      said: { previousOwnerKeeps: "NOTHING" },
      expected: ["USER Pat READ_ONLY"],
    },
    {
      title: "a share of an old owner who is no requester stays, when shares are kept",
      owner: "pat",
      first: [{ with: "user:pat", level: "FULL", expiresAt: SOON }],
      expected: [`USER Pat FULL until ${SOON}`],
    },
  ])("SH-45 $title", async ({ owner = "ray", first = [], said = {}, expected }) => {
    const isTicket = ["req", "pat", "tia"].includes(owner);
    const id = await newRecord(gateway, owner, isTicket ? "tickets" : "leads");
    for (const each of first) await shared(gateway, isTicket ? "mag" : owner, id, each);
    const by = isTicket ? "mag" : owner;
    expect((await handOver(gateway, by, id, isTicket ? "mag" : "rob", said)).errors).toBeUndefined();
    expect(await sharesOn(gateway, id)).toEqual([...expected].sort());
  });

  test("SH-45 what the old owner keeps gives what a share gives", async () => {
    const id = await newRecord(gateway, "sue");
    const answer = await handOver(gateway, "sue", id, "ray", { previousOwnerKeeps: "READ_WRITE" });
    expect(answer.data?.["changeOwner"].record).toMatchObject({ id, owner: { name: "Ray" } });
    expect(await actionsOf(gateway, "sue", id)).toBe("read update");
  });

  const keeps = "input.previousOwnerKeeps";
  test.each([
    ["SH-42 more than the changer may do", "ray", "lia", "FULL", { code: "FORBIDDEN", requirement: "SH-42" }],
    ["SH-42 anything, without SHARE", "ray", "gus", "READ_ONLY", { code: "FORBIDDEN" }],
    [
      "SH-43 anything, when they are inactive",
      "ida",
      "root",
      "READ_ONLY",
      { code: "BAD_USER_INPUT", field: keeps, requirement: "SH-43" },
    ],
    [
      "SA-06 anything, when they are the agent",
      "agent",
      "root",
      "READ_ONLY",
      { code: "NOT_FOUND", field: keeps },
    ],
    [
      "UA-61 anything, when they are deleted",
      "del",
      "root",
      "READ_ONLY",
      { code: "NOT_FOUND", field: keeps },
    ],
  ])("SH-45 the old owner does not keep %s", async (_, owner, as, level, expected) => {
    const id = await gateway.record("leads", `of-${owner}`);
    const since = await lastEvent(gateway);
    const answer = await handOver(gateway, as, id, "rob", { previousOwnerKeeps: level });
    expect(refusal(answer)).toMatchObject(expected);
    expect(await sharesOn(gateway, id)).toEqual([]);
    expect(await eventsSince(gateway, since)).toEqual([]);
  });

  test("SH-09 of a forecast the old owner keeps nothing; it changes hands all the same", async () => {
    const id = await gateway.record("forecasts", "quarter");
    const answer = await handOver(gateway, "ray", id, "rob", { previousOwnerKeeps: "READ_ONLY" });
    expect(refusal(answer)).toEqual({ code: "BAD_USER_INPUT", field: keeps, requirement: "SH-09" });
    expect((await handOver(gateway, "ray", id, "rob")).errors).toBeUndefined();
    expect((await handOver(gateway, "rob", id, "ray")).errors).toBeUndefined();
  });
});
