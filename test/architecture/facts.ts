import { parseSync } from "vite";

/** One import of a file, whatever its spelling: static, `export … from`, dynamic, or in a type. */
export type Import = { readonly from: string; readonly isType: boolean };

/** What a file does that the house has rules about. */
export type Facts = {
  readonly imports: readonly Import[];
  /** Spellings that are allowed in a few places or nowhere, such as `process.env` and `enum`. */
  readonly spellings: ReadonlySet<Spelling>;
  /** Every text that climbs (`../…`), as it begins: the places that a file may read relative to its own. */
  readonly climbs: readonly string[];
};

export const SPELLINGS = [
  "process.env",
  "Date.now",
  "new Date()",
  "performance.now",
  "Math.random",
  "raw SQL",
  "accessibleBy",
  "default export",
  "enum",
  "namespace",
  "unreadable import",
  "numbered sentence",
] as const;
export type Spelling = (typeof SPELLINGS)[number];

/** The number of a requirement, or of a line that support access denies. */
const REQUIREMENT = /\b(?:(?:AP|BU|CA|EN|SA|SH|TU|UA)-\d+[a-z]?|D(?:0[1-9]|[12]\d|3[0-2]))\b/;

/** Whether a text for people carries the number of a requirement; a text that is the number alone is for programs. */
export function isNumbered(text: string): boolean {
  return REQUIREMENT.test(text) && text.replace(REQUIREMENT, "") !== "";
}

export type Node = { readonly type: string } & Readonly<Record<string, unknown>>;

/** Reads a source as a parser does, so that text and comments do not count. @throws when it is no TypeScript. */
export function factsOf(path: string, source: string): Facts {
  const imports: Import[] = [];
  const spellings = new Set<Spelling>();
  const climbs: string[] = [];
  walk(nodeOf(path, source), (node) => {
    imports.push(...importsOf(node));
    for (const spelling of spellingsOf(node)) spellings.add(spelling);
    climbs.push(...[textIn(node)].filter((text) => /^\.\.(\/|$)/.test(text)));
  });
  return { imports, spellings, climbs };
}

/** The tree of a source. @throws when it is no TypeScript. */
export function nodeOf(path: string, source: string): Node {
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path}: ${errors.map(({ message }) => message).join("; ")}`);
  return program as unknown as Node;
}

export function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child, visit);
  }
}

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

function importsOf(node: Node): readonly Import[] {
  switch (node.type) {
    case "ImportDeclaration":
      return named(node, "importKind", "specifiers");
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration":
      return named(node, "exportKind", "specifiers");
    case "ImportExpression":
      return named(node, "", "");
    case "TSImportType":
      return named(node, "", "").map(({ from }) => ({ from, isType: true }));
    case "TSExternalModuleReference":
      return textOf(node["expression"]).map((from) => ({ from, isType: false }));
    case "CallExpression":
      return spelled(node["callee"]) === "require"
        ? textOf((node["arguments"] as unknown[])[0]).map((from) => ({ from, isType: false }))
        : [];
    default:
      return [];
  }
}

/** With `import { type A }` the names are types, yet the file is run: only when all are is the import a type's. */
function named(node: Node, kind: string, names: string): readonly Import[] {
  const specifiers = (node[names] ?? []) as readonly Node[];
  const isType =
    node[kind] === "type" || (specifiers.length > 0 && specifiers.every((one) => one[kind] === "type"));
  return textOf(node["source"]).map((from) => ({ from, isType }));
}

function textOf(node: unknown): readonly string[] {
  return isNode(node) && typeof node["value"] === "string" ? [node["value"]] : [];
}

const BY_NODE: Readonly<Record<string, Spelling>> = {
  TSEnumDeclaration: "enum",
  ExportDefaultDeclaration: "default export",
};
const BY_MEMBER: Readonly<Record<string, Spelling>> = {
  "process.env": "process.env",
  "globalThis.process": "process.env",
  "import.meta.env": "process.env",
  "Date.now": "Date.now",
  "performance.now": "performance.now",
  "Math.random": "Math.random",
  "crypto.randomUUID": "Math.random",
  "crypto.getRandomValues": "Math.random",
};

function spellingsOf(node: Node): readonly Spelling[] {
  const found: (Spelling | undefined)[] = [BY_NODE[node.type]];
  if (node.type === "MemberExpression") found.push(BY_MEMBER[spelled(node)]);
  if (node.type === "VariableDeclarator") found.push(destructured(node));
  if (node.type === "NewExpression" && spelled(node["callee"]) === "Date" && isEmpty(node["arguments"])) {
    found.push("new Date()");
  }
  if (node.type === "TSModuleDeclaration" && isNode(node["id"]) && node["id"].type === "Identifier") {
    found.push("namespace");
  }
  if (node.type === "ExportSpecifier" && nameOf(node["exported"]) === "default") found.push("default export");
  if (node.type === "Identifier" || node.type === "Literal") found.push(byName(nameOf(node)));
  if (node.type === "ImportDeclaration" && /^(node:)?process$/.test(textOf(node["source"])[0] ?? "")) {
    found.push("process.env");
  }
  if (node.type === "ImportExpression" && textOf(node["source"]).length === 0)
    found.push("unreadable import");
  if (isNumbered(textIn(node))) found.push("numbered sentence");
  return found.filter((spelling) => spelling !== undefined);
}

function byName(name: string | undefined): Spelling | undefined {
  if (name === undefined) return undefined;
  if (/^\$(query|execute)Raw/.test(name)) return "raw SQL";
  return name === "accessibleBy" ? "accessibleBy" : undefined;
}

/** `const { env } = process` is `process.env` in another dress. */
function destructured(node: Node): Spelling | undefined {
  const { id, init } = node;
  if (!isNode(id) || id.type !== "ObjectPattern") return undefined;
  const keys = (id["properties"] as readonly Node[]).map((property) => nameOf(property["key"]));
  return keys.map((key) => BY_MEMBER[`${spelled(init)}.${key}`]).find((spelling) => spelling !== undefined);
}

/** `a.b`, `a["b"]` and `a?.b` as `a.b`; empty for what is not made of names. */
export function spelled(node: unknown): string {
  if (!isNode(node)) return "";
  if (node.type === "MetaProperty") return "import.meta";
  if (node.type !== "MemberExpression") return nameOf(node) ?? "";
  return `${spelled(node["object"])}.${nameOf(node["property"]) ?? ""}`;
}

/** The text of a literal, or the fixed beginning of a template. */
function textIn(node: Node): string {
  if (node.type === "Literal" && typeof node["value"] === "string") return node["value"];
  if (node.type !== "TemplateElement") return "";
  return (node["value"] as { readonly cooked: string | null }).cooked ?? "";
}

function nameOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  const name = node["name"] ?? node["value"];
  return typeof name === "string" ? name : undefined;
}

function isEmpty(list: unknown): boolean {
  return Array.isArray(list) && list.length === 0;
}
