import { isNode, type Node, nodeOf, spelled, walk } from "./facts.ts";

/** Whatever these make keeps what it was given. */
const KEEPERS = new Set(["LRUCache", "WeakMap", "DataLoader", "RateLimiterMemory", "createRemoteJWKSet"]);

/** What opens or creates something for others makes it to last. */
const LASTS = /^(open|create)/;

/**
 * The caches that a file makes, as the table of caches spells them: everything of the keepers, and an empty `Map` that
 * is filled while the process runs: at the top of a file, at the top of an `open…` or `create…`, or called `memo`.
 */
export function cachesIn(path: string, source: string): readonly string[] {
  const program = nodeOf(path, source);
  const made = mapsAmong(program["body"]);
  walk(program, (node) => {
    if (node.type === "NewExpression" || node.type === "CallExpression") {
      const name = spelled(node["callee"]);
      if (KEEPERS.has(name)) made.push(node.type === "NewExpression" ? `new ${name}` : name);
    }
    if (node.type === "FunctionDeclaration" && LASTS.test(spelled(node["id"])) && isNode(node["body"]))
      made.push(...mapsAmong(node["body"]["body"]));
    const isMemo = spelled(node["key"] ?? node["id"]) === "memo";
    if (isMemo && isEmptyMap(node["value"] ?? node["init"])) made.push("memo");
  });
  return [...new Set(made)].map((how) => `${path}: ${how}`);
}

/** An empty `Map` among the variables that these statements declare. */
function mapsAmong(statements: unknown): string[] {
  const declared = (statements as readonly Node[])
    .map((each) =>
      each.type === "ExportNamedDeclaration" && isNode(each["declaration"]) ? each["declaration"] : each,
    )
    .filter(({ type }) => type === "VariableDeclaration")
    .flatMap((each) => each["declarations"] as readonly Node[]);
  return declared.some(({ init }) => isEmptyMap(init)) ? ["new Map"] : [];
}

function isEmptyMap(node: unknown): boolean {
  return (
    isNode(node) &&
    node.type === "NewExpression" &&
    spelled(node["callee"]) === "Map" &&
    (node["arguments"] as readonly unknown[]).length === 0
  );
}
