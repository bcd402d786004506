import type { Operator, Scalar } from "../../../src/policy/model/condition.ts";
import type { FieldType } from "../../../src/policy/model/org.ts";
import type { Attribute, Operand, OrderTerm, Position, RowTest } from "../../../src/store/reach/query.ts";
import { accountId, dealId, field, NOW, REACHES, userId } from "./deals.ts";

export const attribute = (name: Attribute): Operand => ({ kind: "ATTRIBUTE", attribute: name });

const amount = field("amount", "NUMBER");
export const isBig: RowTest = compare(amount, "GT", 500);
export const byAmount: OrderTerm = { operand: amount, isDescending: true };
export const after = (...values: Position["values"]): Position => ({ values, id: dealId(9) });

/** What a filter says in SQL; asked by somebody who sees all, so that it stands alone. */
export const FILTERS: readonly (readonly [name: string, what: string, filter: RowTest])[] = [
  ["text", "whose text is a constant", compare(field("title", "TEXT"), "EQ", "Boat")],
  [
    "text-starts-with",
    "whose text begins with a constant",
    compare(field("title", "TEXT"), "STARTS_WITH", "Bo"),
  ],
  ["text-contains", "whose text contains a constant", compare(field("title", "TEXT"), "CONTAINS", "oa")],
  ["name", "whose name comes after a constant", compare(attribute("name"), "GT", "M")],
  ["number", "whose number is at least a constant", compare(amount, "GTE", 500)],
  ["boolean", "whose box is ticked", compare(field("open", "BOOLEAN"), "EQ", true)],
  ["picklist", "whose option is one of two", compare(field("stage", "PICKLIST"), "IN", "Won", "Lost")],
  [
    "options-contain",
    "one of whose options is a constant",
    compare(field("tags", "MULTI_PICKLIST"), "CONTAINS", "hot"),
  ],
  [
    "options-other",
    "whose options are not just this one",
    compare(field("tags", "MULTI_PICKLIST"), "NE", "hot"),
  ],
  [
    "lookup",
    "that point to one of two accounts in reach",
    compare(account(), "IN", accountId(1), accountId(2)),
  ],
  ["lookup-other", "that point to another account in reach", compare(account(), "NE", accountId(1))],
  ["user", "whose partner is somebody", compare(field("partner", "USER"), "EQ", userId("ben"))],
  ["owner", "whose owner is one of two", compare(attribute("owner"), "IN", userId("ann"), userId("ben"))],
  ["created", "created since an instant", compare(attribute("createdAt"), "GTE", NOW)],
  [
    "tree",
    "over an amount, and ticked or without a day",
    {
      kind: "ALL",
      tests: [
        isBig,
        {
          kind: "ANY",
          tests: [
            compare(field("open", "BOOLEAN"), "EQ", true),
            compare(field("closing", "DATE"), "IS_NULL"),
          ],
        },
      ],
    },
  ],
];

/** What an order is in SQL: the first page and the one after a place; asked by somebody who sees all. */
export const ORDERS: readonly (readonly [
  name: string,
  what: string,
  order: readonly OrderTerm[],
  after: Position | null,
])[] = [
  ["number-ascending", "by a number, ascending", [{ ...byAmount, isDescending: false }], null],
  ["number-descending-after-value", "by a number, descending, after a value", [byAmount], after(500)],
  ["number-descending-after-unset", "by a number, descending, after one without it", [byAmount], after(null)],
  ...(["TEXT", "BOOLEAN", "DATE", "MULTI_PICKLIST", "USER"] as const).map(
    (type: FieldType) =>
      [
        `${type.toLowerCase().replace("_", "-")}-ascending`,
        `by a ${type}, ascending`,
        [{ operand: field(`a ${type}`, type), isDescending: false }],
        null,
      ] as const,
  ),
  [
    "lookup-ascending",
    "by an account, by its name where it is in reach",
    [{ operand: account(), isDescending: false }],
    null,
  ],
  ["owner-ascending", "by the owner's name", [{ operand: attribute("owner"), isDescending: false }], null],
  [
    "created-ascending",
    "by creation, oldest first",
    [{ operand: attribute("createdAt"), isDescending: false }],
    null,
  ],
  [
    "changed-descending-after",
    "by change, latest first, after a place",
    [{ operand: attribute("updatedAt"), isDescending: true }],
    after(NOW),
  ],
  [
    "two-terms-after",
    "by a number, descending, and the owner, after a place",
    [byAmount, { operand: attribute("owner"), isDescending: false }],
    after(500, "ann"),
  ],
];

export function compare(operand: Operand, op: Operator, ...constants: readonly Scalar[]): RowTest {
  return { kind: "COMPARE", operand, op, constants };
}

function account(): Operand {
  return field("account", "LOOKUP", REACHES.team);
}
