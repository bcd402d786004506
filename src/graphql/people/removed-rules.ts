import { toGlobalId } from "../../kernel/global-id.ts";
import type { RuleId } from "../../kernel/id.ts";
import { builder } from "../core/builder.ts";
import type { Ref } from "../core/payload.ts";

/** Adds to the payload of a deletion the sharing rules that named what is gone. */
export function withRemovedRules<Result extends { readonly removedRules: readonly RuleId[] }>(
  payload: Ref<Result>,
): Ref<Result> {
  builder.objectField(payload, "removedRules", (t) =>
    t.idList({
      description: "The global ids of the sharing rules that were deleted with it.",
      resolve: ({ removedRules }) => removedRules.map((rule) => toGlobalId("SharingRule", rule)),
    }),
  );
  return payload;
}
