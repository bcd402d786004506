import SchemaBuilder from "@pothos/core";
import ComplexityPlugin from "@pothos/plugin-complexity";
import RelayPlugin from "@pothos/plugin-relay";
import { type NodeType, toGlobalId } from "../../kernel/global-id.ts";
import type { Context } from "./context.ts";
import { PRICES, priceOf } from "./cost.ts";

/** The types that scalars have in resolvers, and what every schema of ours has in common. */
export type Types = {
  Context: Context;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
    Date: { Input: string; Output: string };
    JSON: { Input: NonNullable<unknown> | null; Output: unknown };
  };
  Connection: {
    readonly totalCount: () => Promise<number>;
    /** Every page counts exactly unless it says otherwise. */
    readonly totalIsLowerBound?: () => Promise<boolean>;
  };
  DefaultFieldNullability: false;
  DefaultEdgesNullability: { list: false; items: false };
  DefaultNodeNullability: true;
};

/**
 * The builder that every noun adds itself to.
 *
 * A field is non-null unless it says `nullable`: it does where a policy can hide what it holds (AP-02).
 */
export const builder = new SchemaBuilder<Types>({
  plugins: [RelayPlugin, ComplexityPlugin],
  // The server holds operations to a limit before they are run; here they only get their prices (AP-10).
  complexity: { fieldComplexity: priceOf, disabled: true },
  defaultFieldNullability: false,
  relay: {
    encodeGlobalID: (type, id) => toGlobalId(type as NodeType, String(id)),
    idFieldOptions: { description: "The global id: opaque; `node` takes it." },
    nodeTypeOptions: { description: "Anything that has a global id." },
    // `node.ts` defines both: absent and out of reach are one answer there, and a broken id names its argument.
    nodeQueryOptions: false,
    nodesQueryOptions: false,
    pageInfoTypeOptions: { description: "Where a page lies in its list." },
    hasNextPageFieldOptions: { description: "Whether the list goes on after this page." },
    hasPreviousPageFieldOptions: { description: "Whether the list has rows before this page." },
    startCursorFieldOptions: { description: "The cursor of the first row; null on an empty page." },
    endCursorFieldOptions: { description: "The cursor of the last row; null on an empty page." },
    pageInfoFieldOptions: { description: "Where the page lies in the list." },
    edgesFieldOptions: {
      description: "The rows of the page, in list order.",
      nullable: { list: false, items: false },
    },
    nodeFieldOptions: { description: "The row itself.", nullable: true },
    cursorFieldOptions: {
      description: "The place of the row in this order: opaque, and stable when rows are added or removed.",
    },
    firstArgOptions: { description: "How many rows from the beginning: 1 to 100, 25 unless said otherwise." },
    lastArgOptions: { description: "How many rows from the end: 1 to 100. Not together with `first`." },
    afterArgOptions: { description: "Only rows after this cursor." },
    beforeArgOptions: { description: "Only rows before this cursor." },
  },
});

builder.globalConnectionFields((t) => ({
  totalCount: t.int({
    description: "How many rows the whole list has for the viewer. Counted only when asked for.",
    resolve: ({ totalCount }) => totalCount(),
  }),
  totalIsLowerBound: t.boolean({
    description: "Whether `totalCount` is only a lower bound; false: it is exact.",
    resolve: ({ totalIsLowerBound }) => totalIsLowerBound?.() ?? false,
  }),
}));

builder.queryType({
  description: `Everything that can be asked. All but \`viewer\` need a signed-in user.\n\n${PRICES}`,
});

/** The values of an enum, each described. A member of the union that is forgotten is a compile error. */
export function described<Name extends string>(
  descriptions: Readonly<Record<Name, string>>,
): { readonly [Each in Name]: { readonly value: Each; readonly description: string } } {
  const entries = Object.entries<string>(descriptions).map(([value, description]) => [
    value,
    { value, description },
  ]);
  return Object.fromEntries(entries) as { [Each in Name]: { value: Each; description: string } };
}
