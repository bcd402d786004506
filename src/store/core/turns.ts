import { Turns } from "../../kernel/turns.ts";
import type { RequestFacts } from "./request.ts";

const opened = new WeakMap<RequestFacts, Turns>();

/** The turns of the operation that a viewer is made for. */
export function turnsOf({ request }: { readonly request: RequestFacts }): Turns {
  const known = opened.get(request);
  if (known !== undefined) return known;
  const turns = new Turns();
  opened.set(request, turns);
  return turns;
}
