import {
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isObjectType,
} from "graphql";

/** How often each place of the schema was used: `Type.field`, `Type.field(argument)`, `Input.field`, `Enum.VALUE`. */
export class Coverage {
  readonly #uses = new Map<string, number>();

  add(coordinate: string): void {
    this.#uses.set(coordinate, this.usesOf(coordinate) + 1);
  }

  usesOf(coordinate: string): number {
    return this.#uses.get(coordinate) ?? 0;
  }

  /** Adds the uses of another. */
  join(other: Coverage): void {
    for (const [coordinate, uses] of other.#uses) this.#uses.set(coordinate, this.usesOf(coordinate) + uses);
  }

  /** Of these, what was never used. */
  missing(coordinates: Iterable<string>): string[] {
    return [...coordinates].filter((each) => this.usesOf(each) === 0);
  }
}

/**
 * Every place of the schema that a query can use: what is selected, what is given. Enum values count where they are
 * given; where they are answered there is nothing to choose.
 */
export function queryCoordinates(schema: GraphQLSchema): ReadonlySet<string> {
  const found = new Set<string>();
  const visited = new Set<GraphQLNamedType>();
  const waiting: GraphQLNamedType[] = [schema.getQueryType()!];
  for (let type = waiting.pop(); type !== undefined; type = waiting.pop()) {
    if (visited.has(type)) continue;
    visited.add(type);
    if (isAbstractType(type)) waiting.push(...schema.getPossibleTypes(type));
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      found.add(`${type.name}.${field.name}`);
      for (const arg of field.args) addInput(found, `${type.name}.${field.name}(${arg.name})`, arg);
      waiting.push(getNamedType(field.type));
    }
  }
  return found;
}

function addInput(found: Set<string>, place: string, { type }: Pick<GraphQLArgument, "type">): void {
  if (found.has(place)) return;
  found.add(place);
  const named: GraphQLInputType = getNamedType(type);
  if (isEnumType(named)) for (const { name } of named.getValues()) found.add(`${named.name}.${name}`);
  if (!isInputObjectType(named)) return;
  for (const field of Object.values(named.getFields())) addInput(found, `${named.name}.${field.name}`, field);
}
