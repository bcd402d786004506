import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeOnBoth, newTestDatabase } from "../database.ts";
import { inProcess } from "./command-line.ts";

const ORGANIZATION = `sightline: 1
organization: { key: acme, name: Acme, timeZone: UTC, edition: ENTERPRISE, seats: { regular: 5, team: 0 }, superAdmin: root@acme.test }
roles:
  ceo: { name: CEO }
  rep: { name: Rep, parent: ceo }
users:
  root@acme.test: { name: Root, role: ceo, profile: administrator }
  ray@acme.test: { name: Ray, role: rep }
  cleo@acme.test: { name: Cleo, role: ceo }
modules:
  leads: { label: Leads }
records:
  leads: { one: { owner: ray@acme.test, name: One } }
`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sightline-cli-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function written(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

test("BU-01 BU-04 a file that is no UTF-8 is refused at its place, and the others are proven all the same", async () => {
  const latin = join(folder, "latin.yaml");
  await writeFile(latin, Buffer.from(ORGANIZATION.replace("name: Ray", "name: J\u00fcrgen"), "latin1"));
  const good = await written("utf8.yaml", ORGANIZATION);
  const at = `latin.yaml:8:27: the byte FC is no UTF-8 here`;
  const proven = await inProcess(["test", latin, good]);
  expect(proven).toMatchObject({ code: 1, out: expect.stringContaining("1 passed, 1 failed") });
  expect(proven.out).toContain(at);
  expect(proven.err).toContain("utf8.yaml has nothing under `expect`");
  const applied = await inProcess(["apply", latin], {
    SIGHTLINE_DEV: "1",
    DATABASE_URL: `file:${join(folder, "latin.db")}`,
  });
  expect(applied).toMatchObject({ code: 1, err: expect.stringContaining("Nothing was changed") });
  expect(applied.err).toContain(at);
});

describeOnBoth("sightline token beside a database", (_, kind) => {
  test("AP-21 who is not there is told on standard error, and the token printed all the same", async () => {
    const { url, remove } = await newTestDatabase(kind);
    try {
      const settings = { SIGHTLINE_DEV: "1", DATABASE_URL: url };
      await inProcess(["apply", await written(`token-${kind}.yaml`, ORGANIZATION)], settings);
      const asked = async (org: string, user: string) => {
        const { code, out, err } = await inProcess(["token", "--org", org, "--user", user], settings);
        expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+\n$/) });
        return err.trim();
      };
      expect(await asked("acme", "Ray@acme.test")).toBe("");
      expect(await asked("acne", "ray@acme.test")).toContain("has no organisation acne");
      expect(await asked("acme", "roy@acme.test")).toContain("has nobody active who is roy@acme.test");
    } finally {
      await remove();
    }
  });
});

describeOnBoth("sightline apply and export", (_, kind) => {
  test("BU-01 BU-02 apply says what it did, a second time nothing, and export prints it back", async () => {
    const { url, remove } = await newTestDatabase(kind);
    try {
      const file = await written(`acme-${kind}.yaml`, ORGANIZATION);
      const first = await inProcess(["apply", file], { SIGHTLINE_DEV: "1", DATABASE_URL: url });
      expect([first.code, first.out]).toEqual([
        0,
        expect.stringContaining("users: 3 added, 0 changed, 0 removed"),
      ]);
      const second = await inProcess(["apply", file], { SIGHTLINE_DEV: "1", DATABASE_URL: url });
      expect([second.code, second.out]).toEqual([
        0,
        "Nothing to change: the organisation is like the file.\n",
      ]);
      const fewer = await written(`fewer-${kind}.yaml`, ORGANIZATION.replace(/ {2}cleo.*\n/, ""));
      const third = await inProcess(["apply", fewer], { SIGHTLINE_DEV: "1", DATABASE_URL: url });
      expect([third.code, third.out]).toEqual([
        0,
        "There is more than the file names, and it stays in force; --prune removes it:\n  users: cleo@acme.test\nNothing to change: what the file names is as it says.\n",
      ]);

      const printed = await inProcess(["export", "--org", "acme"], { SIGHTLINE_DEV: "1", DATABASE_URL: url });
      expect([printed.code, printed.out]).toEqual([
        0,
        expect.stringContaining("ray@acme.test: { name: Ray, role: rep }"),
      ]);
      const copy = await written(`copy-${kind}.yaml`, printed.out);
      expect((await inProcess(["apply", copy], { SIGHTLINE_DEV: "1", DATABASE_URL: url })).out).toContain(
        "Nothing to change",
      );
    } finally {
      await remove();
    }
  });

  test("BU-01 a refused file is refused whole, each fault with line and column, exit 1", async () => {
    const { url, remove } = await newTestDatabase(kind);
    try {
      const broken = ORGANIZATION.replace("role: rep }", "role: reps }").replace("owner: ray", "owner: roy");
      const file = await written(`broken-${kind}.yaml`, broken);
      const { code, err, out } = await inProcess(["apply", file], { SIGHTLINE_DEV: "1", DATABASE_URL: url });
      expect([code, out]).toEqual([1, ""]);
      expect(err).toMatch(/broken-\w+\.yaml:8:37: users\["ray@acme\.test"\]\.role: .*"reps"/);
      expect(err).toMatch(/broken-\w+\.yaml:13:26: records\.leads\.one\.owner: .*roy@acme\.test/);
      expect(err).toContain("was refused: 2 faults. Nothing was changed.");
      const missing = await inProcess(["export", "--org", "acme"], { SIGHTLINE_DEV: "1", DATABASE_URL: url });
      expect([missing.code, missing.out]).toEqual([1, ""]);
    } finally {
      await remove();
    }
  });
});

describeOnBoth("sightline apply of a file that expects", (_, kind) => {
  test("BU-01 what is expected and is not so is told with its place, and goes unasked with --no-expect", async () => {
    const { url, remove } = await newTestDatabase(kind);
    try {
      const wrong = EXPECTED.replace("module: leads, read: [one] }", "module: leads, read: [] }");
      const file = await written(`unmet-${kind}.yaml`, wrong);
      const refused = await inProcess(["apply", file], { SIGHTLINE_DEV: "1", DATABASE_URL: url });
      expect([refused.code, refused.out]).toEqual([1, ""]);
      expect(refused.err).toMatch(
        /unmet-\w+\.yaml:18:7: expect\.access\[1\]: .*ray@acme\.test READ leads\/one: expected refused, is allowed/,
      );
      expect(refused.err).toContain("was refused: one fault. Nothing was changed.");
      const forced = await inProcess(["apply", "--no-expect", file], {
        SIGHTLINE_DEV: "1",
        DATABASE_URL: url,
      });
      expect([forced.code, forced.out]).toEqual([0, expect.stringContaining("Policy version 1.")]);
    } finally {
      await remove();
    }
  });
});

const EXPECTED = `${ORGANIZATION}expect:
  at: 2026-12-01T00:00:00Z
  access:
    - { user: cleo@acme.test, module: leads, read: [one], update: [one], delete: [one], share: [one] }
    - { user: ray@acme.test, module: leads, read: [one] }
  capabilities:
    - { user: ray@acme.test, allowed: [SEND_EMAIL], denied: [MANAGE_USERS] }
`;

test("BU-04 test proves what a file expects, exit 0", async () => {
  const { code, out } = await inProcess(["test", await written("good.yaml", EXPECTED)]);
  expect([code, out]).toEqual([
    0,
    expect.stringMatching(/^pass .*good\.yaml {2}\(3 expectations, \d+ ms\)\n1 passed, 0 failed\n$/),
  ]);
});

// What is expected wrongly, and the line that must say so with its reason.
test.each([
  [
    "a record too few",
    /read: \[one\] \}/,
    "read: [] }",
    "ray@acme.test READ leads/one: expected refused, is allowed",
    "path OWNERSHIP: Ray owns the record.",
  ],
  [
    "a record too many",
    /access:\n/,
    "access:\n    - { user: root@acme.test, module: leads, read: [] }\n",
    "root@acme.test READ leads/one: expected refused, is allowed",
    "path ADMINISTRATOR: Root is the super administrator.",
  ],
  [
    "a capability too many",
    /allowed: \[SEND_EMAIL\]/,
    "allowed: [SEND_EMAIL, MANAGE_ROLES]",
    "ray@acme.test MANAGE_ROLES: expected allowed, is refused",
    "",
  ],
  [
    "a capability too few",
    /denied: \[MANAGE_USERS\]/,
    "denied: [EXPORT_DATA]",
    "ray@acme.test EXPORT_DATA: expected refused, is allowed",
    "",
  ],
])("BU-04 SH-70 test fails on %s and says why", async (name, from, to, title, why) => {
  const report = join(folder, `${name}.xml`);
  const file = await written(`${name}.yaml`, EXPECTED.replace(from, to));
  const { code, out } = await inProcess(["test", file, "--junit", report]);
  expect([code, out]).toEqual([1, expect.stringContaining(title)]);
  expect(out).toContain(why);
  expect(out.trimEnd()).toMatch(/0 passed, 1 failed$/);
  const xml = await readFile(report, "utf8");
  expect(xml).toMatch(/<testsuites [^>]*failures="1"/);
  expect(xml).toContain(title);
});

test("BU-04 a file that does not load fails, with its faults in the report", async () => {
  const report = join(folder, "faults.xml");
  const file = await written("faults.yaml", EXPECTED.replace("role: rep }", "role: reps }"));
  const { code, out } = await inProcess(["test", file, "--junit", report]);
  expect([code, out]).toEqual([1, expect.stringMatching(/faults\.yaml:8:37: users/)]);
  expect(await readFile(report, "utf8")).toContain("faults.yaml:8:37");
});

test("a file that is not there is refused by name", async () => {
  const { code, err } = await inProcess(["test", join(folder, "nowhere.yaml")]);
  expect([code, err]).toEqual([1, expect.stringContaining("nowhere.yaml")]);
});
