import type { Database } from "../../../src/database/database.ts";
import { applyOrganization } from "../../../src/file/apply.ts";
import { parseOrganizationFile } from "../../../src/file/parse.ts";
import { formatInstant } from "../../../src/kernel/calendar.ts";
import { toGlobalId } from "../../../src/kernel/global-id.ts";
import { mapConstants } from "../../../src/policy/criteria/criteria.ts";
import type { Condition, Scalar } from "../../../src/policy/model/condition.ts";
import type { Module } from "../../../src/policy/model/org.ts";
import type { FieldValues } from "../../../src/policy/model/values.ts";
import { type Viewer, viewerOf } from "../../../src/store/core/viewer.ts";
import type { Plan } from "../../../src/store/reach/plan/plan.ts";
import type { RecordFilter } from "../../../src/store/records/filter.ts";
import { listRecords } from "../../../src/store/records/list.ts";
import type { RecordRow } from "../../../src/store/records/row.ts";
import { type Store, storeByPlan, storeOver } from "../../../src/store/store.ts";
import type { FieldEntry, OrganizationFile, RecordEntry, Value } from "../../oracle/file.ts";
import { type Dice, diceOf } from "../../random/dice.ts";
import { OPTIONS, presentValue, type Targets } from "../../random/values.ts";

export const NOW = Date.parse("2026-12-01T12:00:00Z");

/** One field of every type. */
export const FIELDS: { readonly [key: string]: FieldEntry } = {
  text: { type: "TEXT" },
  number: { type: "NUMBER" },
  boolean: { type: "BOOLEAN" },
  date: { type: "DATE" },
  datetime: { type: "DATETIME" },
  picklist: { type: "PICKLIST", options: OPTIONS },
  multi: { type: "MULTI_PICKLIST", options: OPTIONS },
  email: { type: "EMAIL" },
  target: { type: "LOOKUP", module: "targets" },
  "a.user": { type: "USER" },
};

/** What every record has, as if it were fields. */
export const ATTRIBUTES: { readonly [key: string]: FieldEntry } = {
  id: { type: "LOOKUP", module: "things" },
  key: { type: "TEXT" },
  name: { type: "TEXT" },
  owner: { type: "USER" },
  createdBy: { type: "USER" },
  createdAt: { type: "DATETIME" },
  updatedAt: { type: "DATETIME" },
};

/** Names beyond the basic plane, of one name two people: orders that JavaScript and languages would get wrong. */
const USERS: { readonly [email: string]: string } = {
  "root@acme.test": "Root",
  "rep@acme.test": "zoe",
  "other@acme.test": "Zoe",
  "third@acme.test": "\u{1F680}",
  "fourth@acme.test": "～",
  "twin@acme.test": "zoe",
};

/**
 * An organisation of things with every type of field, half of their values missing, and of targets that they point to.
 * `root` reads all, `rep` their own and what is shared with them.
 */
export function fileOf(seed: number, count: number): OrganizationFile {
  const dice = diceOf(seed);
  const keys = (prefix: string, size: number) => Array.from({ length: size }, (_, at) => `${prefix}-${at}`);
  const targets: Targets = {
    recordKeys: { targets: keys("target", 8), things: keys("thing", count) },
    users: Object.keys(USERS),
  };
  const entry = (owner: string, name: string): RecordEntry => ({ owner, name });
  const targetRows = keys("target", 8).map((key, at): [string, RecordEntry] => [
    key,
    entry(
      at % 2 === 0 ? "rep@acme.test" : "other@acme.test",
      dice.pick(["b", "B", "a", "", "ä", "～", "\u{1F680}"]) || "same",
    ),
  ]);
  return {
    sightline: 1,
    organization: {
      key: `things-${seed}`,
      name: "Things",
      timeZone: "UTC",
      edition: "ENTERPRISE",
      seats: { regular: 10, team: 0 },
      superAdmin: "root@acme.test",
    },
    roles: { top: { name: "Top" }, one: { name: "One", parent: "top" }, two: { name: "Two", parent: "top" } },
    users: Object.fromEntries(
      Object.entries(USERS).map(([email, name]) => [
        email,
        { name, role: email.startsWith("root") ? "top" : email.startsWith("rep") ? "one" : "two" },
      ]),
    ),
    groups: { reps: { name: "Reps", members: [{ role: "one" }] } },
    modules: { things: { label: "Things", fields: { ...FIELDS } }, targets: { label: "Targets" } },
    records: {
      things: Object.fromEntries(keys("thing", count).map((key) => [key, thing(dice, targets)])),
      targets: Object.fromEntries(targetRows),
    },
    shares: keys("thing", count)
      .filter((_, at) => at % 3 === 0)
      .map((key, at) => ({
        record: `things/${key}`,
        to: at % 2 === 0 ? { user: "rep@acme.test" } : { group: "reps" },
        access: "READ_ONLY",
      })),
  };
}

/** One thing; the instants of creation collide, so that ties are common. */
export function thing(dice: Dice, targets: Targets): RecordEntry {
  const values: Record<string, Value> = {};
  for (const [key, field] of Object.entries(FIELDS)) {
    const value = dice.chance(0.4) ? undefined : presentValue(dice, field, targets);
    if (value !== undefined) values[key] = value;
  }
  return {
    owner: dice.pick(targets.users),
    name: String(presentValue(dice, { type: "TEXT", required: true }, targets)),
    createdAt: dice.pick([
      "1970-01-01T00:00:00Z",
      "2026-10-25T00:30:00Z",
      "2026-11-30T23:59:59.999Z",
      "2026-12-01T12:00:00Z",
    ]),
    values,
  };
}

export type Things = {
  readonly store: Store;
  readonly viewer: Viewer;
  readonly module: Module;
  /** Every thing that the viewer may read, newest first, with its values as the viewer sees them. */
  readonly rows: readonly Seen[];
  readonly ids: Ids;
};

/** A record, its values and attributes by key, a lookup out of reach as absent; and what it is sorted by. */
export type Seen = {
  readonly row: RecordRow;
  readonly values: FieldValues;
  readonly sortValues: { readonly [key: string]: string | number | null };
};

/** Ids behind the words of a file. */
export type Ids = {
  readonly records: { readonly [module: string]: ReadonlyMap<string, string> };
  readonly users: ReadonlyMap<string, string>;
};

/** Applies the file and opens it for one of its users. */
export async function openThings(database: Database, file: OrganizationFile, email: string): Promise<Things> {
  await applyOrganization(database, parseOrganizationFile(JSON.stringify(file), "things"), { now: NOW });
  return lookAt(database, file.organization.key, email);
}

/** The things of an organisation, for one of its users, whose lists are then found by the plan, if one is named. */
export async function lookAt(
  database: Database,
  orgKey: string,
  email: string,
  plan?: Plan,
): Promise<Things> {
  const store = storeOver(database, { now: () => NOW });
  const policy = await store.policies.get(orgKey);
  const [user, root] = [policy?.usersByEmail.get(email), policy?.usersByEmail.get("root@acme.test")];
  const [module, targets] = [policy?.modulesByKey.get("things"), policy?.modulesByKey.get("targets")];
  if (!policy || !user || !root || !module || !targets) throw new Error("the file was not applied");
  const viewer = viewerOf(store, policy, user, NOW);
  const seenTargets = new Map((await everyRow(viewer, targets)).map((row) => [String(row.id), row]));
  const names = new Map(policy.org.users.map(({ id, name }) => [String(id), name]));
  const rows = (await everyRow(viewer, module)).map((row) => seen(row, seenTargets, names));
  const all = viewerOf(store, policy, root, NOW);
  const idsIn = async (of: Module) =>
    new Map((await everyRow(all, of)).map((row): [string, string] => [row.key, row.id]));
  const ids: Ids = {
    records: { things: await idsIn(module), targets: await idsIn(targets) },
    users: new Map(policy.org.users.map(({ id, email: address }) => [String(address), id])),
  };
  const planned = plan === undefined ? viewer : viewerOf(storeByPlan(store, plan), policy, user, NOW);
  return { store, viewer: planned, module, rows, ids };
}

async function everyRow(viewer: Viewer, module: Module): Promise<readonly RecordRow[]> {
  const rows: RecordRow[] = [];
  for (let after: string | null = null; ; ) {
    const page = await listRecords(viewer, module, { first: 100, after });
    rows.push(...page.edges.map(({ node }) => node));
    after = page.edges.at(-1)?.cursor ?? null;
    if (!(await page.hasNextPage())) return rows;
  }
}

function seen(
  row: RecordRow,
  targets: ReadonlyMap<string, RecordRow>,
  names: ReadonlyMap<string, string>,
): Seen {
  const stored = row.values;
  const target = targets.get(String(stored["target"])) ?? null;
  const values: FieldValues = {
    ...stored,
    target: target?.id ?? null,
    id: row.id,
    key: row.key,
    name: row.name,
    owner: row.ownerId,
    createdBy: row.createdById,
    createdAt: formatInstant(row.createdAt),
    updatedAt: formatInstant(row.updatedAt),
  };
  const sortValues = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      value === null
        ? null
        : typeof value === "object"
          ? value.join("\u001f")
          : typeof value === "boolean"
            ? Number(value)
            : value,
    ]),
  );
  const nameOf = (id: unknown) => names.get(String(id)) ?? null;
  return {
    row,
    values,
    sortValues: {
      ...sortValues,
      target: target?.name ?? null,
      "a.user": nameOf(stored["a.user"]),
      owner: nameOf(row.ownerId),
      createdBy: nameOf(row.createdById),
      createdAt: row.id,
      updatedAt: row.updatedAt,
    },
  };
}

/** A condition in the words of a file, with ids for memory and with global ids for a list. */
export function spell(
  condition: Condition,
  ids: Ids,
): { readonly inMemory: Condition; readonly filter: RecordFilter } {
  const named = { ...FIELDS, ...ATTRIBUTES };
  const idOf = (constant: Scalar, field: string): Scalar => {
    const { type, module = "" } = named[field] ?? { type: "TEXT" };
    if (type === "LOOKUP") return ids.records[module]?.get(String(constant)) ?? missing(constant);
    return type === "USER" ? (ids.users.get(String(constant).toLowerCase()) ?? missing(constant)) : constant;
  };
  const inMemory = mapConstants(condition, idOf);
  const globalIds = mapConstants(inMemory, (constant, field) => {
    const type = named[field]?.type;
    return type === "LOOKUP"
      ? toGlobalId("Record", String(constant))
      : type === "USER"
        ? toGlobalId("User", String(constant))
        : constant;
  });
  return { inMemory, filter: asFilter(globalIds) };
}

function missing(constant: Scalar): never {
  throw new Error(`the world has no ${constant}`);
}

function asFilter(condition: Condition): RecordFilter {
  if ("all" in condition) return { all: condition.all.map(asFilter) };
  if ("any" in condition) return { any: condition.any.map(asFilter) };
  return { compare: condition };
}
