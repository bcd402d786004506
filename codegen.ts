import { globSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { codegen } from "@graphql-codegen/core";
import * as documents from "@graphql-codegen/typed-document-node";
import * as operations from "@graphql-codegen/typescript-operations";
import { type GraphQLSchema, isEnumType, parse } from "graphql";

const SCHEMA = join(import.meta.dirname, "src/graphql/schema.graphql");
const OPERATIONS = join(import.meta.dirname, "src/client/operations");
/** What the client is written to. */
export const CLIENT_FILE = join(import.meta.dirname, "src/client/generated/graphql.ts");

const CONFIG = {
  // The document stays text: a client needs neither `graphql` nor a parser.
  documentMode: "string",
  enumType: "string-literal",
  useTypeImports: true,
  immutableTypes: true,
  skipTypename: true,
  // A scalar that nobody named here is a mistake, not `any`.
  strictScalars: true,
  scalars: { ID: "string", DateTime: "string", Date: "string", JSON: "unknown" },
};

/** Its codes are in no operation, yet every client meets them (AP-04). */
const errorCodes = {
  plugin: (schema: GraphQLSchema) => {
    const type = schema.getType("ErrorCode");
    if (!isEnumType(type)) throw new Error("The schema has no enum ErrorCode (AP-04)");
    const codes = type.getValues().map(({ name }) => `  ${JSON.stringify(name)},\n`);
    return [
      `/** ${type.description} */`,
      `export const ERROR_CODES = [\n${codes.join("")}] as const;`,
      "/** One of `ERROR_CODES`. */",
      "export type ErrorCode = (typeof ERROR_CODES)[number];\n",
    ].join("\n");
  },
};

/**
 * The types and documents of the client in `src/client` (AP-32): from the SDL, and from the operations that the client
 * knows.
 *
 * @returns the text of one file.
 * @throws what is wrong with an operation: each is validated against the SDL.
 */
export async function typedClient(): Promise<string> {
  const files = globSync("*.graphql", { cwd: OPERATIONS }).sort();
  const text = await codegen({
    filename: basename(CLIENT_FILE),
    schema: parse(await readFile(SCHEMA, "utf8")),
    documents: await Promise.all(
      files.map(async (location) => ({
        location,
        document: parse(await readFile(join(OPERATIONS, location), "utf8")),
      })),
    ),
    plugins: [{ errorCodes: {} }, { operations: {} }, { documents: {} }],
    pluginMap: { errorCodes, operations, documents },
    config: CONFIG,
  });
  return `// Written by \`npm run codegen\`: change the operations, not this.\n${text.trimEnd()}\n`;
}

if (import.meta.main) {
  await mkdir(dirname(CLIENT_FILE), { recursive: true });
  await writeFile(CLIENT_FILE, await typedClient());
}
