import { describe, expect, test } from "vitest";
import type { Measurement } from "./operation.ts";
import { figures } from "./readme.ts";
import type { Run } from "./report.ts";

const times = (medianMs: number) => ({ medianMs, p95Ms: medianMs, p99Ms: medianMs, repetitions: 30 });

function row(operation: string, viewer: string | null, more: Partial<Measurement>): Measurement {
  return {
    operation,
    variant: null,
    viewer,
    times: times(1),
    baseline: null,
    limit: null,
    plan: null,
    statements: 1,
    ...more,
  };
}

function runOf(command: string, measurements: readonly Measurement[], size = "large"): Run {
  return {
    date: "2026-12-01T12:00:00.000Z",
    command,
    size,
    seed: 7,
    records: 1_000_000,
    machine: { cpu: "CPU", cores: 2, memoryGiB: 24 },
    versions: { node: "24.0.0", prisma: "7.0.0", commit: "abc1234" },
    databases: [{ kind: "sqlite", version: "SQLite 3", visible: { ceo: 1, rep: 0.00027 }, measurements }],
  };
}

const LIMIT = { requirement: "EN-20", kind: "MILLISECONDS", atMost: 0.8 } as const;

describe("the figures in the README of the bench", () => {
  test("EN-20 a row for each question, a column for each viewer; bold is beyond the limit", () => {
    const lines = figures([
      runOf("npm run bench -- --size large --folder /somewhere --readme", [
        row("page", "ceo", { times: times(0.5), baseline: times(0.25), limit: LIMIT }),
        row("page", "rep", { times: times(0.9), baseline: times(0.3), limit: LIMIT }),
        row("memory", "rep", { times: null, bytes: { of: 20_480, baseline: 10_240 } }),
        row("others", "rep", { times: null, refused: "too many parameters" }),
        row("compile", null, { times: times(12) }),
      ]),
    ]);
    expect(lines).toContain("- `npm run bench -- --size large` at abc1234, 2026-12-01");
    expect(lines).toContain("| what | limit | `ceo` 100 % | `rep` 0.027 % |");
    expect(lines).toContain("| page | EN-20 ≤ 0.8 ms | 0.5 (2.00×) | **0.9 (3.00×)** |");
    expect(lines).toContain("| memory |  |  | 20 KiB (10) |");
    expect(lines).toContain("| others |  |  | refused |");
    expect(lines).toContain("| compile |  | 12 |");
  });

  test("EN-20 of what several runs have measured the last counts, and the rest stays", () => {
    const lines = figures([
      runOf("one", [row("page", "ceo", { times: times(9) }), row("total", "ceo", { times: times(2) })]),
      runOf("two", [row("page", "ceo", { times: times(3) })]),
    ]);
    expect(lines.filter((line) => line.startsWith("| page |") || line.startsWith("| total |"))).toEqual([
      "| page |  | 3 |",
      "| total |  | 2 |",
    ]);
    expect(lines.filter((line) => line.startsWith("- "))).toHaveLength(2);
  });

  test("EN-27 what a command of its own has printed follows the tables", () => {
    const { date, machine, versions } = runOf("", []);
    const load = {
      date,
      machine,
      versions,
      command: "npm run bench -- load --size medium --json /somewhere.json",
      printed: ["16 clients, 600 s", "no unexpected error"],
    };
    const lines = figures([load, runOf("one", [row("page", "ceo", {})])]);
    expect(lines.slice(-7)).toEqual([
      "",
      "`npm run bench -- load --size medium` at abc1234, 2026-12-01:",
      "",
      "```text",
      ...load.printed,
      "```",
    ]);
    expect(() => figures([load])).toThrow("no run");
    expect(() => figures([{ ...load, machine: { ...machine, cores: 64 } }, runOf("one", [])])).toThrow(
      "machines",
    );
  });

  test("EN-20 runs that cannot be compared are refused", () => {
    expect(() => figures([])).toThrow("no run");
    expect(() => figures([runOf("one", []), runOf("two", [], "small")])).toThrow("several sizes");
  });
});
