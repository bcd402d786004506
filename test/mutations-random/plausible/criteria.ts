import type { Comparison, Criteria, Scalar, Value } from "../../oracle/file.ts";
import { at } from "../../oracle/people.ts";
import { randomCriteria } from "../../random/values.ts";
import { addressOf, moduleKeyOf, type RecordRow, recordId, userId } from "../facts.ts";
import type { Scene } from "../step.ts";
import { mayOn } from "./predict.ts";

/** The constants that criteria, stored or as the file writes them, compare a field with; null when they do not use it. */
export function constantsOn(criteria: unknown, field: string): readonly Scalar[] | null {
  const used = comparisonsIn(criteria as Criteria).filter((each) => each.field === field);
  return used.length === 0 ? null : used.flatMap(({ value }) => [value ?? []].flat());
}

export function comparisonsIn(criteria: Criteria): readonly Comparison[] {
  if ("all" in criteria) return criteria.all.flatMap(comparisonsIn);
  return "any" in criteria ? criteria.any.flatMap(comparisonsIn) : [criteria];
}

/** Criteria as the file writes them, as a client does, and whether all that they name is within reach. */
export type WrittenCriteria = {
  readonly criteria: Criteria;
  readonly filter: object;
  readonly isReached: boolean;
  /** Whether they compare with a date further than five years from now (D20). */
  readonly isFar: boolean;
};

/** Random criteria over a module's fields, as somebody would write them; null when it has no fields. */
export function writtenCriteria(scene: Scene, as: string, moduleKey: string): WrittenCriteria | null {
  const { facts, dice } = scene;
  const fields = at(facts.file.modules, moduleKey)?.fields ?? {};
  if (Object.keys(fields).length === 0) return null;
  const records = Object.values(at(facts.file.records, moduleKey) ?? {});
  const keysOf = (module: string) =>
    facts.rows.records.filter((record) => moduleKeyOf(facts.rows, record) === module).map(({ key }) => key);
  const criteria = randomCriteria(dice, fields, {
    targets: {
      recordKeys: Object.fromEntries(facts.rows.modules.map(({ key }) => [key, keysOf(key)])),
      users: facts.rows.users.filter(({ license }) => license === "REGULAR").map(addressOf),
    },
    valuesOf: (field): Value[] => records.map(({ values }) => at(values, field) ?? null),
  });
  const named = comparisonsIn(criteria).flatMap((each) => recordsNamed(scene, moduleKey, each));
  return {
    criteria,
    filter: filterOf(scene, moduleKey, criteria),
    isFar: comparisonsIn(criteria).some((each) => isFar(facts.now, at(fields, each.field)?.type, each)),
    isReached: named.every((record) => mayOn(facts, as, "READ", record)),
  };
}

/** D20. */
function isFar(now: number, type: string | undefined, { value }: Comparison): boolean {
  if (type !== "DATE" && type !== "DATETIME") return false;
  const year = new Date(now).getUTCFullYear();
  const [first, last] = [-5, 5].map((years) => new Date(now).setUTCFullYear(year + years));
  const instants = [value ?? []].flat().map((each) => Date.parse(String(each)));
  return instants.some((at) => at < (first ?? 0) || at > (last ?? 0));
}

function recordsNamed(
  { facts }: Scene,
  moduleKey: string,
  { field, value }: Comparison,
): readonly RecordRow[] {
  const entry = at(at(facts.file.modules, moduleKey)?.fields, field);
  if (entry?.type !== "LOOKUP" || value === undefined) return [];
  return [value].flat().map((key) => recordWith({ facts }, entry.module, String(key)));
}

function recordWith({ facts }: Pick<Scene, "facts">, module: string | undefined, key: string): RecordRow {
  const record = facts.rows.records.find(
    (each) => each.key === key && moduleKeyOf(facts.rows, each) === module,
  );
  if (!record) throw new Error(`no record ${module}/${key}`);
  return record;
}

/** The tree as a `RecordFilter`. */
function filterOf(scene: Scene, moduleKey: string, criteria: Criteria): object {
  if ("all" in criteria) return { all: criteria.all.map((each) => filterOf(scene, moduleKey, each)) };
  if ("any" in criteria) return { any: criteria.any.map((each) => filterOf(scene, moduleKey, each)) };
  const { field, op, value } = criteria;
  if (value === undefined) return { compare: { field, op } };
  const entry = at(at(scene.facts.file.modules, moduleKey)?.fields, field);
  const idOf = (constant: Scalar): Scalar => {
    if (entry?.type === "LOOKUP") return recordId(recordWith(scene, entry.module, String(constant)));
    if (entry?.type !== "USER") return constant;
    const email = String(constant).toLowerCase();
    const user = scene.facts.rows.users.find((each) => addressOf(each) === email);
    if (!user) throw new Error(`no user ${email}`);
    return userId(user);
  };
  return { compare: { field, op, value: Array.isArray(value) ? value.map(idOf) : idOf(value as Scalar) } };
}
