import { toGlobalId } from "../../../src/kernel/global-id.ts";
import type { RecordFilter, RecordOrder } from "../../../src/store/records/filter.ts";
import type { Bench } from "../bench.ts";
import type { Drawn } from "../data-set/values.ts";
import type { ViewerName } from "../data-set/viewers.ts";
import type { Question, SortKey } from "../reference.ts";

/** A filter and an order, as a client says them and as the reference understands them. */
export type Asked = {
  readonly name: string;
  readonly filter: RecordFilter | null;
  readonly orderBy: readonly RecordOrder[];
  readonly question: (bench: Bench, viewer: ViewerName) => Question;
};

type Row = {
  readonly name: string;
  readonly filter: ((bench: Bench) => RecordFilter) | null;
  /** Whether the field's value, as drawn, meets the filter. */
  readonly by: string | null;
  readonly meets: ((value: Drawn, bench: Bench) => boolean) | null;
  readonly sort: string | null;
  readonly isDescending?: boolean;
};

const compare = (
  field: string,
  op: NonNullable<RecordFilter["compare"]>["op"],
  value?: unknown,
): RecordFilter => ({
  compare: { field, op, ...(value !== undefined && { value }) },
});

/** A person whom records name, and an account. */
const BUDDY = 33;
const ACCOUNT = 44;

const has = (value: Drawn, key: "user" | "record"): number | null =>
  value !== null && typeof value === "object" && key in value
    ? Number((value as Record<string, unknown>)[key])
    : null;

/** Filters and orders by a field of every type; between them broad and narrow ones, with and without an order. */
const ROWS: readonly Row[] = [
  {
    name: "TEXT filter",
    filter: () => compare("city", "EQ", "Oslo"),
    by: "city",
    meets: (v) => v === "Oslo",
    sort: null,
  },
  { name: "TEXT order", filter: null, by: null, meets: null, sort: "city" },
  {
    name: "NUMBER narrow filter",
    filter: () => compare("score", "LT", 100),
    by: "score",
    meets: (v) => Number(v) < 100,
    sort: null,
  },
  {
    name: "NUMBER filter and order",
    filter: () => compare("score", "GTE", 60_000),
    by: "score",
    meets: (v) => Number(v) >= 60_000,
    sort: "score",
    isDescending: true,
  },
  {
    name: "BOOLEAN filter and order",
    filter: () => compare("isHot", "IS_NOT_NULL"),
    by: "isHot",
    meets: (v) => v !== null,
    sort: "isHot",
  },
  {
    name: "DATE filter and order",
    filter: () => compare("dueOn", "LT", "2023-01-01"),
    by: "dueOn",
    meets: (v) => typeof v === "string" && v < "2023-01-01",
    sort: "dueOn",
    isDescending: true,
  },
  { name: "DATETIME order", filter: null, by: null, meets: null, sort: "metAt", isDescending: true },
  {
    name: "PICKLIST filter, DATETIME order",
    filter: () => compare("stage", "IN", ["Won", "Lost"]),
    by: "stage",
    meets: (v) => v === "Won" || v === "Lost",
    sort: "metAt",
  },
  {
    name: "MULTI_PICKLIST filter and order",
    filter: () => compare("tags", "CONTAINS", "vip"),
    by: "tags",
    meets: (v) => Array.isArray(v) && v.includes("vip"),
    sort: "tags",
  },
  {
    name: "EMAIL filter and order",
    filter: () => compare("mail", "STARTS_WITH", "contact.12"),
    by: "mail",
    meets: (v) => typeof v === "string" && v.startsWith("contact.12"),
    sort: "mail",
  },
  {
    name: "USER filter",
    filter: ({ known }) => compare("buddy", "EQ", toGlobalId("User", known.userIds[BUDDY] ?? "")),
    by: "buddy",
    meets: (v) => has(v, "user") === BUDDY,
    sort: null,
  },
  { name: "USER order", filter: null, by: null, meets: null, sort: "buddy" },
  { name: "LOOKUP order", filter: null, by: null, meets: null, sort: "account" },
];

/** A lookup is met by what the viewer sees of its target, so that its filter is asked for by the viewer's eyes. */
const LOOKUP_FILTER: Asked = {
  name: "LOOKUP filter",
  filter: null,
  orderBy: [],
  question: ({ dataSet, reference }, viewer) => ({
    matches: (place) =>
      has(dataSet.drawn("account", place), "record") === ACCOUNT &&
      reference.visible(viewer, 1).at[ACCOUNT] === 1,
    sortKey: null,
    isDescending: false,
  }),
};

/** The questions over a loaded data set, whose ids some of them name. */
export function questionsOf(bench: Bench): readonly Asked[] {
  const { dataSet } = bench;
  const asked = ROWS.map(
    ({ name, filter, by, meets, sort, isDescending = false }): Asked => ({
      name,
      filter: filter?.(bench) ?? null,
      orderBy: sort === null ? [] : [{ field: sort, direction: isDescending ? "DESC" : "ASC" }],
      question: ({ reference }, viewer) => ({
        matches: by === null || meets === null ? null : (place) => meets(dataSet.drawn(by, place), bench),
        sortKey: sort === null ? null : (place) => sortKeyOf(reference.shown(viewer, sort, place)),
        isDescending,
      }),
    }),
  );
  const account = toGlobalId("Record", dataSet.places.id(1, ACCOUNT));
  return [...asked, { ...LOOKUP_FILTER, filter: compare("account", "EQ", account) }];
}

/** Options sort by their list, in order, with what no option contains between them; truth after falsehood. */
function sortKeyOf(value: Drawn): SortKey {
  if (Array.isArray(value)) return value.join("\u001f");
  if (typeof value === "boolean") return Number(value);
  if (value === null || typeof value === "string" || typeof value === "number") return value;
  throw new Error("a reference is sorted by its name");
}
