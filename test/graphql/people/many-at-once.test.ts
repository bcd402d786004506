import { expect, test } from "vitest";
import { toGlobalId } from "../../../src/kernel/global-id.ts";
import { asId } from "../../../src/kernel/id.ts";
import type { User } from "../../../src/policy/model/org.ts";
import { describeOnBoth } from "../../database.ts";
import type { Gateway, Shown } from "../gateway.ts";
import { freshWorld, PEOPLE, ROOT } from "./people-world.ts";

const REPS = 60;
/** So many of them are changed at once; the work that all people cause does not follow it. */
const [FEW, MANY] = [2, 40];

/** Pia may not do what she likes, so that everything is asked that is asked of a change. */
const TEXT = PEOPLE.replace(
  "  hal@acme.test:",
  `${Array.from({ length: REPS }, (_, at) => `  rep${at}@acme.test: { name: Rep ${at}, role: rep, reportsTo: hal@acme.test }\n`).join("")}  hal@acme.test:`,
).replace("regular: 40", "regular: 200");

const PIA = "pia@acme.test";

/** What walks a list, from its beginning to its end. */
const WALKS: ReadonlySet<unknown> = new Set([
  Symbol.iterator,
  "entries",
  "filter",
  "find",
  "flatMap",
  "map",
  "some",
]);

/** Counts how often the list of all people is walked in `work`. */
async function walksDuring(gateway: Gateway, work: () => Promise<unknown>): Promise<number> {
  const { database, store } = gateway;
  await gateway.data(ROOT, "{ viewer { user { name } } }");
  const { id } = await database.reader.organization.findFirstOrThrow();
  const policy = store.policies.newest(asId(id));
  if (policy === null) throw new Error("the organisation has a policy");
  const { users } = policy.org;
  let walks = 0;
  // What is copied from it is as long.
  const counted = (list: readonly User[]): readonly User[] =>
    new Proxy(list, {
      get(target, key, self) {
        if (WALKS.has(key)) walks += 1;
        if (key !== "map") return Reflect.get(target, key, self) as unknown;
        return (each: (user: User) => unknown) => {
          const made = target.map(each);
          return typeof made[0] === "object" && !Array.isArray(made[0]) ? counted(made as User[]) : made;
        };
      },
    });
  Object.assign(policy.org, { users: counted(users) });
  try {
    await work();
  } finally {
    Object.assign(policy.org, { users });
  }
  return walks;
}

const repIds = async (gateway: Gateway, count: number) => {
  const rows = await gateway.database.reader.user.findMany({
    where: { email: { startsWith: "rep" } },
    orderBy: { seq: "asc" },
    // Those of the first time are others by then.
    skip: count === FEW ? 0 : FEW,
    take: count,
  });
  return rows.map(({ id }) => toGlobalId("User", id));
};

const MOVE = "mutation ($input: MoveUsersInput!) { moveUsers(input: $input) { items { isDone } } }";
const PREVIEW = "query ($csv: String!) { invitationPreview(csv: $csv) { refusal { code } } }";

const csvOf = (count: number) =>
  [
    "email,CRM.role,CRM.profile,CRM.reportsTo",
    ...Array.from({ length: count }, (_, at) => `new${at}@acme.test,rep,clerk,hal@acme.test`),
  ].join("\n");

/** title | by whom, and what so many of them at once is */
const LISTS: readonly (readonly [string, (gateway: Gateway, count: number) => Promise<readonly Shown[]>])[] =
  [
    [
      "moveUsers",
      async (gateway, count) => {
        const reportsTo = await gateway.user("cleo@acme.test");
        const items = (await repIds(gateway, count)).map((id) => ({ id, reportsTo }));
        return (await gateway.data(PIA, MOVE, { input: { items } }))["moveUsers"].items;
      },
    ],
    [
      "invitationPreview",
      async (gateway, count) =>
        (await gateway.data(ROOT, PREVIEW, { csv: csvOf(count) }))["invitationPreview"].map(
          ({ refusal }: Shown) => ({ isDone: refusal === null }),
        ),
    ],
  ];

describeOnBoth("many people at once", (open) => {
  test.each(LISTS)("UA-65 EN-32 %s walks all people no oftener for many than for few", async (_, change) => {
    const { gateway } = await freshWorld(open, TEXT);
    const walks: number[] = [];
    for (const count of [FEW, MANY]) {
      const walked = await walksDuring(gateway, async () => {
        const items = await change(gateway, count);
        expect(items).toHaveLength(count);
        expect(items.every(({ isDone }) => isDone)).toBe(true);
      });
      walks.push(walked);
    }
    expect(walks[1]).toBeLessThanOrEqual(walks[0] ?? 0);
    expect(walks[0]).toBeLessThan(10);
  });
});
