// biome-ignore-all lint/suspicious/noTemplateCurlyInString: sources are quoted here

import { type Fault, onDatabases } from "./fault.ts";

/** In what a file says, how it is applied, and in what becomes of many and of deep things. */
export const FILE_FAULTS: readonly Fault[] = [
  // What is read
  {
    name: "what is no UTF-8 is read as something else",
    file: "file/reading/decode.ts",
    find: "if (wrong !== null) {",
    replace: "if (wrong !== null && name === bytes.toString()) {",
    tests: ["file/reading/decode.test.ts"],
  },
  {
    name: "a piece of any length becomes a tree",
    file: "file/reading/long-scalars.ts",
    find: "if (token.length > LONGEST) {",
    replace: "if (token.length > LONGEST ** 2) {",
    tests: ["file/reading/decode.test.ts"],
  },
  {
    name: "a word of a file that is nearly one comes without it",
    file: "file/reading/issues.ts",
    find: 'words.filter((word) => typeof word === "string")',
    replace: 'words.filter((word) => typeof word === "number").map(String)',
    tests: ["file/faults.test.ts"],
  },
  {
    name: "an option that is nearly one comes without it",
    file: "policy/criteria/field-value.ts",
    find: "{ near: [stranger, field.options] }",
    replace: "{}",
    tests: ["file/faults.test.ts"],
  },
  {
    name: "a bracket that is not closed is told where the reading failed",
    file: "file/reading/text-faults.ts",
    find: "const alone = errors.length === 0 ? null : loneMark(text);",
    replace: "const alone = errors.length >= 0 ? null : loneMark(text);",
    tests: ["file/reading/text-faults.test.ts"],
  },
  {
    name: "what follows from a broken text is told too",
    file: "file/reading/text-faults.ts",
    find: "if (!LOCAL.has(error.code)) return faults;",
    replace: "",
    tests: ["file/reading/text-faults.test.ts"],
  },
  {
    name: "a misspelt folder is made",
    file: "database/sqlite-connection.ts",
    find: "if (url === TABLE.database.preset) await",
    replace: "if (url !== TABLE.database.preset) await",
    tests: ["cli/reasons.test.ts"],
  },

  // What is expected
  {
    name: "an import is in force though its file expects something else",
    file: "file/prove-import.ts",
    find: "if (conflicts.length > 0) throw",
    replace: "if (conflicts.length > outcomes.length) throw",
    ...onDatabases(["file/prove-import.test.ts"], "BU-01 a record too few"),
  },
  {
    name: "an instant that is past is asked with the matches of now",
    file: "file/prove-import.ts",
    find: "await deriveModules(run, ids, at);",
    replace: "",
    ...onDatabases(["file/prove-import.test.ts"], "an instant that is past"),
  },
  {
    name: "matches that were made for the asking stay",
    file: "file/prove-import.ts",
    find: "await deriveModules(run, ids, now);",
    replace: "",
    ...onDatabases(["file/prove-import.test.ts"], "an instant that is past"),
  },

  // Many
  {
    name: "the people of an organisation are read in one list",
    file: "file/sections/groups.ts",
    find: "for (const part of inParts(missing)) await tx.group.deleteMany({ where: { orgId, id: oneOf(part) } });",
    replace: "await tx.group.deleteMany({ where: { orgId, id: { in: missing } } });",
    tests: ["architecture.test.ts"],
  },
  {
    name: "relations are read with their rows",
    file: "store/core/snapshot/snapshot.ts",
    find: "await tx.profile.findMany({ where: { orgId } })",
    replace: "await tx.profile.findMany({ where: { orgId }, include: { modules: true } })",
    tests: ["architecture.test.ts"],
  },
  {
    name: "what people have is not found when the file is applied again",
    file: "file/sections/users/rows.ts",
    find: "applications: applications.get(userId) ?? [],",
    replace: "applications: [],",
    ...onDatabases(["file/many.test.ts"], "BU-01"),
  },
  {
    name: "a module's records are deleted by one statement",
    file: "file/sections/modules/rows.ts",
    find: "for await (const rows of recordBatches(tx, { moduleId }, RECORDS)) {",
    replace:
      "await tx.record.deleteMany({ where: { orgId, moduleId } }); for (const rows of [[{ id: moduleId }]]) {",
    ...onDatabases(["file/import/prune.test.ts"], "BU-01"),
  },

  // States to be repaired
  {
    name: "roles that the file does not name stay in a circle",
    file: "file/sections/roles.ts",
    find: "if (!run.prune) refuseCircles(file, found);",
    replace: "",
    ...onDatabases(["file/import/repair.test.ts"], "roles in a circle that the file does not name"),
  },
  {
    name: "groups that the file does not name stay inside each other",
    file: "file/sections/groups.ts",
    find: "  if (!run.prune) {",
    replace: "  if (run.prune) {",
    ...onDatabases(["file/import/repair.test.ts"], "groups inside each other that the file does not name"),
  },
  {
    name: "who was deleted still reports in a circle",
    file: "file/sections/users/rows.ts",
    find: "data: { reportsToId: null } });",
    replace: "data: {} });",
    ...onDatabases(["file/import/repair.test.ts"], "people who report to each other and whom the file"),
  },
  {
    name: "support that is replaced stays closed",
    file: "file/sections/support.ts",
    find: "if (!isReplaced && (await",
    replace: "if ((await",
    ...onDatabases(["file/import/repair.test.ts"], "permissions, capabilities, denials"),
  },

  // Deep
  {
    name: "members of groups inside a group are left out",
    file: "policy/model/party.ts",
    find: "addMask(own.value.mask, inner.value.mask);",
    replace: "",
    tests: ["policy/model/deep.test.ts"],
  },
  {
    name: "the walk up ends at the first who is known, not below",
    file: "policy/model/tree.ts",
    find: "if (isEnough(ancestor)) break;",
    replace: "if (path.length > 0) break;",
    tests: ["policy/model/deep.test.ts"],
  },
  {
    name: "somebody is above themselves",
    file: "policy/model/tree.ts",
    find: "return at > (start[high] ?? 0)",
    replace: "return at >= (start[high] ?? 0)",
    tests: ["policy/model/deep.test.ts"],
  },
];
