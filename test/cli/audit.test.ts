import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openStore } from "../../src/database/open.ts";
import { asId } from "../../src/kernel/id.ts";
import { appendAuditEvent, appendAuditEvents } from "../../src/store/core/append-audit.ts";
import { AUDIT_KEYS } from "../audit-keys.ts";
import { describeOnBoth } from "../database.ts";
import { entry, logOf, tamper } from "../store/audit/log.ts";
import { inProcess } from "./command-line.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sightline-audit-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describeOnBoth("sightline audit", (open, kind) => {
  test("SA-21 verify proves a log, head prints its end, and both together find a tail that was cut", async () => {
    const { database, url } = await open();
    const org = await logOf(database, "acme", 5);
    const settings = { SIGHTLINE_DEV: "1", DATABASE_URL: url };
    const audit = (...words: readonly string[]) => inProcess(["audit", ...words, "--org", "acme"], settings);
    const { out: head } = await audit("head");
    expect(head).toMatch(/^5:[0-9a-f]{64}\n$/);
    const proven = { code: 0, out: `Proven: 5 events up to ${head.trim()}.\n` };
    expect(await audit("verify")).toMatchObject(proven);
    expect(await audit("verify", "--head", head.trim())).toMatchObject(proven);
    expect(await audit("verify", "--from", head.trim())).toMatchObject({
      code: 0,
      out: "Nothing to prove: the log of acme has no later event.\n",
    });
    const cut = `DELETE FROM "AuditEvent" WHERE "orgId" = '${org}' AND "sequence" > 3`;
    const back = `UPDATE "AuditHead" SET "sequence" = 3, "hash" = (SELECT "hash" FROM "AuditEvent" WHERE "orgId" = '${org}' AND "sequence" = 3) WHERE "orgId" = '${org}'`;
    await tamper(database, cut, back);
    expect((await audit("verify")).code).toBe(0);
    expect(await audit("verify", "--head", head.trim())).toMatchObject({
      code: 1,
      out: "Events 4 to 5 are missing at the end of the log.\n",
      err: expect.stringContaining("The log of acme is not whole: one fault was found."),
    });
  });

  test("SA-21 verify without the right keys, or of nobody's log, says what is missing", async () => {
    const { database, url } = await open();
    await logOf(database, "acme", 2);
    const verify = (org: string, more: Readonly<Record<string, string>>) =>
      inProcess(["audit", "verify", "--org", org], { DATABASE_URL: url, ...more });
    expect(await verify("acme", {})).toMatchObject({
      code: 1,
      err: expect.stringContaining("SIGHTLINE_AUDIT_KEYS: expected the keys"),
    });
    const foreign = { SIGHTLINE_AUDIT_KEYS: "2026:another-secret-that-is-long-enough-for-it" };
    expect(await verify("acme", foreign)).toMatchObject({
      code: 1,
      out: "Events 1 to 2 are signed with the key development, which SIGHTLINE_AUDIT_KEYS does not have.\n",
    });
    expect(await verify("acne", { SIGHTLINE_DEV: "1" })).toMatchObject({
      code: 1,
      err: expect.stringContaining("There is no organisation acne"),
    });
    const astray = await inProcess(["audit", "verify", "--org", "acme", "--head", "7"], {
      DATABASE_URL: url,
    });
    expect(astray).toMatchObject({
      code: 2,
      err: expect.stringContaining("Try: sightline audit help verify"),
    });
  });

  test("SA-23 export ends without a word when whoever reads has had enough, as head has", async () => {
    const { database, url } = await open();
    const org = await logOf(database, "acme", 1);
    // More than a pipe holds.
    const entries = Array.from({ length: 1_500 }, (_, at) => entry(org, at));
    await database.write((tx) => appendAuditEvents(database, tx, org, entries));
    const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
    const line = `"${process.execPath}" "${main}" audit export --org acme | head -1`;
    const { stdout, stderr } = await promisify(execFile)("sh", ["-c", line], {
      env: { PATH: process.env["PATH"] ?? "", SIGHTLINE_DEV: "1", DATABASE_URL: url },
    });
    expect(stdout).toMatch(/^sequence,.*\n$/);
    expect(stderr).toBe("");
  });

  test("SA-21 begin signs a log without signatures when it is told to, and no other", async () => {
    const { database, url } = await open();
    const org = await logOf(database, "acme", 4);
    const settings = { SIGHTLINE_DEV: "1", DATABASE_URL: url };
    const audit = (...words: readonly string[]) => inProcess(["audit", ...words, "--org", "acme"], settings);
    expect(await audit("begin", "--confirm")).toMatchObject({
      code: 0,
      out: "Nothing to sign: the log has signatures.\n",
    });
    await tamper(
      database,
      `UPDATE "AuditEvent" SET "hash" = NULL, "previous" = NULL, "signedWith" = NULL WHERE "orgId" = '${org}'`,
      `UPDATE "AuditHead" SET "hash" = NULL WHERE "orgId" = '${org}'`,
    );
    expect(await audit("begin")).toMatchObject({
      code: 1,
      err: expect.stringContaining("Nothing was signed"),
    });
    expect((await audit("verify")).code).toBe(1);
    expect(await audit("begin", "--confirm")).toMatchObject({
      code: 0,
      out: "Signed as it is, up to event 4.\n",
    });
    const checkpoint = await database.reader.auditCheckpoint.findFirstOrThrow();
    expect(checkpoint.madeBy).toMatch(/^sightline audit begin, by /);
    expect(await audit("verify")).toMatchObject({
      code: 0,
      err: expect.stringContaining(`, by ${checkpoint.madeBy}: only since then is it proven`),
    });
    await tamper(database, `DELETE FROM "AuditHead" WHERE "orgId" = '${org}'`);
    expect(await audit("begin", "--confirm")).toMatchObject({
      code: 1,
      err: expect.stringContaining("its head was removed"),
    });
  });

  test("SA-25 prune says what would go, removes it when that is confirmed, and verify proves the rest", async () => {
    const { database, url } = await open();
    await logOf(database, "acme", 5);
    const settings = { SIGHTLINE_DEV: "1", DATABASE_URL: url };
    const audit = (...words: readonly string[]) => inProcess(["audit", ...words, "--org", "acme"], settings);
    expect(await audit("prune", "--before", "2026-11-01")).toMatchObject({
      code: 0,
      out: "Nothing to remove: no event is that old.\n",
    });
    expect(await audit("prune", "--before", "2026-11-21")).toMatchObject({
      code: 1,
      err: "Nothing was removed: say --confirm to remove 5 events, up to 5.\n",
    });
    expect(await database.reader.auditEvent.count()).toBe(5);
    expect(await audit("prune", "--before", "2026-11-21", "--confirm")).toMatchObject({
      code: 0,
      out: "Removed 5 events, up to 5, behind a signed checkpoint.\n",
    });
    const proven = await audit("verify");
    expect(proven).toMatchObject({ code: 0, out: expect.stringContaining("Proven: 1 event up to 6:") });
    expect(proven.err).toContain("The events up to 5 were removed on ");
    for (const day of ["yesterday", "2999-01-01", "2026-13-01"])
      expect((await audit("prune", "--before", day)).code).toBe(2);
  });

  test("SA-23 export prints every event as CSV, and no cell is a formula", async () => {
    const { database, url } = await open();
    const org = await logOf(database, "acme", 1);
    const evil = { ...entry(org, 1), actorId: null, after: { name: '=HYPERLINK("x"),\n"y"' } };
    await database.write((tx) => appendAuditEvent(database, tx, evil));
    const entries = Array.from({ length: 3 }, () => ({
      ...entry(org, 2),
      actorId: asId<"User">("019a0000-0000-7000-8000-00000000000d"),
    }));
    for (const each of entries) await database.write((tx) => appendAuditEvent(database, tx, each));
    const settings = { DATABASE_URL: url };
    const { code, out } = await inProcess(["audit", "export", "--org", "acme"], settings);
    expect(code).toBe(0);
    const lines = out.trim().split("\n");
    expect(lines[0]).toBe(
      "sequence,at,actorId,actor,account,isSupport,action,targetType,targetId,before,after,requestId,signedWith,hash",
    );
    expect(lines).toHaveLength(6);
    expect(lines[2]).toContain(',"{""name"":""=HYPERLINK(\\""x\\""),\\n\\""y\\""""}",');
    const path = join(folder, `${kind}.csv`);
    expect(await inProcess(["audit", "export", "--org", "acme", "--output", path], settings)).toMatchObject({
      code: 0,
      out: "",
    });
    expect((await readFile(path, "utf8")).trim()).toBe(out.trim());
    const nowhere = join(folder, "absent", "x.csv");
    expect(
      await inProcess(["audit", "export", "--org", "acme", "--output", nowhere], settings),
    ).toMatchObject({
      code: 1,
      err: expect.stringContaining("cannot be written"),
    });
  });
});

test("SA-21 apply outside of development needs a key of its own, and signs with it", async () => {
  const url = `file:${join(folder, "production.db")}`;
  const apply = (more: Readonly<Record<string, string>>) =>
    inProcess(["apply", "src/demo/acme.yaml"], {
      DATABASE_URL: url,
      SIGHTLINE_SUPPORT_AGENTS: "agent@vendor.test:Engineer",
      SIGHTLINE_SUPPORT_POSITIONS: "Engineer",
      ...more,
    });
  expect(await apply({})).toMatchObject({ code: 1, err: expect.stringContaining("SIGHTLINE_AUDIT_KEYS") });
  expect((await apply({ SIGHTLINE_AUDIT_KEYS: `2026:${AUDIT_KEYS[0].secret}x` })).code).toBe(0);
  const database = await openStore(url);
  expect((await database.reader.auditEvent.findFirstOrThrow()).signedWith).toBe("2026");
  await database.close();
});
