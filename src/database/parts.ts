/**
 * A list that is short enough for one statement. A database takes only so many values in one (SQLite about a thousand),
 * and whose number follows the data, such as the people of an organisation, has no bound of its own (BU-01).
 */
export type Part<Value> = readonly Value[] & { readonly [isBounded]: true };
declare const isBounded: unique symbol;

/** So many rows or values go into one statement, unless said otherwise. */
const PART = 250;

/** More than these are not one part, whoever says so: beside them stand a few other values of the statement. */
const MOST = 900;

/** What there is, in parts; rows are asked for as parts are. */
export function* inParts<Value>(values: Iterable<Value>, size = PART): Iterable<Part<Value>> {
  let part: Value[] = [];
  for (const value of values) {
    part.push(value);
    if (part.length < size) continue;
    yield part as unknown as Part<Value>;
    part = [];
  }
  if (part.length > 0) yield part as unknown as Part<Value>;
}

/**
 * A list that whoever made it has bounded already, such as the ids of one request.
 *
 * @throws {Error} when it is longer than any bound should let it be.
 */
export function few<Value>(values: Iterable<Value>): Part<Value> {
  const all = [...values];
  if (all.length > MOST) throw new Error(`${all.length} values in one statement: read them in parts`);
  return all as unknown as Part<Value>;
}

/** A column is one of these. The only `in` of the house, so that none is longer than a statement may be. */
export function oneOf<Value>(part: Part<Value>): { in: Value[] } {
  return { in: [...part] };
}

/** The rows of one statement that writes several. */
export function rowsOf<Row>(part: Part<Row>): Row[] {
  return [...part];
}
