import { join } from "node:path";
import { expect, test } from "vitest";
import { describeOnBoth } from "../database.ts";
import { LEADS } from "../graphql/world.ts";
import { runningServer, runProgram } from "./running.ts";

const EXAMPLE = join(import.meta.dirname, "../../src/client/example.ts");

describeOnBoth("AP-32 the example program", (_, kind) => {
  const server = runningServer(kind);
  const run = (words: readonly string[], token: string) =>
    runProgram([EXAMPLE, server.url(), ...words], `${token}\n`);

  test("lists page by page and explains, for who is signed in", async () => {
    const ended = await run(["leads", "3"], await server.tokenOf("ray@acme.test"));
    expect(ended).toMatchObject({ code: 0, complaints: "" });
    const lines = ended.output.split("\n");
    expect(lines[0]).toBe(`Ray of Acme reads ${LEADS} leads.`);
    expect(lines.filter((line) => line.startsWith("Page "))).toEqual(["Page 1", "Page 2", "Page 3"]);
    const listed = lines.filter((line) => / {2}(changes|reads {2}) /.test(line));
    expect(new Set(listed).size).toBe(15);
    expect(listed[0]).toBe("  changes  Three (Ray)");
    expect(ended.output).toMatch(/May Ray change Lead \d+\? Yes\.\n.*own/);
  });

  test("explains a refusal too", async () => {
    const ended = await run(["deals"], await server.tokenOf("sue@acme.test"));
    expect(ended).toMatchObject({ code: 0, complaints: "" });
    expect(ended.output).toContain("Sue of Acme reads 1 deals.");
    expect(ended.output).toContain("  reads    Deal (Rex)");
    expect(ended.output).toMatch(/May Sue change Deal\? No\.\n(.*\n)+ {2}What would help: /);
  });

  test.each([
    ["a token that is none", "leads", "nonsense", /^UNAUTHENTICATED: /],
    ["a module that there is not", "leeds", null, /^BAD_USER_INPUT: /],
  ])("ends with %s", async (_title, module, token, complaint) => {
    const ended = await run([module], token ?? (await server.tokenOf("ray@acme.test")));
    expect(ended.code).toBe(1);
    expect(ended.complaints).toMatch(complaint);
    expect(ended.output).toBe("");
  });
});
