import { isNode, type Node, nodeOf, walk } from "./facts.ts";

/** Reads one row, or a bounded number of them, each with one other: nothing whose number follows the data. */
const MAY_INCLUDE = ["file/sections/support.ts", "store/directory/accounts.ts"];

/** Where lists of one statement are made. */
const PARTS = "database/parts.ts";

/**
 * Where a source gives a statement of the tables' client a list that nobody has bounded, a sentence each: an `in` or
 * `notIn` that is not made by `oneOf`, rows for `createMany` that are no part, a relation that is read with its rows,
 * by `include` or `select` (the client asks for it with an `in` of all of them).
 */
export function unboundedLists(path: string, source: string): readonly string[] {
  if (path === PARTS) return [];
  const found: string[] = [];
  walk(nodeOf(path, source), (node) => {
    if (node.type === "Property") found.push(...ofProperty(path, node));
    if (node.type === "CallExpression") found.push(...ofCall(node));
  });
  return found.map((what) => `${path}: ${what}`);
}

function ofProperty(path: string, node: Node): readonly string[] {
  const value = node["value"];
  switch (nameOf(node["key"])) {
    case "in":
    case "notIn":
      return [`\`${nameOf(node["key"])}\` without oneOf`];
    case "include":
      return MAY_INCLUDE.includes(path) || !isNode(value) || value.type !== "ObjectExpression"
        ? []
        : ["a relation is included"];
    case "select":
      return propertiesOf(value).some((each) => propertiesOf(each["value"]).length > 0)
        ? ["a relation is selected"]
        : [];
    case "OR":
      return isNode(value) && (value.type === "ArrayExpression" || isCallOf(value, "rowsOf"))
        ? []
        : ["`OR` of a list that is no part"];
    default:
      return [];
  }
}

function ofCall(node: Node): readonly string[] {
  const callee = node["callee"];
  if (!isNode(callee) || nameOf(callee["property"]) !== "createMany") return [];
  const [argument] = node["arguments"] as readonly unknown[];
  const data = propertiesOf(argument).find((each) => nameOf(each["key"]) === "data")?.["value"];
  return isNode(data) && isCallOf(data, "rowsOf") ? [] : ["rows for createMany that are no part"];
}

function propertiesOf(node: unknown): readonly Node[] {
  return isNode(node) && node.type === "ObjectExpression" ? (node["properties"] as readonly Node[]) : [];
}

function isCallOf(node: Node, name: string): boolean {
  return node.type === "CallExpression" && nameOf(node["callee"]) === name;
}

function nameOf(node: unknown): unknown {
  return isNode(node) ? (node["name"] ?? node["value"]) : undefined;
}
