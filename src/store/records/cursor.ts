import { InvalidInput } from "../../kernel/fault.ts";
import { asId } from "../../kernel/id.ts";
import { sortKind } from "../reach/condition/operand.ts";
import type { OrderTerm, Position } from "../reach/query.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * A cursor: the place of a row that the viewer read, in the order it was listed in. Opaque to clients. It holds what
 * that row showed of the fields sorted by, and nothing else, so that it stays true when rows come and go (AP-01).
 */
export function toCursor(order: readonly OrderTerm[], position: Position): string {
  return Buffer.from(JSON.stringify([signature(order), ...position.values, position.id]), "utf8").toString(
    "base64url",
  );
}

/**
 * The place that a cursor names in this order.
 *
 * @throws {InvalidInput} naming the argument, for a cursor that is broken or was made by another order.
 */
export function fromCursor(
  argument: "after" | "before",
  order: readonly OrderTerm[],
  cursor: string,
): Position {
  const parts = parse(cursor);
  if (parts === null) throw new InvalidInput(argument, `${argument} is not a cursor of this list.`);
  const [made, ...places] = parts;
  if (made !== signature(order))
    throw new InvalidInput(argument, `${argument} was made by a list in another order.`);
  const id = places.pop();
  const isSound =
    places.length === order.length &&
    typeof id === "string" &&
    UUID.test(id) &&
    places.every((place, at) => fits(order[at], place));
  if (!isSound) throw new InvalidInput(argument, `${argument} is not a cursor of this list.`);
  return { values: places as Position["values"], id: asId(id) };
}

function parse(cursor: string): unknown[] | null {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    return Array.isArray(parts) ? parts : null;
  } catch {
    return null;
  }
}

function fits(term: OrderTerm | undefined, place: unknown): boolean {
  if (term === undefined) return false;
  if (place === null) return true;
  switch (sortKind(term.operand)) {
    case "TEXT":
      return typeof place === "string" && place.isWellFormed() && !place.includes("\u0000");
    case "ID":
      return typeof place === "string" && UUID.test(place);
    case "NUMBER":
      return typeof place === "number";
    case "BOOLEAN":
      return place === 0 || place === 1;
  }
}

function signature(order: readonly OrderTerm[]): string {
  return order
    .map(({ operand, isDescending }) => {
      const name = operand.kind === "FIELD" ? `f:${operand.field.id}` : `a:${operand.attribute}`;
      return `${isDescending ? "-" : "+"}${name}`;
    })
    .join(",");
}
