import fc from "fast-check";
import { expect, test } from "vitest";
import { applyOrganizationFile } from "../../../../src/file/apply.ts";
import { toGlobalId } from "../../../../src/kernel/global-id.ts";
import { describeOnBoth } from "../../../database.ts";
import { size } from "../../../size.ts";
import { type Gateway, openGateway } from "../../gateway.ts";
import { mutationText } from "../../mutations/rows.ts";
import { NOW } from "../../world.ts";
import {
  type Action,
  addressOf,
  administers,
  endingOf,
  isRoot,
  type Model,
  type Person,
  type ProfileKey,
} from "./model.ts";

const PEOPLE = 9;
const LEADS = 12;
const STEPS = 200;

/** How much somebody may ask is not what this is about. */
const UNLIMITED = {
  SIGHTLINE_RATE_PER_USER: "1000000000",
  SIGHTLINE_RATE_PER_OPERATION: "1000000000",
  SIGHTLINE_RATE_PER_ADDRESS: "1000000000",
};

/** Who is there at the beginning; the others are regular users with the profile Standard. */
const FIRST: readonly Partial<Person>[] = [
  {},
  { profile: "administrator" },
  { isAdministrator: true },
  { profile: "people" },
  { license: "TEAM", profile: "team-user" },
  { status: "INACTIVE", hasCrm: false },
];

function beginning(): Model {
  const people = Array.from(
    { length: PEOPLE },
    (_, at): Person => ({
      ...{ name: `P${at}`, email: addressOf(at), status: "ACTIVE", license: "REGULAR", profile: "standard" },
      ...{ isAdministrator: false, hasCrm: true },
      ...FIRST[at],
    }),
  );
  const regular = [0, 1, 2, 3, 5, 6, 7, 8];
  const owners = Array.from({ length: LEADS }, (_, at) => [`lead-${at}`, regular[at % regular.length] ?? 0]);
  return { people, owners: Object.fromEntries(owners) };
}

/** @param profile the super administrator's, which a file says too. */
function organizationOf(
  users: Readonly<Record<string, object>>,
  more: object = {},
  profile = "standard",
): string {
  return JSON.stringify({
    sightline: 1,
    organization: {
      ...{ key: "acme", name: "Acme", timeZone: "UTC", edition: "ENTERPRISE" },
      ...{ seats: { regular: 500, team: 10 }, superAdmin: addressOf(0) },
    },
    roles: { ceo: { name: "CEO" }, rep: { name: "Rep", parent: "ceo" } },
    profiles: { people: { name: "People", modules: {}, capabilities: ["MANAGE_USERS"] } },
    modules: { leads: { label: "Leads" } },
    users: { [addressOf(0)]: { name: "P0", role: "ceo", profile }, ...users },
    ...more,
  });
}

function firstFile({ people, owners }: Model): string {
  const users = people.slice(1).map((person, at) => [
    addressOf(at + 1),
    {
      name: person.name,
      role: "rep",
      profile: person.profile,
      license: person.license,
      status: person.status,
      administrator: person.isAdministrator,
      ...(person.hasCrm ? {} : { applications: [] }),
    },
  ]);
  const records = Object.entries(owners).map(([key, owner]) => [key, { owner: addressOf(owner), name: key }]);
  return organizationOf(Object.fromEntries(users), { records: { leads: Object.fromEntries(records) } });
}

const person = fc.nat(PEOPLE + 3);
const some = fc.uniqueArray(person, { minLength: 1, maxLength: 3 });
// Mostly somebody who may.
const as = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(0, 1, 2) }, { weight: 2, arbitrary: person });

const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ kind: fc.constant("DEACTIVATE" as const), as, whom: person }),
  fc.record({ kind: fc.constant("DEACTIVATE_MANY" as const), as, all: some }),
  fc.record({ kind: fc.constant("DELETE" as const), as, whom: person, confirm: fc.boolean() }),
  fc.record({ kind: fc.constant("ADD_ADMINISTRATORS" as const), as, all: some }),
  fc.record({ kind: fc.constant("REVOKE" as const), as, whom: person }),
  fc.record({
    ...{ kind: fc.constant("GIVE_PROFILE" as const), as, whom: person },
    profile: fc.constantFrom<ProfileKey>("administrator", "administrator", "standard", "people", "team-user"),
  }),
  fc.record({ kind: fc.constant("HAND_OVER" as const), as, from: person, to: person }),
  // People are to be there at all.
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("ADD_AGAIN" as const),
      as,
      address: fc.integer({ min: 1, max: 30 }),
    }),
  },
);

/** The same action with people who are there, and of the newest as often as of the first. */
function among(model: Model, wanted: Action): Action {
  const { length } = model.people;
  const place = (at: number) => (at < 3 ? at : length - 1 - ((at * 7) % length));
  const settled = { ...wanted, as: place(wanted.as) };
  switch (settled.kind) {
    case "DEACTIVATE":
    case "DELETE":
    case "REVOKE":
    case "GIVE_PROFILE":
      return { ...settled, whom: place(settled.whom) };
    case "DEACTIVATE_MANY":
    case "ADD_ADMINISTRATORS":
      return { ...settled, all: [...new Set(settled.all.map(place))] };
    case "HAND_OVER":
      return { ...settled, from: place(settled.from), to: place(settled.to) };
    case "ADD_AGAIN":
      return settled;
  }
}

/** Global ids of people by their place, and of profiles by key. */
type Ids = { readonly people: string[]; readonly profiles: ReadonlyMap<string, string> };

async function take(gateway: Gateway, model: Model, ids: Ids, taken: Action): Promise<string> {
  if (taken.kind === "ADD_AGAIN") return addAgain(gateway, model, ids, taken.address);
  const id = (at: number) => ids.people[at] ?? "";
  const send = async (mutation: string, input: object, select = "__typename") => {
    // A tombstone has no address: what is left is the one that it had.
    const email = model.people[taken.as]?.email ?? "nobody@acme.test";
    const answer = await gateway.ask(email, mutationText(mutation, select), { input });
    const code = answer.errors?.[0]?.extensions["code"];
    return { code: code === undefined ? "DONE" : String(code), answer: answer.data?.[mutation] };
  };
  switch (taken.kind) {
    case "DEACTIVATE":
      return (await send("deactivateUser", { id: id(taken.whom) })).code;
    case "DEACTIVATE_MANY": {
      const { code, answer } = await send(
        "deactivateUsers",
        { items: taken.all.map(id) },
        "items { refusal { code } }",
      );
      if (code !== "DONE") return code;
      return answer.items
        .map(({ refusal }: { refusal: { code: string } | null }) => refusal?.code ?? "DONE")
        .join();
    }
    case "DELETE":
      return (await send("deleteUser", { id: id(taken.whom), confirm: taken.confirm })).code;
    case "ADD_ADMINISTRATORS":
      return (await send("addAdministrators", { users: taken.all.map(id) })).code;
    case "REVOKE":
      return (await send("revokeAdministrator", { id: id(taken.whom) })).code;
    case "GIVE_PROFILE":
      return (await send("updateUser", { id: id(taken.whom), profile: ids.profiles.get(taken.profile) }))
        .code;
    case "HAND_OVER": {
      const { code } = await send("massChangeOwner", {
        ...{ from: id(taken.from), to: id(taken.to), modules: ["leads"] },
      });
      await gateway.store.jobs.idle();
      return code;
    }
  }
}

/** A file that brings somebody, and says of the others nothing. */
async function addAgain(gateway: Gateway, model: Model, ids: Ids, address: number): Promise<string> {
  const email = addressOf(address);
  if (model.people.some((each) => each.email === email)) return "SKIPPED";
  const name = `P${address} of ${model.people.length}`;
  const text = organizationOf({ [email]: { name, role: "rep" } }, {}, model.people[0]?.profile);
  await applyOrganizationFile(gateway.database, { text, name: "again.yaml" }, null, { now: NOW });
  ids.people.push(await gateway.user(email));
  return "DONE";
}

/** What the tables say, as the model would. */
async function modelIn({ database: { reader } }: Gateway, ids: Ids): Promise<Model> {
  const profiles = new Map((await reader.profile.findMany()).map(({ id, key }) => [id, key]));
  const places = new Map(ids.people.map((id, at) => [id, at]));
  const rows = await reader.user.findMany({ include: { applications: true } });
  const people: Person[] = [];
  for (const row of rows) {
    const at = places.get(toGlobalId("User", row.id)) ?? -1;
    people[at] = {
      ...{ name: row.name, email: row.email, status: row.status as Person["status"] },
      license: row.license === "TEAM" ? "TEAM" : "REGULAR",
      profile: profiles.get(row.profileId ?? "") as ProfileKey,
      isAdministrator: row.isAdministrator,
      hasCrm: row.applications.some(({ isEnabled }) => isEnabled),
    };
  }
  const records = await reader.record.findMany({ orderBy: { key: "asc" } });
  const owners = records.map(({ key, ownerId }) => [key, places.get(toGlobalId("User", ownerId)) ?? -1]);
  return { people, owners: Object.fromEntries(owners) };
}

const sorted = ({ people, owners }: Model) => ({ people, owners: Object.entries(owners).sort() });

/** What people are told: who is listed, and whether somebody comes in. */
async function expectShown(gateway: Gateway, model: Model, at: number): Promise<void> {
  const { all, active, administrators } = await gateway.data(
    addressOf(0),
    `{ all: users(filter: ALL) { totalCount } active: users { totalCount } administrators: users(filter: ADMINISTRATORS) { totalCount } }`,
  );
  const count = (isIn: (each: Person, place: number) => boolean) => model.people.filter(isIn).length;
  expect([all.totalCount, active.totalCount, administrators.totalCount]).toEqual([
    count(({ status }) => status !== "DELETED"),
    count(({ status }) => status === "ACTIVE"),
    count(({ isAdministrator }, place) => isAdministrator || isRoot(place)),
  ]);
  const one = model.people[at % model.people.length];
  if (one?.email == null) return;
  const { data } = await gateway.ask(one.email, "{ viewer { capabilities } }");
  expect((data?.["viewer"] ?? null) !== null).toBe(one.status === "ACTIVE");
  const held: readonly string[] = data?.["viewer"]?.capabilities ?? [];
  expect(held.includes("MANAGE_ADMIN_PERMISSIONS")).toBe(administers(model, at % model.people.length));
}

describeOnBoth("administration against a model", (open) => {
  test(`UA-50 UA-51 UA-61 UA-62 UA-64 ${STEPS} administrative actions leave what a simple model says, each time`, async () => {
    const codes = new Set<string>();
    const property = fc.asyncProperty(
      fc.array(action, { minLength: STEPS, maxLength: STEPS }),
      async (actions) => {
        const { database, close } = await open();
        const log: string[] = [];
        try {
          let model = beginning();
          const gateway = await openGateway(database, firstFile(model), { settings: UNLIMITED });
          const ids: Ids = {
            people: await Promise.all(model.people.map((_, at) => gateway.user(addressOf(at)))),
            profiles: new Map(
              (await database.reader.profile.findMany()).map(({ key, id }) => [
                key,
                toGlobalId("Profile", id),
              ]),
            ),
          };
          for (const [at, wanted] of actions.entries()) {
            const taken = among(model, wanted);
            const expected = endingOf(model, taken);
            const code = await take(gateway, model, ids, taken);
            log.push(`${at} ${JSON.stringify(taken)}: ${code}`);
            const place = log.slice(-5).join("\n");
            expect(code, place).toBe(expected.code);
            model = expected.after;
            expect(sorted(await modelIn(gateway, ids)), place).toEqual(sorted(model));
            if (at % 10 === 0) await expectShown(gateway, model, at);
            for (const each of code.split(",")) codes.add(`${taken.kind} ${each}`);
          }
        } finally {
          await close();
        }
      },
    );
    await fc.assert(property, { numRuns: size.exports > 2 ? 2 : 1, seed: 12, endOnFailure: true });
    // Each was done, and each refused in its way.
    for (const kind of [
      "DEACTIVATE",
      "DEACTIVATE_MANY",
      "DELETE",
      "ADD_ADMINISTRATORS",
      "REVOKE",
      "GIVE_PROFILE",
      "HAND_OVER",
      "ADD_AGAIN",
    ])
      expect([...codes]).toContain(`${kind} DONE`);
    for (const code of [
      "UNAUTHENTICATED",
      "FORBIDDEN",
      "ACTION_NOT_AVAILABLE",
      "LAST_ADMINISTRATOR",
      "CONFIRMATION_REQUIRED",
    ])
      expect(
        [...codes].some((each) => each.endsWith(` ${code}`)),
        code,
      ).toBe(true);
  });
});
