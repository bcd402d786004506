import {
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from "graphql";
import { beforeAll, expect, test } from "vitest";
import { schema } from "../../../src/graphql/schema.ts";
import { toGlobalId } from "../../../src/kernel/global-id.ts";
import { describeOnBoth } from "../../database.ts";
import { AGENT, type Answer, type Gateway, openGateway } from "../gateway.ts";
import { idPlaces, withValue } from "../mutations/input-places.ts";
import { allRows, mutationText, refusalPayload } from "../mutations/rows.ts";
import { absentId } from "../noun-id.ts";
import { ACME } from "../world.ts";

/** Where the organisation sees its support access: the only fields that are not asked (SA-14). */
const OF_SUPPORT_ACCESS = /^(support|longestSupport)/;

/** Random, and so different in two worlds. */
const RANDOM = new Set(["id", "cursor", "startCursor", "endCursor"]);

const DEPTH = 6;

/** Whatever a field of the root gives, selected to the end, lists in pages of a hundred. */
function selectionOf(type: GraphQLObjectType, depth: number): string {
  const fields = Object.values(type.getFields()).filter(
    (field) =>
      !OF_SUPPORT_ACCESS.test(field.name) &&
      !RANDOM.has(field.name) &&
      !field.args.some(isRequiredArgument) &&
      (depth < DEPTH || isLeafType(getNamedType(field.type))),
  );
  return fields.map((field) => fieldText(field, "", depth)).join(" ");
}

function fieldText(field: GraphQLField<unknown, unknown>, args: string, depth: number): string {
  const named = getNamedType(field.type);
  const isPage = field.args.some(({ name }) => name === "first");
  const given = [args, isPage ? "first: 3" : ""].filter((each) => each !== "").join(", ");
  const inner = isObjectType(named) ? selectionOf(named, depth + 1) : "";
  if (isObjectType(named) && inner === "") return "";
  return `${field.name}${given === "" ? "" : `(${given})`}${inner === "" ? "" : ` { ${inner} }`}`;
}

/** The arguments of fields of the root that need some; `node` is asked for each id apart. */
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  module: ['key: "leads"'],
  records: ['module: "leads"', 'module: "deals"'],
  record: ['key: { module: "leads", key: "lead-1" }'],
  users: [
    "filter: ALL",
    "filter: ADMINISTRATORS",
    "filter: RESTRICTED",
    'filter: ALL, search: "support"',
    'filter: ALL, search: "agent"',
  ],
  invitationPreview: ['csv: "email,name\\nnew@acme.test,New"'],
};
// The log has the agent where it did something, and that it was let in.
const APART = new Set(["node", "nodes", "explainAccess", "auditEvents"]);

const questions = Object.values(schema.getQueryType()?.getFields() ?? {}).flatMap((field) => {
  if (APART.has(field.name)) return [];
  return (ARGUMENTS[field.name] ?? [""]).map(
    (args) => [field.name, args, `{ ${fieldText(field, args, 1)} }`] as const,
  );
});

const places = idPlaces().map(({ mutation, path }) => [mutation, path.join("."), path] as const);
const rows = new Map((await allRows()).map((row) => [row.name as string, row]));
const WITHOUT = ACME.replace(/supportAccess: .*\n/, "");

describeOnBoth("SA-06 the agent is hidden", (open) => {
  let here: Gateway;
  let there: Gateway;
  let agent: string;
  beforeAll(async () => {
    const settings = {
      SIGHTLINE_MAX_TOKENS: "3000",
      SIGHTLINE_MAX_COST: "1000000000",
      SIGHTLINE_MAX_DEPTH: "100",
    };
    here = await openGateway((await open()).database, ACME, { settings });
    there = await openGateway((await open()).database, WITHOUT, { settings });
    const { id } = await here.database.reader.user.findFirstOrThrow({ where: { license: "SUPPORT" } });
    agent = toGlobalId("User", id);
  });

  // Global ids are random, wherever they stand, and by them the order of shares that were made at one instant.
  const text = (value: unknown): string => JSON.stringify(value, sorted).replace(/"[\w-]{50,}"/g, '"id"');
  const sorted = (key: string, value: { readonly edges?: readonly unknown[] } | null) =>
    key === "shares" && value?.edges ? { ...value, edges: value.edges.map(text).toSorted() } : value;
  const shown = (answer: Answer) => text(answer.data);

  test("SA-06 every field of the root is asked", () => {
    const asked = new Set([...questions.map(([name]) => name), ...APART]);
    expect([...asked].toSorted()).toEqual(Object.keys(schema.getQueryType()?.getFields() ?? {}).toSorted());
    expect(questions.length).toBeGreaterThan(10);
  });

  test.each(questions)(
    "SA-06 %s(%s): everybody else and every count, as if there were no agent",
    async (_, __, query) => {
      for (const as of ["root@acme.test", "ann@acme.test", "pia@acme.test"]) {
        const answer = await here.ask(as, query);
        expect(answer.errors, query).toBeUndefined();
        expect(shown(answer)).not.toContain(AGENT);
        expect(shown(answer)).not.toContain('"isSupport":true');
        expect(shown(answer)).toBe(shown(await there.ask(as, query)));
      }
    },
  );

  test("SA-06 by its id it is nobody", async () => {
    const query = "query ($id: ID!) { node(id: $id) { id } nodes(ids: [$id]) { id } }";
    for (const as of ["root@acme.test", "ray@acme.test", AGENT]) {
      expect(await here.ask(as, query, { id: agent })).toEqual(
        await here.ask(as, query, { id: absentId("User") }),
      );
    }
  });

  test("SA-06 explaining it is NOT_FOUND", async () => {
    const record = await here.record("leads", "lead-1");
    const query =
      "query ($user: ID!, $record: ID!) { explainAccess(user: $user, record: $record, action: READ) { allowed } }";
    const answer = await here.ask("root@acme.test", query, { user: agent, record });
    expect(answer).toEqual(await here.ask("root@acme.test", query, { user: absentId("User"), record }));
  });

  test.each(places)(
    "SA-06 %s(%s): naming the agent is naming nobody, and nothing changes",
    async (name, _, path) => {
      const row = rows.get(name);
      if (row === undefined) throw new Error(`${name} has no row`);
      const base = await row.allowed.input(here);
      const text = mutationText(name, refusalPayload(name));
      const events = await here.database.reader.auditEvent.count();
      const answer = await here.ask(row.allowed.as, text, { input: withValue(name, base, path, agent) });
      expect(answer).toEqual(
        await here.ask(row.allowed.as, text, { input: withValue(name, base, path, absentId("User")) }),
      );
      expect(await here.database.reader.auditEvent.count()).toBe(events);
    },
  );
});
