import { InvalidInput } from "../../kernel/fault.ts";
import { fromGlobalId, type NodeType } from "../../kernel/global-id.ts";
import { ABSENT_ID, asId, type Id } from "../../kernel/id.ts";

/**
 * The id that an argument names; what was left out, or is null, stays so.
 *
 * @throws {InvalidInput} naming the argument, for text that is no global id at all.
 */
export function readId<Noun extends NodeType>(argument: string, type: Noun, globalId: string): Id<Noun>;
export function readId<Noun extends NodeType>(
  argument: string,
  type: Noun,
  globalId: string | null | undefined,
): Id<Noun> | null | undefined;
export function readId<Noun extends NodeType>(
  argument: string,
  type: Noun,
  globalId: string | null | undefined,
): Id<Noun> | null | undefined {
  if (globalId == null) return globalId;
  const named = readGlobalId(argument, globalId);
  return asId(named.type === type ? named.id : ABSENT_ID);
}

/** Which noun and row an argument names. @throws {InvalidInput} naming the argument. */
export function readGlobalId(
  argument: string,
  globalId: string,
): { readonly type: NodeType; readonly id: string } {
  const named = fromGlobalId(globalId);
  if (named === null)
    throw new InvalidInput(argument, `${JSON.stringify(globalId)} is not a global id.`, {
      requirement: "AP-01",
    });
  return named;
}
