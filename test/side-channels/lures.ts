import type { Database } from "../../src/database/database.ts";
import { NODE_TYPES, type NodeType, toGlobalId } from "../../src/kernel/global-id.ts";
import type { FieldType, OrganizationFile } from "../oracle/file.ts";
import type { Dice } from "../random/dice.ts";
import type { Parted, Row } from "./hidden.ts";

/** What the viewer may know about what a name of a question stands for. */
export type Standing = "HIDDEN" | "REACHED" | "ABSENT";

/** A field or attribute that filters and orders may name. */
export type Comparable = {
  readonly name: string;
  readonly type: FieldType;
  readonly options: readonly string[];
  /** The module that a field of type LOOKUP points to. */
  readonly module?: string | undefined;
};

/** What a person who knows everything could put into a question: every id, key, name and value that there is. */
export type Lures = {
  readonly modules: readonly string[];
  readonly comparables: Readonly<Record<string, readonly Comparable[]>>;
  readonly records: Readonly<Record<Standing, readonly Lure[]>>;
  /** Global ids of the hidden records that a lookup of a reached one points to. */
  readonly linked: ReadonlySet<string>;
  /** Global ids by noun, without records; shares are those of hidden records. */
  readonly ids: Readonly<Record<NodeType, readonly string[]>>;
  /** The key of the module of each sharing rule, by global id. */
  readonly moduleOfRule: Readonly<Record<string, string>>;
  /** Global ids of shares of reached records. */
  readonly reachedShares: readonly string[];
};

/** One record as questions may name it. */
export type Lure = {
  readonly id: string;
  readonly module: string;
  readonly key: string;
  /** Constants by field or attribute, as a filter takes them. */
  readonly constants: Readonly<Record<string, unknown>>;
};

/** What every record has; fields come after. */
export const ATTRIBUTES: readonly Comparable[] = [
  { name: "id", type: "LOOKUP", options: [] },
  { name: "key", type: "TEXT", options: [] },
  { name: "name", type: "TEXT", options: [] },
  { name: "owner", type: "USER", options: [] },
  { name: "createdBy", type: "USER", options: [] },
  { name: "createdAt", type: "DATETIME", options: [] },
  { name: "updatedAt", type: "DATETIME", options: [] },
];

/** Well-formed, and of nothing that ever was. */
const ABSENT = "00000000-0000-7000-8000-00000000000";

/** @param disguised the linked records as they are in the other world. */
export async function luresOf(
  database: Database,
  file: OrganizationFile,
  parted: Parted,
  disguised: readonly Row[],
): Promise<Lures> {
  const comparables = Object.fromEntries(
    Object.entries(file.modules ?? {}).map(([module, { fields }]) => [
      module,
      [
        ...ATTRIBUTES,
        ...Object.entries(fields ?? {}).map(([name, { type, options, module }]) => ({
          name,
          type,
          options: options ?? [],
          module,
        })),
      ],
    ]),
  );
  const rules = await database.reader.sharingRule.findMany({
    include: { module: { select: { key: true } } },
  });
  const lure = (row: Row) => lureOf(row, comparables[row.module] ?? []);
  return {
    modules: Object.keys(comparables),
    comparables,
    records: {
      HIDDEN: [...parted.hidden, ...disguised].map(lure),
      REACHED: parted.reached.map(lure),
      ABSENT: Object.keys(comparables).map((module, at) => ({
        id: toGlobalId("Record", `${ABSENT}${at}`),
        module,
        key: `absent-${at}`,
        constants: { id: toGlobalId("Record", `${ABSENT}${at}`), key: `absent-${at}`, name: "Absent" },
      })),
    },
    linked: new Set(parted.linked.map(({ id }) => toGlobalId("Record", id))),
    ids: await idsOf(database, parted),
    moduleOfRule: Object.fromEntries(
      rules.map(({ id, module }) => [toGlobalId("SharingRule", id), module.key]),
    ),
    reachedShares: parted.reached.flatMap(({ shares }) =>
      shares.map(({ id }) => toGlobalId("RecordShare", id)),
    ),
  };
}

function lureOf(row: Row, comparables: readonly Comparable[]): Lure {
  const { key, name } = row;
  const id = toGlobalId("Record", row.id);
  const values = row.values as Readonly<Record<string, unknown>>;
  const constants: Record<string, unknown> = {
    id,
    key,
    name,
    owner: toGlobalId("User", row.ownerId),
    createdBy: toGlobalId("User", row.createdById ?? row.ownerId),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
  for (const { name: field, type } of comparables.slice(ATTRIBUTES.length)) {
    const value = values[field] ?? null;
    if (value === null) continue;
    constants[field] =
      type === "LOOKUP" || type === "USER"
        ? toGlobalId(type === "USER" ? "User" : "Record", String(value))
        : value;
  }
  return { id, module: row.module, key, constants };
}

/** Where the next name comes from: hidden, mostly. */
export function standingOf(dice: Dice): Standing {
  return dice.weighted<Standing>([
    [7, "HIDDEN"],
    [2, "REACHED"],
    [1, "ABSENT"],
  ]);
}

/** A record to name. */
export function pickRecord({ dice, lures }: { readonly dice: Dice; readonly lures: Lures }): Lure {
  const records = lures.records[standingOf(dice)];
  return dice.pick(records.length > 0 ? records : lures.records.HIDDEN);
}

/** Every noun is a table, mostly of its own name. */
async function idsOf(database: Database, { hidden }: Parted): Promise<Lures["ids"]> {
  const tables = database.reader as unknown as Readonly<Record<string, Table>>;
  const entries = NODE_TYPES.map(async (type) => {
    if (type === "Record") return [type, []] as const;
    const rows =
      type === "RecordShare"
        ? hidden.flatMap(({ shares }) => shares)
        : ((await tables[tableOf(type)]?.findMany({ select: { id: true } })) ?? []);
    return [type, rows.map(({ id }) => toGlobalId(type, id))] as const;
  });
  return Object.fromEntries(await Promise.all(entries)) as Lures["ids"];
}

function tableOf(type: NodeType): string {
  return type === "SupportAccess" ? "supportGrant" : type.charAt(0).toLowerCase() + type.slice(1);
}

type Table = {
  readonly findMany: (query: { select: { id: true } }) => Promise<readonly { readonly id: string }[]>;
};
