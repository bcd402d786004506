import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { describeOnBoth } from "../database.ts";
import { columnsOfSchema, OTHERS, TABLES } from "./columns.ts";
import { EDITS, NO_CHANGE, ORGANIZATION } from "./edits.ts";
import { apply, toldWhole } from "./telling.ts";
import { whole } from "./whole.ts";

describeOnBoth("SA-24 everything that a file can say", (open) => {
  test.each(EDITS)(
    "SA-24 %s: a change of it is told, before and after, and nothing else is",
    async (_, edit, actions) => {
      const { database } = await open();
      await apply(database, whole());
      const after = whole();
      edit(after);
      const events = await toldWhole(database, after);
      expect(events.map(({ action }) => action).sort()).toEqual(
        [...new Set([...actions, ...ORGANIZATION])].sort(),
      );
      for (const event of events) expect(event.before, event.action).not.toEqual(event.after);
    },
  );
});

test("SA-24 each place of the file has its edit: one that is forgotten fails here", () => {
  const covered = new Set([...EDITS.map(([path]) => path), ...NO_CHANGE]);
  const missing = placesOfFile().filter(
    (place) =>
      ![...covered].some(
        (each) => place === each || place.startsWith(`${each}.`) || place.startsWith(`${each}[`),
      ),
  );
  expect(missing).toEqual([]);
});

test("SA-24 each column of a table that an import writes is told, or says why not: one that is forgotten fails here", () => {
  const known = Object.entries(TABLES).map(([name, { told, untold }]): [string, readonly string[]] => [
    name,
    [...Object.keys(told), ...untold],
  ]);
  const schema = columnsOfSchema();
  expect([...known.map(([name]) => name), ...OTHERS].sort()).toEqual([...schema.keys()].sort());
  for (const [name, columns] of known)
    expect([...columns].sort(), name).toEqual([...schema.get(name)!].sort());
});

type Schema = {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
};

/** Every place of an organisation file, by its schema: `*` is any key, `[]` any item. */
function placesOfFile(): readonly string[] {
  const url = new URL("../../src/file/organization-file.schema.json", import.meta.url);
  const places = new Set<string>();
  const walk = (schema: Schema, place: string): void => {
    for (const each of schema.anyOf ?? []) walk(each, place);
    // Those that come with the organisation are kept like others.
    const named = Object.entries(schema.properties ?? {}).map(
      ([key, below]) => [BUILT_IN.has(`${place}.${key}`) ? "*" : key, below] as const,
    );
    const any =
      typeof schema.additionalProperties === "object" ? [["*", schema.additionalProperties] as const] : [];
    for (const [key, below] of [...named, ...any]) walk(below, place === "" ? key : `${place}.${key}`);
    if (schema.items !== undefined) walk(schema.items, `${place}[]`);
    if (named.length + any.length === 0 && schema.items === undefined && schema.anyOf === undefined)
      places.add(place);
  };
  walk(JSON.parse(readFileSync(url, "utf8")) as Schema, "");
  return [...places];
}

const BUILT_IN: ReadonlySet<string> = new Set([
  ...["profiles.administrator", "profiles.standard", "profiles.team-user", "modules.forecasts"],
]);
