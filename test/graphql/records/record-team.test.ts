import { afterEach, beforeAll, expect, test } from "vitest";
import { describeOnBoth } from "../../database.ts";
import { type Answer, type Gateway, openGateway, type Shown } from "../gateway.ts";
import {
  actionsOf,
  eventsSince,
  expectDerived,
  lastEvent,
  mail,
  newRecord,
  SHARING,
  shared,
} from "../sharing/sharing-world.ts";

/** What is done to a record, as a mutation with its input. */
const DEEDS = {
  create: { name: "createRecord", input: async ({ module }: Deed) => ({ module, name: "New" }) },
  update: { name: "updateRecord", input: async ({ id }: Deed) => ({ id, name: "Changed" }) },
  delete: { name: "deleteRecord", input: async ({ id }: Deed) => ({ id }) },
  massUpdate: {
    name: "massUpdateRecords",
    input: async ({ id }: Deed) => ({ items: [{ id, name: "Changed" }] }),
  },
  massDelete: { name: "massDeleteRecords", input: async ({ id }: Deed) => ({ items: [id] }) },
  changeOwner: {
    name: "changeOwner",
    input: async ({ gateway, id, to }: Deed) => ({ id, owner: await gateway.user(mail(to)) }),
  },
  share: {
    name: "shareRecord",
    input: async ({ gateway, id, to }: Deed) => ({
      id,
      with: { user: await gateway.user(mail(to)) },
      level: "READ_ONLY",
    }),
  },
} as const;

type DeedName = keyof typeof DEEDS;
type Deed = {
  readonly gateway: Gateway;
  readonly id: string;
  readonly module: string;
  /** Who gets it, where somebody does. */
  readonly to: string;
};

async function attempt(as: string, name: DeedName, deed: Deed): Promise<string> {
  const { name: mutation, input } = DEEDS[name];
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const payload = mutation.startsWith("mass") ? "items { refusal { code requirement } }" : "id";
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${payload} } }`;
  return outcome(mutation, await deed.gateway.ask(mail(as), query, { input: await input(deed) }));
}

/** `done`, or the code with the requirement behind it. */
function outcome(mutation: string, { data, errors }: Answer): string {
  const payload: Shown = data?.[mutation];
  const refused = errors?.[0]?.extensions ?? payload?.items?.[0].refusal;
  if (refused == null) return "done";
  return [refused.code, refused.requirement].filter((each) => each != null).join(" ");
}

describeOnBoth("records and the team licence", (open) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database, SHARING);
  });
  afterEach(() => expectDerived(gateway.database));

  test.each<[DeedName, string]>([
    ["create", "FORBIDDEN TU-12a"],
    ["update", "FORBIDDEN TU-12a"],
    ["delete", "FORBIDDEN TU-12a"],
    ["massUpdate", "FORBIDDEN TU-12c"],
    ["massDelete", "FORBIDDEN TU-12c"],
    ["changeOwner", "FORBIDDEN TU-12d"],
    ["share", "FORBIDDEN TU-12e"],
  ])(
    "TU-12 TU-13 in an organisation module %s is %s for a team user, and done for a regular one",
    async (deed, expected) => {
      const id = await newRecord(gateway, "ray");
      for (const user of ["user:tia", "user:sue"])
        await shared(gateway, "ray", id, { with: user, level: "FULL" });
      expect(await actionsOf(gateway, "tia", id)).toBe("read");
      const since = await lastEvent(gateway);
      const about = { gateway, id, module: "leads", to: "dan" };
      expect(await attempt("tia", deed, about)).toBe(expected);
      expect(await eventsSince(gateway, since)).toEqual([]);
      expect(await attempt("sue", deed, about)).toBe("done");
      expect(await eventsSince(gateway, since)).toHaveLength(1);
    },
  );

  test("TU-12b a team user is given no record of an organisation module, by nobody", async () => {
    const id = await newRecord(gateway, "ray");
    for (const as of ["ray", "root", "agent"])
      expect(await attempt(as, "changeOwner", { gateway, id, module: "leads", to: "tia" })).toBe(
        "FORBIDDEN TU-12b",
      );
    const input = { module: "leads", name: "New", owner: await gateway.user(mail("tia")) };
    const query = "mutation ($input: CreateRecordInput!) { createRecord(input: $input) { id } }";
    expect(outcome("createRecord", await gateway.ask(mail("root"), query, { input }))).toBe(
      "FORBIDDEN TU-12b",
    );
  });

  const NO = "FORBIDDEN TU-21";
  /** By team role: what becomes of each deed with the member's own ticket, and with another's. */
  const TABLE: Readonly<
    Record<string, Readonly<Record<"own" | "others", Readonly<Record<DeedName, string>>>>>
  > = {
    adi: { own: all("done"), others: all("done") },
    mag: { own: all("done"), others: all("done") },
    tom: { own: all("done"), others: { ...all("FORBIDDEN"), create: "done" } },
    pat: { own: narrow(), others: { ...all("NOT_FOUND"), create: "done" } },
    req: { own: narrow(), others: { ...all("NOT_FOUND"), create: "done" } },
    tia: { own: narrow(), others: { ...all("NOT_FOUND"), create: "done" } },
  };
  function all(outcome: string): Record<DeedName, string> {
    const deeds = Object.keys(DEEDS) as DeedName[];
    return Object.fromEntries(deeds.map((deed) => [deed, outcome])) as Record<DeedName, string>;
  }
  /** Participants and requesters. What the mass permissions refuse names no line. */
  function narrow(): Record<DeedName, string> {
    return {
      ...all(NO),
      create: "done",
      update: "done",
      massUpdate: "FORBIDDEN",
      massDelete: "FORBIDDEN TU-21",
    };
  }

  const rows = Object.entries(TABLE).flatMap(([user, { own, others }]) =>
    (Object.keys(DEEDS) as DeedName[]).flatMap((deed): [string, DeedName, string, string][] => [
      [user, deed, "own", own[deed]],
      [user, deed, "another's", others[deed]],
    ]),
  );
  test.each(rows)("TU-21 %s, %s of %s ticket: %s", async (user, deed, whose, expected) => {
    const other = user === "mag" ? "adi" : "mag";
    const id = await newRecord(gateway, whose === "own" ? user : other, "tickets");
    const since = await lastEvent(gateway);
    const to = user === "pat" || user === "tia" ? "req" : "pat";
    expect((await attempt(user, deed, { gateway, id, module: "tickets", to })).replace(/ (?!TU).*/, "")).toBe(
      expected,
    );
    expect(await eventsSince(gateway, since)).toHaveLength(expected === "done" ? 1 : 0);
  });

  test.each<[DeedName, string]>([
    ["create", NO],
    ["update", "NOT_FOUND"],
    ["delete", "NOT_FOUND"],
    ["massDelete", "NOT_FOUND"],
    ["changeOwner", "NOT_FOUND"],
    ["share", "NOT_FOUND"],
  ])("TU-21 for who is no member %s is %s", async (deed, expected) => {
    const id = await newRecord(gateway, "mag", "tickets");
    expect(await attempt("sue", deed, { gateway, id, module: "tickets", to: "pat" })).toBe(expected);
  });

  test.each<[DeedName, string]>([
    ["create", "BAD_USER_INPUT TU-33"],
    ["update", "done"],
    ["delete", "done"],
    ["massUpdate", "done"],
    ["massDelete", "done"],
    ["changeOwner", "done"],
    ["share", "done"],
  ])("TU-21 SH-60 for a holder of MODIFY_ALL_DATA who is no member %s is %s", async (deed, expected) => {
    const id = await newRecord(gateway, "mag", "tickets");
    expect(await attempt("root", deed, { gateway, id, module: "tickets", to: "pat" })).toBe(expected);
  });

  test.each<[user: string, level: string, deed: DeedName, expected: string]>([
    ["pat", "READ_ONLY", "update", "FORBIDDEN"],
    ["pat", "READ_WRITE", "update", "done"],
    ["pat", "FULL", "delete", NO],
    ["pat", "FULL", "massUpdate", "FORBIDDEN"],
    ["pat", "FULL", "share", NO],
    ["pat", "FULL", "changeOwner", NO],
    ["tom", "READ_WRITE", "delete", "FORBIDDEN"],
    ["tom", "FULL", "delete", "done"],
    ["tom", "FULL", "massDelete", "done"],
    ["tom", "FULL", "changeOwner", "done"],
  ])("TU-21 own is widened by a share, no is not: %s, %s: %s %s", async (user, level, deed, expected) => {
    const id = await newRecord(gateway, "mag", "tickets");
    await shared(gateway, "mag", id, { with: `user:${user}`, level });
    expect(await attempt(user, deed, { gateway, id, module: "tickets", to: "req" })).toBe(expected);
  });
});
