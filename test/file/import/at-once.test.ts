import { expect, test } from "vitest";
import { applyOrganizationFile } from "../../../src/file/apply.ts";
import { describeOnBoth, openTestStore } from "../../database.ts";
import { ACME, NOW } from "../../graphql/world.ts";

describeOnBoth("a file that is applied twice at the same moment", (open) => {
  test("BU-01 of a new organisation: one makes it, the other finds it as it is", async () => {
    for (let time = 0; time < 5; time += 1) {
      const { url, database } = await open();
      const elsewhere = await openTestStore(url);
      try {
        const file = { text: ACME, name: "acme.yaml" };
        const ended = await Promise.all(
          [database, elsewhere].map((each) => applyOrganizationFile(each, file, null, { now: NOW })),
        );
        expect(ended.map(({ isChanged }) => isChanged).sort()).toEqual([false, true]);
        expect(ended[0]?.orgId).toBe(ended[1]?.orgId);
        expect(await database.reader.organization.count()).toBe(1);
        const { reader } = database;
        expect(await reader.auditEvent.count({ where: { action: "APPLY_ORGANIZATION_FILE" } })).toBe(1);
        expect(await reader.auditEvent.count({ where: { action: "CREATE_ROLE" } })).toBe(
          await reader.role.count(),
        );
      } finally {
        await elsewhere.close();
      }
    }
  });
});
