import { expect } from "vitest";
import type { Database } from "../../src/database/database.ts";
import { applyOrganizationFile } from "../../src/file/apply.ts";
import { rowsOfFile, type Wanted, wantedOf } from "./columns.ts";
import type { Written } from "./whole.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");

/** Applies the file, and expects of every column that became another that an event tells it, before and after. */
export async function toldWhole(database: Database, file: Written, prune = false) {
  const before = await rowsOfFile(database);
  const events = await apply(database, file, prune);
  const isTold = ({ ways }: Wanted) =>
    events.some((event) =>
      ways.some(
        ({ type, id, member }) =>
          event.targetType === type &&
          event.targetId === id &&
          memberOf(event.before, member) !== memberOf(event.after, member),
      ),
    );
  const untold = wantedOf(before, await rowsOfFile(database)).filter((wanted) => !isTold(wanted));
  expect(untold).toEqual([]);
  return events;
}

function memberOf(facts: unknown, member: string): string {
  return JSON.stringify(Object(facts)[member] ?? null);
}

/** The kinds of events, in the order of their names. */
export function actionsOf(events: readonly { readonly action: string }[]): readonly string[] {
  return events.map(({ action }) => action).sort();
}

/** Applies the file. @returns the events that it left. */
export async function apply(database: Database, file: Written, prune = false) {
  const before = (await database.reader.auditHead.findFirst())?.sequence ?? 0;
  const text = JSON.stringify(file);
  await applyOrganizationFile(database, { text, name: "acme.yaml" }, null, {
    ...{ now: NOW, prune, confirmDeletions: prune },
  });
  return database.reader.auditEvent.findMany({
    where: { sequence: { gt: before } },
    orderBy: { sequence: "asc" },
  });
}
