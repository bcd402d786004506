import type { ErrorCode } from "../../kernel/fault.ts";
import type { ItemRefusal } from "../../store/core/items.ts";
import { builder } from "./builder.ts";
import { ErrorCodeEnum } from "./error-code.ts";

/** Why one item of a mutation of many was refused. */
export const MassRefusal = builder.objectRef<ItemRefusal>("MassRefusal").implement({
  description: "Why one item of a mass change was refused: what an error would say.",
  fields: (t) => ({
    code: t.field({
      type: ErrorCodeEnum,
      description: "What kind of refusal it is.",
      resolve: ({ code }): ErrorCode => code,
    }),
    message: t.exposeString("message", { description: "One sentence for a person." }),
    field: t.exposeString("field", { nullable: true, description: "The place in the input." }),
    requirement: t.exposeString("requirement", {
      nullable: true,
      description: "The number of the requirement behind it, if it has one.",
    }),
  }),
});
