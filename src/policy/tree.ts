/**
 * Who stands above whom: a forest over the role tree or the reports-to chain (SH-20, SH-25).
 *
 * Compiled once per policy; each question afterwards is a comparison of two positions.
 */
export type Forest<Node extends string> = {
  /** The strict ancestors, nearest first. */
  readonly ancestors: (node: Node) => readonly Node[];
  /** The strict descendants, parents before children. */
  readonly descendants: (node: Node) => readonly Node[];
};

/** A forest that would bite its own tail: such a policy admits nothing (SH-20, SH-25). */
export class CycleError extends Error {
  readonly cycle: readonly string[];

  constructor(cycle: readonly string[]) {
    super(`a cycle: ${cycle.join(" → ")}`);
    this.name = "CycleError";
    this.cycle = cycle;
  }
}

/**
 * Compiles parent links into a forest.
 *
 * @param parents each node with its parent, or null for a root; a parent that is not a node makes a root.
 * @throws {CycleError} when a node is its own ancestor.
 */
export function compileForest<Node extends string>(parents: ReadonlyMap<Node, Node | null>): Forest<Node> {
  const cycle = findCycle(parents);
  if (cycle) throw new CycleError(cycle);

  const children = new Map<Node, Node[]>();
  const roots: Node[] = [];
  for (const [node, parent] of parents) {
    const siblings = parent !== null && parents.has(parent) ? children.get(parent) : roots;
    if (siblings) siblings.push(node);
    else if (parent !== null) children.set(parent, [node]);
  }

  // Depth-first order makes every subtree one run of positions: from a node to the last of its descendants.
  const order: Node[] = [];
  const start = new Map<Node, number>();
  const end = new Map<Node, number>();
  const stack: { node: Node; next: number }[] = [];
  for (const root of roots) {
    enter(root);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const child = children.get(top.node)?.[top.next];
      if (child === undefined) {
        end.set(top.node, order.length);
        stack.pop();
      } else {
        top.next += 1;
        enter(child);
      }
    }
  }

  function enter(node: Node): void {
    start.set(node, order.length);
    order.push(node);
    stack.push({ node, next: 0 });
  }

  return {
    ancestors(node) {
      const path: Node[] = [];
      for (let at = parents.get(node) ?? null; at !== null && parents.has(at); at = parents.get(at) ?? null)
        path.push(at);
      return path;
    },
    descendants(node) {
      const from = start.get(node);
      return from === undefined ? [] : order.slice(from + 1, end.get(node));
    },
  };
}

/** The nodes of one cycle among the links, first node repeated at the end; null when there is none. */
export function findCycle<Node extends string>(
  parents: ReadonlyMap<Node, Node | null>,
): readonly Node[] | null {
  const settled = new Set<Node>();
  for (const first of parents.keys()) {
    const walk: Node[] = [];
    const seen = new Set<Node>();
    let at: Node | null = first;
    while (at !== null && !settled.has(at) && parents.has(at)) {
      if (seen.has(at)) return [...walk.slice(walk.indexOf(at)), at];
      seen.add(at);
      walk.push(at);
      at = parents.get(at) ?? null;
    }
    for (const node of walk) settled.add(node);
  }
  return null;
}
