import {
  type ASTNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionSetNode,
  visit,
} from "graphql";

/** How large a document is, whatever it says. Each part of it is looked at once, fragments too. */
export type Shape = {
  /** Fields inside each other, through fragments. */
  readonly depth: number;
  /** Aliases in the document. */
  readonly aliases: number;
  /** The most directives at one place. */
  readonly directives: number;
  /** How often the same field or fragment stands in one selection, inline fragments included. */
  readonly repeats: number;
};

/** Measures a document that was parsed and not yet validated: unknown and circular fragments add nothing. */
export function shapeOf(document: DocumentNode): Shape {
  let aliases = 0;
  let directives = 0;
  let repeats = 0;
  visit(document, {
    enter(node: ASTNode) {
      if ("directives" in node) directives = Math.max(directives, node.directives?.length ?? 0);
    },
  });
  visit(document, {
    Field: ({ alias }) => {
      if (alias !== undefined) aliases += 1;
    },
    SelectionSet: (selectionSet, _key, parent) => {
      // An inline fragment's selection belongs to the one around it.
      const isInline = parent !== undefined && "kind" in parent && parent.kind === Kind.INLINE_FRAGMENT;
      if (!isInline) repeats = Math.max(repeats, mostRepeated(selectionSet));
    },
  });
  return { depth: depthOf(document), aliases, directives, repeats };
}

function mostRepeated(selectionSet: SelectionSetNode): number {
  const times = new Map<string, number>();
  const count = (set: SelectionSetNode): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        count(selection.selectionSet);
        continue;
      }
      const isSpread = selection.kind === Kind.FRAGMENT_SPREAD;
      const name = isSpread ? `...${selection.name.value}` : (selection.alias?.value ?? selection.name.value);
      times.set(name, (times.get(name) ?? 0) + 1);
    }
  };
  count(selectionSet);
  return Math.max(0, ...times.values());
}

function depthOf({ definitions }: DocumentNode): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  // Zero while a fragment is being measured: a circle ends there, and validation refuses it.
  const measured = new Map<string, number>();

  const below = (selectionSet: SelectionSetNode): number => {
    let deepest = 0;
    for (const selection of selectionSet.selections) {
      switch (selection.kind) {
        case Kind.FIELD:
          deepest = Math.max(
            deepest,
            1 + (selection.selectionSet === undefined ? 0 : below(selection.selectionSet)),
          );
          break;
        case Kind.INLINE_FRAGMENT:
          deepest = Math.max(deepest, below(selection.selectionSet));
          break;
        case Kind.FRAGMENT_SPREAD:
          deepest = Math.max(deepest, ofFragment(selection.name.value));
          break;
      }
    }
    return deepest;
  };
  const ofFragment = (name: string): number => {
    const known = measured.get(name);
    if (known !== undefined) return known;
    measured.set(name, 0);
    const fragment = fragments.get(name);
    const depth = fragment === undefined ? 0 : below(fragment.selectionSet);
    measured.set(name, depth);
    return depth;
  };

  let deepest = 0;
  for (const definition of definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION)
      deepest = Math.max(deepest, below(definition.selectionSet));
    else if (definition.kind === Kind.FRAGMENT_DEFINITION)
      deepest = Math.max(deepest, ofFragment(definition.name.value));
  }
  return deepest;
}
