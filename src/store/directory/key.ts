import { InvalidInput } from "../../kernel/fault.ts";
import { type NodeType, toGlobalId } from "../../kernel/global-id.ts";
import { KEY, KEY_EXPECTED } from "../../policy/model/naming.ts";
import { randomKey } from "./input.ts";

/** Reads the key chosen for something new; a random one when none is. @throws {InvalidInput} naming the input. */
export function readKey(field: string, text: string | null | undefined): string {
  if (text == null) return randomKey();
  if (!KEY.test(text))
    throw new InvalidInput(field, `${JSON.stringify(text)} is no key: expected ${KEY_EXPECTED}.`);
  return text;
}

/** @throws {InvalidInput} `CONFLICT` with the id of the `twin`, which has the key already. */
export function requireFreeKey(
  field: string,
  key: string,
  noun: NodeType,
  rows: readonly { readonly id: string; readonly key: string }[],
): void {
  const twin = rows.find((row) => row.key === key);
  if (twin === undefined) return;
  throw new InvalidInput(field, `The key ${key} is taken.`, {
    code: "CONFLICT",
    details: { twin: toGlobalId(noun, twin.id) },
  });
}
