import { IN_ORDER } from "./sections/index.ts";
import type { OrganizationFile } from "./sections/section.ts";

/**
 * The file as canonical YAML: defaults omitted, maps by key in code point order, modules, fields, options and members in
 * their own order. Reading it gives the same file, and printing that the same bytes (BU-02).
 */
export function printOrganizationFile(file: OrganizationFile): string {
  return [...organizationFileLines(file)].map((line) => `${line}\n`).join("");
}

/** The lines of `printOrganizationFile`, one at a time: records need not be in memory as text together (BU-06). */
export function* organizationFileLines(file: OrganizationFile): Iterable<string> {
  yield "sightline: 1";
  for (const section of IN_ORDER) yield* section.print(file);
}
