import { expect, test } from "vitest";
import { inProcess } from "./command-line.ts";

const REQUIREMENT = /\b[A-Z]{2}-\d\d\b/;

const { out: overview } = await inProcess(["--help"]);
const commands = [...(overview.split("Commands:\n")[1] ?? "").matchAll(/^ {2}([a-z]+)\b/gm)]
  .map(([, name = ""]) => name)
  .filter((name) => name !== "help");

test("the help lists the commands, and names no requirement", () => {
  expect(commands.length).toBeGreaterThan(3);
  expect(overview).not.toMatch(REQUIREMENT);
});

test.each(commands)(
  "the help of %s has an example with options that it has, and names no requirement",
  async (name) => {
    const { code, out } = await inProcess([name, "--help"]);
    expect(code).toBe(0);
    expect(out).not.toMatch(REQUIREMENT);
    const [before = "", after = ""] = out.split("\nFor example:\n");
    const examples = [...after.matchAll(/^ {2}\$ .*$/gm)].map(([line]) => line);
    expect(examples.join("\n")).toContain(`sightline ${name}`);
    for (const [option] of examples.join("\n").matchAll(/--[a-z]+/g)) expect(before).toContain(`  ${option}`);
  },
);
