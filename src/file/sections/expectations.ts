import { z } from "zod";
import type { Action } from "../../policy/model/org.ts";
import type { Faults } from "../reading/faults.ts";
import type { DocumentPath } from "../reading/node.ts";
import { type Item, isWritten, type Reading, readList, readValue } from "../terms/entries.ts";
import { entry, list, type Printed, printedInstant, unlessEmpty } from "../terms/lines.ts";
import { hasModule, hasUser, isAgentOf, isRecord, noRecord } from "../terms/references.ts";
import { capability, closed, email, instant, key, orNull, unique } from "../terms/shape.ts";
import type { Draft, Section } from "./section.ts";

/** The keys of `expect.access` rows that name an action. */
const ACTION_KEYS = [
  ["READ", "read"],
  ["UPDATE", "update"],
  ["DELETE", "delete"],
  ["SHARE", "share"],
  ["CHANGE_OWNER", "changeOwner"],
] as const satisfies readonly (readonly [Action, string])[];

const recordsTo = (verb: string) =>
  unique(key).optional().describe(`Exactly the records that the user may ${verb}.`);
const expectedAccess = closed({
  user: email.describe("One of `users`, or the agent."),
  module: key.describe("One of `modules`."),
  read: recordsTo("read"),
  update: recordsTo("update"),
  delete: recordsTo("delete"),
  share: recordsTo("share"),
  changeOwner: recordsTo("hand over"),
}).transform(({ user, module, ...written }) => ({
  user,
  module,
  /** Per action named, exactly the keys of the module's records that the user may do it with. */
  records: new Map(
    ACTION_KEYS.flatMap(([action, name]): [Action, string[]][] => {
      const keys = written[name];
      return keys === undefined ? [] : [[action, keys]];
    }),
  ),
}));

const expectedCapabilities = closed({
  user: email.describe("One of `users`, or the agent."),
  allowed: unique(capability).default([]).describe("Capabilities that the user has."),
  denied: unique(capability).default([]).describe("Capabilities that the user has not."),
});

const shape = closed({
  at: orNull(instant).describe("At which instant it is asked; now unless said."),
  access: z
    .array(expectedAccess)
    .default([])
    .describe("Who reaches what. The sets are exact: what is not listed must be refused."),
  capabilities: z.array(expectedCapabilities).default([]).describe("Who may do what at all."),
});

/** The block with its rows unread: they are read one by one. */
const outerShape = closed({
  at: orNull(instant),
  access: z.unknown().optional(),
  capabilities: z.unknown().optional(),
});

export type ExpectedAccess = z.output<typeof expectedAccess>;
export type ExpectedCapabilities = z.output<typeof expectedCapabilities>;
export type FileExpectations = z.output<typeof shape>;
export type DraftExpectations = Pick<FileExpectations, "at"> & {
  readonly access: readonly Item<ExpectedAccess>[];
  readonly capabilities: readonly Item<ExpectedCapabilities>[];
};

export const expect: Section<"expect"> = {
  shapes: {
    expect: shape
      .optional()
      .describe(
        "Who must reach what; asked by `sightline test`, and by `apply` before the file is in force.",
      ),
  },
  read,
  check,
  complete: ({ expect }) =>
    expect && {
      at: expect.at,
      access: expect.access.map(({ entry }) => entry),
      capabilities: expect.capabilities.map(({ entry }) => entry),
    },
  print,
  rows: {},
  export: () => null,
};

function read(reading: Reading): DraftExpectations | null {
  if (!isWritten(reading, "expect")) return null;
  const outer = readValue(reading, ["expect"], outerShape, reading.source.read("expect"));
  if (outer === null) return null;
  const { at, access = [], capabilities = [] } = outer;
  return {
    at,
    access: readList(reading, ["expect", "access"], expectedAccess, access),
    capabilities: readList(reading, ["expect", "capabilities"], expectedCapabilities, capabilities),
  };
}

/** Expectations are about users (or the agent), modules and records of the file, and say something. */
function check(draft: Draft, faults: Faults): void {
  for (const { index, entry } of draft.expect?.access ?? []) {
    const path = ["expect", "access", index];
    hasSubject(draft, faults, [...path, "user"], entry.user);
    if (!hasModule(draft, faults, [...path, "module"], entry.module)) continue;
    if (entry.records.size === 0)
      faults.add(path, {
        message: "the row names no action",
        expected: `at least one of ${ACTION_KEYS.map(([, name]) => name).join(", ")}`,
      });
    for (const [action, name] of ACTION_KEYS) {
      for (const [at, key] of (entry.records.get(action) ?? []).entries()) {
        if (!isRecord(draft, entry.module, key))
          faults.add([...path, name, at], noRecord(draft, entry.module, key));
      }
    }
  }
  for (const { index, entry } of draft.expect?.capabilities ?? []) {
    const path = ["expect", "capabilities", index];
    hasSubject(draft, faults, [...path, "user"], entry.user);
    for (const [at, capability] of entry.denied.entries()) {
      if (!entry.allowed.includes(capability)) continue;
      faults.add([...path, "denied", at], {
        message: `${capability} is expected to be allowed too`,
        expected: "either allowed or denied",
      });
    }
  }
}

function hasSubject(draft: Draft, faults: Faults, path: DocumentPath, email: string): void {
  if (!isAgentOf(draft, email)) hasUser(draft, faults, path, email);
}

function* print({ expect }: { readonly expect: FileExpectations | null }): Iterable<string> {
  if (expect === null) return;
  const { at, access, capabilities } = expect;
  if (at === null && access.length === 0 && capabilities.length === 0) {
    yield entry(0, "expect", {});
    return;
  }
  yield "expect:";
  const instant = printedInstant(at);
  if (instant !== undefined) yield entry(1, "at", instant);
  if (access.length > 0) yield* list(1, "access", access.map(printedAccess));
  if (capabilities.length > 0) {
    yield* list(
      1,
      "capabilities",
      capabilities.map(({ user, allowed, denied }) => ({
        user,
        allowed: unlessEmpty(allowed),
        denied: unlessEmpty(denied),
      })),
    );
  }
}

function printedAccess({ user, module, records }: ExpectedAccess): Printed {
  const lists = ACTION_KEYS.map(([action, name]) => [name, records.get(action)] as const);
  return { user, module, ...Object.fromEntries(lists) };
}
