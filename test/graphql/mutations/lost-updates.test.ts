import { getNamedType, getNullableType, isInputObjectType, isListType } from "graphql";
import { beforeAll, expect, test } from "vitest";
import { schema } from "../../../src/graphql/schema.ts";
import { describeOnBoth } from "../../database.ts";
import { type Gateway, onlyError, openGateway } from "../gateway.ts";
import { absentId, atVersion, fieldId, profileId } from "../noun-id.ts";
import { mutationText } from "./rows.ts";

const ROOT = "root@acme.test";

/** A list that a mutation replaces: what two people make of it, and a change beside it. */
type Replacing = {
  readonly mutation: string;
  readonly list: string;
  readonly id: (gateway: Gateway) => Promise<string>;
  readonly first: (gateway: Gateway) => Promise<object>;
  readonly second: (gateway: Gateway) => Promise<object>;
  readonly beside: object;
};

const LISTS: readonly Replacing[] = [
  {
    mutation: "updateGroup",
    list: "members",
    id: (gateway) => gateway.id("Group", "vips"),
    first: async (gateway) => ({ members: [{ user: await gateway.user("ray@acme.test") }] }),
    second: async (gateway) => ({ members: [{ user: await gateway.user("rex@acme.test") }] }),
    beside: { name: "Others" },
  },
  {
    mutation: "updateProfile",
    list: "capabilities",
    id: (gateway) => profileId(gateway, "auditor"),
    first: async () => ({ capabilities: ["SEND_EMAIL"] }),
    second: async () => ({ capabilities: null }),
    beside: { name: "Reviewer" },
  },
  {
    mutation: "updateProfile",
    list: "permissions",
    id: (gateway) => profileId(gateway, "people"),
    first: async () => ({ permissions: [{ module: "leads", permissions: ["VIEW"] }] }),
    second: async () => ({ permissions: [{ module: "leads", permissions: ["VIEW", "EDIT"] }] }),
    beside: { name: "Staff" },
  },
  {
    mutation: "updateField",
    list: "options",
    id: (gateway) => fieldId(gateway, "leads", "tags"),
    first: async () => ({ options: ["hot", "cold", "warm"] }),
    second: async () => ({ options: ["hot", "cold", "icy"], confirm: true }),
    beside: { label: "Marks" },
  },
];

test("SH-40 every list that an update takes is tried", () => {
  const updates = Object.values(schema.getMutationType()?.getFields() ?? {}).filter(({ name }) =>
    name.startsWith("update"),
  );
  const lists = updates.flatMap(({ name, args }) =>
    args.flatMap(({ type }) => {
      const input = getNamedType(type);
      if (!isInputObjectType(input)) return [];
      const fields = Object.values(input.getFields());
      return fields
        .filter((field) => isListType(getNullableType(field.type)))
        .map((field) => `${name} ${field.name}`);
    }),
  );
  expect(LISTS.map(({ mutation, list }) => `${mutation} ${list}`).sort()).toEqual(lists.sort());
});

describeOnBoth("lists that are replaced", (open) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database);
  });

  const ask = (mutation: string, input: object) => gateway.ask(ROOT, mutationText(mutation), { input });

  test.each(LISTS.map((each) => [each.mutation, each.list, each] as const))(
    "SH-40 %s of %s: of two who read the same, the second is told, and changes nothing",
    async (mutation, _, { id: idOf, first, second, beside }) => {
      const id = await idOf(gateway);
      const read = await atVersion(gateway, { id });

      for (const expectedVersion of [undefined, null]) {
        const unsaid = await ask(mutation, { id, ...(await first(gateway)), expectedVersion });
        expect(onlyError(unsaid).extensions).toMatchObject({
          code: "BAD_USER_INPUT",
          field: "input.expectedVersion",
          requirement: "SH-40",
        });
      }
      const invented = { ...read, expectedVersion: read.expectedVersion + 1, ...(await first(gateway)) };
      expect(onlyError(await ask(mutation, invented)).extensions["code"]).toBe("CONFLICT");

      expect(await ask(mutation, { ...read, ...(await first(gateway)) })).not.toHaveProperty("errors");
      const before = await gateway.database.reader.auditEvent.count();
      const late = await ask(mutation, { ...read, ...(await second(gateway)) });
      const { expectedVersion: version } = await atVersion(gateway, { id });
      expect(onlyError(late).extensions).toMatchObject({
        code: "CONFLICT",
        field: "input.expectedVersion",
        version,
      });
      expect(await gateway.database.reader.auditEvent.count()).toBe(before);
      // Whoever reads it again may.
      expect(
        await ask(mutation, { id, expectedVersion: version, ...(await second(gateway)) }),
      ).not.toHaveProperty("errors");
      // What is no list needs no version.
      expect(await ask(mutation, { id, ...beside })).not.toHaveProperty("errors");
      expect((await atVersion(gateway, { id })).expectedVersion).toBeGreaterThan(version);
    },
  );

  test.each([...new Set(LISTS.map(({ mutation }) => mutation))])(
    "SH-40 AP-03 %s of what is out of reach is NOT_FOUND, whatever version is said",
    async (mutation) => {
      const each = LISTS.find((list) => list.mutation === mutation);
      const noun = mutation.replace("update", "") as "Group" | "Profile" | "Field";
      const input = { id: absentId(noun), expectedVersion: 1, ...(await each?.first(gateway)) };
      expect(onlyError(await ask(mutation, input)).extensions).toMatchObject({ code: "NOT_FOUND" });
    },
  );
});
