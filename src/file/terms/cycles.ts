/**
 * The cycles of a graph, each once, as the keys in order: the last points to the first. Depth is no limit.
 *
 * @param edges where a key points; targets that are no keys are ignored.
 */
export function cyclesOf(keys: Iterable<string>, edges: (key: string) => readonly string[]): string[][] {
  const known = new Set(keys);
  const done = new Set<string>();
  const cycles: string[][] = [];
  for (const root of known) {
    const path: string[] = [];
    const onPath = new Set<string>();
    const pending: Iterator<string>[] = [];
    const enter = (key: string) => {
      path.push(key);
      onPath.add(key);
      pending.push(edges(key)[Symbol.iterator]());
    };
    if (!done.has(root)) enter(root);
    for (let top = pending.at(-1); top !== undefined; top = pending.at(-1)) {
      const { value: next, done: isDry } = top.next();
      if (isDry === true) {
        pending.pop();
        const left = path.pop() ?? root;
        onPath.delete(left);
        done.add(left);
      } else if (onPath.has(next)) {
        cycles.push(path.slice(path.indexOf(next)));
      } else if (known.has(next) && !done.has(next)) {
        enter(next);
      }
    }
  }
  return cycles;
}

const MOST_SHOWN = 12;

/** `a → b → a`; of a long cycle, how it begins and ends. */
export function cycleText(cycle: readonly string[]): string {
  const between = cycle.length > MOST_SHOWN ? [`… ${cycle.length - MOST_SHOWN} more …`] : [];
  return [...cycle.slice(0, MOST_SHOWN), ...between, cycle[0]].join(" → ");
}
