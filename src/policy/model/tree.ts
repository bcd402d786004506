/**
 * Who stands above whom: a forest over the role tree or the reports-to chain (SH-20, SH-25).
 *
 * Compiled once per policy; each question afterwards is a comparison of two positions.
 */
export type Forest<Node extends string> = {
  /** The strict ancestors, nearest first. */
  readonly ancestors: (node: Node) => readonly Node[];
  /** Those below the first for which `isEnough`: of many nodes together, the way up is walked once. */
  readonly ancestorsUntil: (node: Node, isEnough: (ancestor: Node) => boolean) => readonly Node[];
  /** Whether one is a strict ancestor of the other: two comparisons, however far apart they are. */
  readonly isAbove: (above: Node, below: Node) => boolean;
  /** The strict descendants, parents before children. */
  readonly descendants: (node: Node) => readonly Node[];
  /** Those just below, in the order in which they were given. */
  readonly children: (node: Node) => readonly Node[];
};

/** Somebody would stand above themselves: such a policy admits nothing (SH-20, SH-25). */
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
  const nodes = [...parents.keys()];
  const places = new Map<Node, number>();
  for (const [place, node] of nodes.entries()) places.set(node, place);
  const above = new Int32Array(nodes.length).fill(NONE);
  for (const [node, parent] of parents) {
    if (parent !== null) above[places.get(node) ?? 0] = places.get(parent) ?? NONE;
  }
  return forestOf(nodes, above, (node) => places.get(node));
}

/**
 * The same from places that are known already.
 *
 * @param nodes by place; a place without a node is a root with nothing under it.
 * @param above for each place that of its parent, or `NONE`.
 * @throws {CycleError} when a node is its own ancestor.
 */
export function forestOf<Node extends string>(
  nodes: readonly (Node | undefined)[],
  above: Int32Array,
  placeOf: (node: Node) => number | undefined,
): Forest<Node> {
  const { order, start, end } = walkDown(above);
  if (order.length < nodes.length) throw new CycleError(cycleIn(nodes, above));
  const parentOf = (place: number | undefined): number =>
    place === undefined ? NONE : (above[place] ?? NONE);
  const ancestorsUntil = (node: Node, isEnough: (ancestor: Node) => boolean): readonly Node[] => {
    const path: Node[] = [];
    for (let at = parentOf(placeOf(node)); at !== NONE; at = parentOf(at)) {
      const ancestor = nodes[at] as Node;
      if (isEnough(ancestor)) break;
      path.push(ancestor);
    }
    return path;
  };
  return {
    ancestorsUntil,
    ancestors: (node) => ancestorsUntil(node, () => false),
    isAbove(above, below) {
      const [high, low] = [placeOf(above), placeOf(below)];
      if (high === undefined || low === undefined) return false;
      const at = start[low] ?? 0;
      return at > (start[high] ?? 0) && at < (end[high] ?? 0);
    },
    descendants(node) {
      const place = placeOf(node);
      if (place === undefined) return [];
      return Array.from(order.subarray((start[place] ?? 0) + 1, end[place]), (at) => nodes[at] as Node);
    },
    children(node) {
      const place = placeOf(node);
      if (place === undefined) return [];
      const found: Node[] = [];
      // What is under a child is one run, and the next child comes after it.
      for (let at = (start[place] ?? 0) + 1; at < (end[place] ?? 0); ) {
        const child = order[at] ?? NONE;
        found.push(nodes[child] as Node);
        at = end[child] ?? 0;
      }
      return found;
    },
  };
}

function cycleIn<Node extends string>(
  nodes: readonly (Node | undefined)[],
  above: Int32Array,
): readonly Node[] {
  const parents = new Map<Node, Node | null>();
  for (const [place, node] of nodes.entries())
    if (node !== undefined) parents.set(node, nodes[above[place] ?? NONE] ?? null);
  return findCycle(parents) ?? [];
}

/** The place of no parent. */
export const NONE = -1;

type Walk = {
  /** The places, each before what is under it; what no root is above is missing. */
  readonly order: Int32Array;
  /** Where each place stands in the order, and where what is under it ends: every subtree is one run. */
  readonly start: Int32Array;
  readonly end: Int32Array;
};

/** Walks from the roots down, depth first. Numbers alone, since there may be a hundred thousand people. */
function walkDown(above: Int32Array): Walk {
  const count = above.length;
  // For each place its first child and its next sibling, in the order in which they were given.
  const firstChild = new Int32Array(count).fill(NONE);
  const nextSibling = new Int32Array(count).fill(NONE);
  let firstRoot = NONE;
  for (let place = count - 1; place >= 0; place -= 1) {
    const parent = above[place] ?? NONE;
    nextSibling[place] = parent === NONE ? firstRoot : (firstChild[parent] ?? NONE);
    if (parent === NONE) firstRoot = place;
    else firstChild[parent] = place;
  }

  const order = new Int32Array(count);
  const start = new Int32Array(count);
  const end = new Int32Array(count);
  let length = 0;
  let at = firstRoot;
  while (at !== NONE) {
    start[at] = length;
    order[length] = at;
    length += 1;
    let next = firstChild[at] ?? NONE;
    // Nothing under it: up again to the nearest that has a sibling to come.
    for (let done = at; next === NONE && done !== NONE; done = above[done] ?? NONE) {
      end[done] = length;
      next = nextSibling[done] ?? NONE;
    }
    at = next;
  }
  return { order: order.subarray(0, length), start, end };
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
