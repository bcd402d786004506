import { expect, test } from "vitest";
import { inProcess } from "./command-line.ts";

const REQUIREMENT = /\b[A-Z]{2}-\d\d\b/;

const { out: overview } = await inProcess(["--help"]);
const commands = listedIn(overview);

function listedIn(help: string): readonly string[] {
  return [...(help.split("Commands:\n")[1] ?? "").matchAll(/^ {2}([a-z]+)\b/gm)]
    .map(([, name = ""]) => name)
    .filter((name) => name !== "help");
}

/** The commands of a command, as they are called. */
async function inside(name: string): Promise<readonly string[]> {
  const own = listedIn((await inProcess([name, "--help"])).out);
  expect(own.length).toBeGreaterThan(2);
  return own.map((each) => `${name} ${each}`);
}

test("the help lists the commands, and names no requirement", () => {
  expect(commands.length).toBeGreaterThan(3);
  expect(overview).not.toMatch(REQUIREMENT);
});

test.each([...commands, ...(await inside("audit"))])(
  "the help of %s has an example with options that it has, and names no requirement",
  async (line) => {
    const words = line.split(" ");
    const { code, out } = await inProcess([...words, "--help"]);
    expect(code).toBe(0);
    expect(out).not.toMatch(REQUIREMENT);
    const [before = "", after = ""] = out.split("\nFor example:\n");
    const examples = [...after.matchAll(/^ {2}\$ .*$/gm)].map(([line]) => line);
    expect(examples.join("\n")).toContain(`sightline ${words.join(" ")}`);
    for (const [option] of examples.join("\n").matchAll(/--[a-z]+/g)) expect(before).toContain(`  ${option}`);
  },
);
