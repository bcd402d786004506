import { expect, test } from "vitest";
import { applyOrganizationFile } from "../../../src/file/apply.ts";
import { exportOrganization } from "../../../src/file/export.ts";
import { printOrganizationFile } from "../../../src/file/print.ts";
import { describeOnBoth, type OpenDatabase } from "../../database.ts";

const NOW = Date.parse("2026-12-01T12:00:00Z");
const LATER = NOW + 86_400_000;

const FILE = `sightline: 1
organization: { key: acme, name: Acme, timeZone: UTC, edition: ENTERPRISE, seats: { regular: 9, team: 0 }, superAdmin: root@acme.test }
roles:
  ceo: { name: CEO }
  rep: { name: Rep, parent: ceo }
users:
  root@acme.test: { name: Root, role: ceo, profile: administrator }
  ray@acme.test: { name: Ray, role: rep, reportsTo: root@acme.test }
  rex@acme.test: { name: Rex, role: rep }
groups:
  all: { name: All, members: [ { user: ray@acme.test } ] }
modules:
  leads: { label: Leads }
records:
  leads:
    one: { owner: ray@acme.test, name: One }
`;

/** The same file, in which Ray has another address. */
const RENAMED = FILE.replaceAll("ray@acme.test", "raymond@acme.test");
const SAID = RENAMED.replace("{ name: Ray,", "{ name: Ray, formerly: Ray@acme.test,");

describeOnBoth("former addresses in a file", (open) => {
  async function world(open: OpenDatabase) {
    const { database } = await open();
    const apply = (text: string, now = LATER, more: object = {}) =>
      applyOrganizationFile(database, { text, name: "acme.yaml" }, null, { now, ...more });
    await apply(FILE, NOW);
    const people = () => database.reader.user.findMany({ orderBy: { seq: "asc" } });
    return { database, apply, people };
  }

  test("UA-63 formerly keeps the person, with everything, under the new address", async () => {
    const { database, apply, people } = await world(open);
    const before = await people();
    const { tallies, leftOver } = await apply(SAID);
    expect(leftOver).toEqual([]);
    expect(tallies.users).toEqual({ added: 0, changed: 1, removed: 0 });
    const after = await people();
    expect(after.map(({ id, seq, name }) => ({ id, seq, name }))).toEqual(
      before.map(({ id, seq, name }) => ({ id, seq, name })),
    );
    expect(after[1]).toMatchObject({ email: "raymond@acme.test", addressSince: new Date(LATER) });
    const record = await database.reader.record.findFirstOrThrow();
    expect([record.ownerId, record.ownerSeq]).toEqual([before[1]?.id, 1]);
    // Which address somebody had is no state of the organisation.
    const printed = printOrganizationFile((await exportOrganization(database, "acme"))!);
    expect(printed).toContain("raymond@acme.test");
    expect(printed).not.toContain("formerly");
  });

  test("UA-63 BU-01 applied again it changes nothing", async () => {
    const { apply } = await world(open);
    await apply(SAID);
    const { isChanged, version } = await apply(SAID, LATER + 1);
    expect([isChanged, version]).toEqual([false, 2]);
  });

  test("UA-63 without it a new address is a new person, and apply says whom it leaves behind", async () => {
    const { apply, people } = await world(open);
    const { tallies, leftOver } = await apply(RENAMED);
    expect(tallies.users).toMatchObject({ added: 1 });
    expect(leftOver).toContainEqual({ noun: "users", names: ["ray@acme.test"], count: 1 });
    expect((await people()).map(({ email }) => email)).toEqual([
      "root@acme.test",
      "ray@acme.test",
      "rex@acme.test",
      "raymond@acme.test",
    ]);
  });

  test("UA-63 what changes besides is changed too, and counts once", async () => {
    const { apply, people } = await world(open);
    const { tallies } = await apply(SAID.replace("name: Ray,", "name: Raymond,"));
    expect(tallies.users).toEqual({ added: 0, changed: 1, removed: 0 });
    expect((await people())[1]).toMatchObject({ name: "Raymond", email: "raymond@acme.test" });
  });

  test("UA-63 the super administrator and managers may have another address as well", async () => {
    const { apply, people } = await world(open);
    const text = FILE.replaceAll("root@acme.test", "boss@acme.test").replace(
      "{ name: Root,",
      "{ name: Root, formerly: root@acme.test,",
    );
    await apply(text);
    const [root, ray] = await people();
    expect([root?.email, ray?.reportsToId]).toEqual(["boss@acme.test", root?.id]);
  });

  test("UA-63 where both addresses are somebody's, nothing is done", async () => {
    const { apply, people } = await world(open);
    await apply(RENAMED);
    const before = await people();
    await expect(apply(SAID)).rejects.toThrow(
      "raymond@acme.test and ray@acme.test are two people of the organisation",
    );
    expect(await people()).toEqual(before);
  });

  test("UA-63 in a new organisation there is nobody to keep, and nothing is in the way", async () => {
    const { apply } = await world(open);
    const { tallies } = await apply(SAID.replace("key: acme", "key: fresh"));
    expect(tallies.users).toEqual({ added: 3, changed: 0, removed: 0 });
  });

  test("UA-61 UA-63 a deleted person does not come back by a new address", async () => {
    const { database, apply, people } = await world(open);
    await database.write((tx) => tx.user.updateMany({ where: { name: "Ray" }, data: { status: "DELETED" } }));
    const { tallies } = await apply(SAID);
    expect(tallies.users.added).toBe(1);
    expect((await people())[1]).toMatchObject({ status: "DELETED", email: "ray@acme.test" });
  });
});
