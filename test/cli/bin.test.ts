import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");

/** Calls the program as npm links it into a folder of programs, from another folder. */
async function called(words: readonly string[]) {
  const { bin } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    bin: { sightline: string };
  };
  const folder = await mkdtemp(join(tmpdir(), "sightline-bin-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const program = join(folder, "sightline");
  await symlink(join(ROOT, bin.sightline), program);
  const child = spawn(program, words, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  const [code] = await once(child, "close");
  return { code, out, err };
}

test("the package brings a program that helps", async () => {
  const { code, out, err } = await called(["--help"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toContain("Usage: sightline <command> [options]");
});

test("what the program is asked and does not understand ends with 2", async () => {
  const { code, err } = await called(["frobnicate"]);
  expect(code).toBe(2);
  expect(err).toContain("unknown command");
});
