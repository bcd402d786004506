import {
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
} from "graphql";
import { NODE_TYPES, type NodeType } from "../../src/kernel/global-id.ts";
import type { Dice } from "../random/dice.ts";
import type { Site } from "./site.ts";
import { BY_INPUT } from "./valid-inputs.ts";
import { filterOnLeads, leadValues } from "./valid-leads.ts";
import type { World } from "./world.ts";

export type Arguments = Readonly<Record<string, unknown>>;

/** How often what may be left out is given, where it is not 0.6: a stale version is all that is seen of an input. */
const CHANCES: Readonly<Record<string, number>> = { expectedUpdatedAt: 0.1, values: 0.95 };

/** What a good value is made from. */
export type Making = { readonly site: Site; readonly world: World; readonly dice: Dice };

/** Arguments that the field takes: right in type, and about what there is. */
export function validArguments(making: Making): Arguments {
  const { site, dice } = making;
  const special = BY_SITE[site.name];
  if (special !== undefined) return special(making);
  const isFromEnd = dice.chance(0.3);
  const given = site.field.args.filter(({ name, type }) => {
    if (name === (isFromEnd ? "first" : "last")) return false;
    return isNonNullType(type) || dice.chance(0.6);
  });
  return Object.fromEntries(given.map(({ name, type }) => [name, validValue(type, name, making)]));
}

/** A good value for an argument or input field of that name and type. */
export function validValue(type: GraphQLInputType, name: string, making: Making): unknown {
  const { dice } = making;
  if (isNonNullType(type)) return validValue(type.ofType, name, making);
  if (isListType(type)) {
    const one = name.replace(/s$/, "");
    return [
      ...new Set(Array.from({ length: dice.between(1, 3) }, () => validValue(type.ofType, one, making))),
    ];
  }
  if (isEnumType(type)) return dice.pick(type.getValues()).name;
  if (isInputObjectType(type)) {
    const special = BY_INPUT[type.name];
    if (special !== undefined) return special(making);
    const fields = Object.values(type.getFields());
    const given = type.isOneOf
      ? [dice.pick(fields)]
      : fields.filter(({ name: each, type: of }) => isNonNullType(of) || dice.chance(CHANCES[each] ?? 0.6));
    return Object.fromEntries(given.map((field) => [field.name, validValue(field.type, field.name, making)]));
  }
  return isScalarType(type) ? validScalar(type.name, name, making) : null;
}

function validScalar(type: string, name: string, { site, world, dice }: Making): unknown {
  switch (type) {
    case "Int":
      return dice.between(1, 10);
    case "Float":
      return dice.between(1, 1000) / 8;
    case "Boolean":
      return dice.chance(0.5);
    case "ID":
      return dice.pick(world.ids[nounNamed(name) ?? nounNamed(site.name) ?? "Record"]);
    case "DateTime":
      return dice.pick(["2027-06-30T12:00:00Z", "2028-01-01T00:00:00.000+02:00"]);
    case "Date":
      return dice.pick(["2026-12-20", "2027-01-31"]);
    case "JSON":
      return name === "values" ? leadValues(dice) : dice.pick(["new", 5, true]);
    default:
      return validText(name, site, world, dice);
  }
}

function validText(name: string, site: Site, world: World, dice: Dice): string {
  switch (name) {
    case "after":
    case "before":
      return dice.pick(world.cursors[site.name] ?? world.cursors["Query.users"] ?? []);
    case "module":
    case "transferModule":
      return dice.pick(["leads", "leads", "accounts", "deals", "tickets"]);
    case "csv":
      return `email,ANALYTICS.role\nnew-${dice.between(1, 1_000_000)}@acme.test,Viewer\n`;
    case "search":
      return dice.pick(["r", "Ray", "a"]);
    case "email":
      return `new-${dice.between(1, 1_000_000)}@acme.test`;
    case "key":
      return site.operation === "mutation" ? newKey(dice) : dice.pick(["leads", "lead-1", newKey(dice)]);
    default:
      return `Some ${name} ${dice.between(1, 1_000_000)}`;
  }
}

/** A key that nothing has yet. */
export function newKey(dice: Dice): string {
  return `new-${dice.between(1, 1_000_000_000)}`;
}

/** The noun that a name speaks of, by its end: `forecastManager` is a user, `sharingRule` a rule. */
function nounNamed(name: string): NodeType | null {
  const said = name.toLowerCase().replace(/ids?$|s$/, "");
  const noun = NODE_TYPES.find((each) => said.endsWith(each.toLowerCase()));
  if (noun !== undefined) return noun;
  if (/(owner|manager|recipient|agent|reportsto|administrator|^from|^to|transferrecordsto)s?$/.test(said))
    return "User";
  if (/(invitation|useremail)$/.test(said)) return "User";
  if (/parent$|^role/.test(said)) return "Role";
  if (/rule$/.test(said)) return "SharingRule";
  if (/share$/.test(said)) return "RecordShare";
  return null;
}

const BY_SITE: Readonly<Record<string, (making: Making) => Arguments>> = {
  "Query.record": (making) =>
    making.dice.chance(0.5) ? { id: making.dice.pick(making.world.ids.Record) } : { key: recordKey(making) },
  "Query.node": ({ world, dice }) => ({ id: dice.pick(world.ids[dice.pick(NODE_TYPES)]) }),
  "Query.nodes": ({ world, dice }) => ({
    ids: Array.from({ length: dice.between(1, 5) }, () => dice.pick(world.ids[dice.pick(NODE_TYPES)])),
  }),
  "Query.records": (making) => {
    const { world, dice } = making;
    const isOrdered = dice.chance(0.5);
    const order = [{ field: "revenue" }, { field: "contact", direction: "ASC" }];
    return {
      module: "leads",
      ...(dice.chance(0.7) ? { filter: filterOnLeads(making) } : {}),
      ...(isOrdered ? { orderBy: order } : {}),
      ...(dice.chance(0.6) ? { [dice.pick(["first", "last"])]: dice.between(1, 5) } : {}),
      ...(dice.chance(0.5)
        ? {
            [dice.pick(["after", "before"])]: dice.pick(
              world.cursors[isOrdered ? "Query.ordered" : "Query.records"] ?? [],
            ),
          }
        : {}),
    };
  },
};

export function recordKey({ world, dice }: Making): { readonly module: string; readonly key: string } {
  const { module, key } = dice.pick(world.records);
  return { module, key };
}
