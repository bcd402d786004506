import { expect, test } from "vitest";
import { describeOnBoth } from "../database.ts";
import { ADDITIONS } from "./additions.ts";
import { ORGANIZATION } from "./edits.ts";
import { actionsOf, apply, toldWhole } from "./telling.ts";
import { RAY, whole } from "./whole.ts";

describeOnBoth("SA-24 everything that comes and goes with a file", (open) => {
  test.each(ADDITIONS)(
    "SA-24 %s is told when it comes and when it goes, with all that is known of it",
    async (_, add, added, removed) => {
      const { database } = await open();
      const file = whole();
      await apply(database, file);
      add(file);
      expect(actionsOf(await toldWhole(database, file))).toEqual([...added, ...ORGANIZATION].sort());
      expect(actionsOf(await toldWhole(database, whole(), true))).toEqual(
        [...removed, ...ORGANIZATION].sort(),
      );
    },
  );

  test("SA-24 a new organisation is told with seats, language and the longest support access", async () => {
    const { database } = await open();
    const events = await apply(database, whole());
    expect(events.at(-1)).toMatchObject({
      action: "APPLY_ORGANIZATION_FILE",
      after: { name: "Acme", regular: 9, team: 2, language: "EN", longestSupportDays: 60 },
    });
  });

  test("SA-24 support access that a file ends is told", async () => {
    const { database } = await open();
    await apply(database, whole());
    const file = whole();
    delete file.supportAccess;
    expect(actionsOf(await toldWhole(database, file, true))).toEqual(
      [...ORGANIZATION, "REVOKE_SUPPORT_ACCESS"].sort(),
    );
  });

  test("SA-24 what is taken out of the suite is told, and of whom it was taken", async () => {
    const { database } = await open();
    const file = whole();
    file.users[RAY].applications.WIKI = { values: { space: "Docs" } };
    await apply(database, file);
    delete file.applications;
    delete file.users[RAY].applications.WIKI;
    const events = await apply(database, file, true);
    expect(events.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["DELETE_APPLICATION", "UNASSIGN_APPLICATION"]),
    );
  });
});
