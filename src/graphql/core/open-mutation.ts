import type { InputRef } from "@pothos/core";
import type { UserId } from "../../kernel/id.ts";
import { mutationNeed, needSentence, type ShowingToken } from "../../store/core/needs.ts";
import { viewerOf } from "../../store/core/viewer.ts";
import type { Stranger } from "../../store/core/write.ts";
import { builder } from "./builder.ts";
import type { Context } from "./context.ts";
import { signalOf } from "./mutation.ts";
import type { Ref } from "./payload.ts";

/** Whose account a mutation turned out to be about. */
type Account = { readonly orgKey: string; readonly userId: UserId };

/** One mutation that a token opens in the place of a sign-in. */
type OpenMutation<Input, Result> = {
  readonly description: string;
  readonly input: InputRef<Input>;
  /** Read as the person whose token it was. */
  readonly payload: Ref<Result>;
  readonly run: (stranger: Stranger, input: Input) => Promise<Result>;
};

/** Adds to the schema a mutation that nobody needs to sign in for. */
export function openMutation<Input, Result extends Account>(
  name: ShowingToken,
  { description, input, payload, run }: OpenMutation<Input, Result>,
): void {
  builder.mutationField(name, (t) =>
    t.field({
      type: payload,
      nullable: true,
      description: `${description} ${needSentence(mutationNeed(name))}`,
      args: { input: t.arg({ type: input, required: true, description: "What is to be done." }) },
      resolve: (_, args, context, info) => {
        // The builder cannot see through generics that the input is required and the payload is no list.
        const { input: wanted } = args as unknown as { readonly input: Input };
        return opened(context, context.stranger(signalOf(info)), (stranger) =>
          run(stranger, wanted),
        ) as never;
      },
    }),
  );
}

async function opened<Result extends Account>(
  context: Context,
  stranger: Stranger,
  run: (stranger: Stranger) => Promise<Result>,
): Promise<Result> {
  const result = await run(stranger);
  await readAs(context, stranger, result);
  return result;
}

/**
 * What this field's payload selects is read as the person. The fields after it ask for a sign-in again, which a token
 * that was shown here is none.
 */
async function readAs(context: Context, stranger: Stranger, { orgKey, userId }: Account): Promise<void> {
  const { store, now, request } = stranger;
  // Whoever is signed in there has a newer policy now.
  if (context.viewer !== null) await context.renewed(null);
  const policy = await store.policies.get(orgKey);
  const user = policy?.users.get(userId);
  context.viewer = policy && user ? viewerOf(store, policy, user, now, { ...request, signal: null }) : null;
}
