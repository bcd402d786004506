import { InvalidInput } from "../../kernel/fault.ts";
import { isStorable } from "../../kernel/text.ts";
import { builder } from "../core/builder.ts";

/** A record's name in its organisation. */
type RecordKeyShape = { readonly module: string; readonly key: string };

export const RecordKey = builder.inputRef<RecordKeyShape>("RecordKey").implement({
  description: "A record named by module and key, as organisation files name it.",
  fields: (t) => ({
    module: t.string({ required: true, description: "The key of the module." }),
    key: t.string({ required: true, description: "The key of the record in it." }),
  }),
});

type RecordChoice =
  | { readonly by: "ID"; readonly id: string }
  | { readonly by: "KEY"; readonly key: RecordKeyShape };

type RecordArgs = {
  readonly id?: string | null | undefined;
  readonly key?: RecordKeyShape | null | undefined;
};

/**
 * Which record arguments name.
 *
 * @throws {InvalidInput} unless exactly one of `id` and `key` is given, and for a key that no column could hold.
 */
export function readRecordChoice({ id, key }: RecordArgs): RecordChoice {
  if (id != null && key == null) return { by: "ID", id };
  if (key != null && id == null) {
    if (!isStorable(key.key)) throw new InvalidInput("key.key", "A key has no U+0000 and no lone surrogate.");
    return { by: "KEY", key };
  }
  throw new InvalidInput(id == null ? "id" : "key", "Give exactly one of id and key.");
}
