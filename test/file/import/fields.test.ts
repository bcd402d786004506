import { beforeEach, expect, test } from "vitest";
import type { Database } from "../../../src/database/database.ts";
import { applyOrganizationFile } from "../../../src/file/apply.ts";
import { exportOrganization } from "../../../src/file/export.ts";
import { printOrganizationFile } from "../../../src/file/print.ts";
import { describeOnBoth } from "../../database.ts";

const NOW = Date.parse("2026-12-01T12:00:00Z");
const OTHERS = "size: { type: NUMBER }";
const RECORDS = `
records:
  accounts:
    acme: { owner: root@acme.test, name: Acme, values: { city: Bonn, size: 3 } }
    none: { owner: root@acme.test, name: None, values: { size: 4 } }
`;

/** An organisation whose accounts have a city of a shape. */
const fileOf = (fields: string, records = "") => `
sightline: 1
organization: { key: acme, name: Acme, timeZone: UTC, edition: ENTERPRISE, seats: { regular: 5, team: 0 }, superAdmin: root@acme.test }
roles: { ceo: { name: CEO } }
users: { root@acme.test: { name: Root, role: ceo, profile: administrator } }
modules:
  accounts: { label: Accounts, fields: { ${fields} } }
${records}`;

describeOnBoth("fields in a file", (open) => {
  let database: Database;
  const apply = (text: string, options: { prune?: boolean } = {}) =>
    applyOrganizationFile(database, { text, name: "acme.yaml" }, null, { now: NOW, ...options });
  const valuesOf = async (key: string) =>
    (await database.reader.record.findFirstOrThrow({ where: { key } })).values;

  beforeEach(async () => {
    ({ database } = await open());
  });

  test.each([
    ["another type", "city: { type: TEXT }", "city: { type: NUMBER }", { size: 3 }],
    [
      "an option less",
      "city: { type: PICKLIST, options: [Bonn, Ulm] }",
      "city: { type: PICKLIST, options: [Ulm] }",
      { size: 3 },
    ],
    [
      "an option more",
      "city: { type: PICKLIST, options: [Bonn] }",
      "city: { type: PICKLIST, options: [Ulm, Bonn] }",
      { city: "Bonn", size: 3 },
    ],
    ["a label", "city: { type: TEXT }", "city: { type: TEXT, label: Town }", { city: "Bonn", size: 3 }],
  ])("SH-32 a field with %s keeps the values that fit", async (_, before, after, expected) => {
    await apply(fileOf(`${before}, ${OTHERS}`, RECORDS));
    const { isChanged } = await apply(fileOf(`${after}, ${OTHERS}`));
    expect(isChanged).toBe(true);
    expect(await valuesOf("acme")).toEqual(expected);
    expect(await valuesOf("none")).toEqual({ size: 4 });
    expect((await apply(fileOf(`${after}, ${OTHERS}`))).isChanged).toBe(false);
  });

  test("BU-02 fields whose keys are numbers keep their order, there and back", async () => {
    const fields = ["b", "10", "2", "a", "1"];
    await apply(fileOf(fields.map((key) => `"${key}": { type: TEXT }`).join(", ")));
    const printed = async () => printOrganizationFile(await exportOrganization(database, "acme"));
    const text = await printed();
    expect(await apply(text)).toMatchObject({ isChanged: false });
    expect(await printed()).toBe(text);
    const rows = await database.reader.field.findMany({ orderBy: { position: "asc" } });
    expect(rows.map(({ key }) => key)).toEqual(fields);
  });

  test("SH-32 of a list of options, those that are offered stay", async () => {
    const of = (options: string) => `city: { type: MULTI_PICKLIST, options: [${options}] }, ${OTHERS}`;
    await apply(fileOf(of("Bonn, Ulm"), RECORDS.replace("city: Bonn", "city: [Bonn, Ulm]")));
    await apply(fileOf(of("Ulm, Kiel")));
    expect(await valuesOf("acme")).toEqual({ city: ["Ulm"], size: 3 });
  });

  test("SH-32 a field that went takes its values along: one made later does not bring them back", async () => {
    await apply(fileOf(`city: { type: TEXT }, ${OTHERS}`, RECORDS));
    await apply(fileOf(OTHERS));
    expect(await valuesOf("acme")).toEqual({ city: "Bonn", size: 3 });
    await apply(fileOf(OTHERS, RECORDS.replace("city: Bonn, ", "")), { prune: true });
    expect(await valuesOf("acme")).toEqual({ size: 3 });
    await apply(fileOf(`city: { type: TEXT }, ${OTHERS}`));
    expect(await valuesOf("acme")).toEqual({ size: 3 });
  });
});
