import type { InputRef } from "@pothos/core";
import type { GraphQLResolveInfo } from "graphql";
import { isFault } from "../../kernel/fault.ts";
import { Unauthenticated } from "../../kernel/unauthenticated.ts";
import { claimKey, keepRefusal } from "../../store/core/idempotency.ts";
import type { ItemOutcome, ItemRefusal } from "../../store/core/items.ts";
import { type MutationName, mutationNeed, needSentence } from "../../store/core/needs.ts";
import type { Viewer } from "../../store/core/viewer.ts";
import { builder } from "./builder.ts";
import { type Context, requireViewer } from "./context.ts";
import type { Ref } from "./payload.ts";

/** One mutation: `name(input: NameInput!): NamePayload`. */
type Mutation<Input, Result> = {
  /** What it does, in a sentence; what it needs is added from the table (CA-01). */
  readonly description: string;
  readonly input: InputRef<Input>;
  /** Resolved from what the command hands back and from the viewer after the change: never from rows before it. */
  readonly payload: Ref<Result>;
  readonly run: (viewer: Viewer, input: Input) => Promise<Result>;
};

builder.mutationType({
  description:
    "Everything that can be changed. Each field is one transaction, audit event included: it happens as a whole or not at all.",
});

/** Adds a mutation to the schema. */
export function mutation<Input, Result>(
  name: MutationName,
  { description, input, payload, run }: Mutation<Input, Result>,
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
        return change(context, name, signalOf(info), (viewer) => run(viewer, wanted)) as never;
      },
    }),
  );
}

/** Runs a command for the viewer of now, and leaves the viewer after it for what the answer selects. */
async function change<Result>(
  context: Context,
  name: MutationName,
  signal: AbortSignal | null,
  run: (viewer: Viewer) => Promise<Result>,
): Promise<Result> {
  requireViewer(context);
  const viewer = await context.renewed(signal);
  const result = await once(context, viewer, run).catch(async (error: unknown) => {
    if (isFault(error)) await context.refused(viewer, name, error);
    throw error;
  });
  for (const refusal of refusalsIn(result)) await context.refused(viewer, name, refusal);
  try {
    context.viewer = await context.renewed(null);
  } catch (error) {
    // Whoever put itself out of office is told that it is done, and no more.
    if (!(error instanceof Unauthenticated)) throw error;
    context.viewer = null;
  }
  return result;
}

/** Where each of many is answered for, how those were refused that were: one of each code, for the log (SA-24). */
function refusalsIn(result: unknown): readonly ItemRefusal[] {
  const { items } = Object(result) as { readonly items?: readonly Partial<ItemOutcome<string>>[] };
  if (!Array.isArray(items)) return [];
  const refusals = items.flatMap(({ refusal }) => refusal ?? []);
  return [...new Map(refusals.map((each) => [each.code, each])).values()];
}

/** A request that named itself is carried out once; its repetition gets what came of it then (AP-05). */
async function once<Result>(
  { named }: Context,
  viewer: Viewer,
  run: (viewer: Viewer) => Promise<Result>,
): Promise<Result> {
  if (named === null) return run(viewer);
  const claimed = await claimKey(viewer, named);
  if (claimed.kind === "REPEATED") return claimed.result as Result;
  const { claim } = claimed;
  try {
    return await run({ ...viewer, request: { ...viewer.request, claim } });
  } catch (error) {
    await keepRefusal(viewer, claim, error);
    throw error;
  }
}

/** The executor ends what takes too long by this signal; graphql-js 16 does not know it by type. */
export function signalOf(info: GraphQLResolveInfo): AbortSignal | null {
  const { getAbortSignal } = info as { readonly getAbortSignal?: () => AbortSignal | undefined };
  return getAbortSignal?.() ?? null;
}
