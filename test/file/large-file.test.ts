import { PassThrough } from "node:stream";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { openProgress } from "../../src/cli/progress.ts";
import { openStore } from "../../src/database/open.ts";
import { applyOrganizationFile } from "../../src/file/apply.ts";
import { parseOrganizationFile } from "../../src/file/parse.ts";
import type { Progress } from "../../src/file/terms/import-run.ts";
import { AUDIT_KEYS } from "../audit-keys.ts";
import { importText, STYLES, type Style } from "../bench/live/import-file.ts";
import { describeOnBoth, newTestDatabase } from "../database.ts";

/** Two sizes of a file: what the larger one takes beyond the smaller is what records take. */
const [FEW, MANY] = [4_000, 16_000];

/**
 * Bytes of memory for each record, its text of about 200 included: where it stands and what it says, packed; and when it
 * is applied, its id. Objects of all records take several times as much, a tree of the text eighty times.
 */
const PER_RECORD = { reading: 1_000, applying: 2_500 };

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

/** The most memory that objects really needed while `work` ran, looked at whenever it calls; in bytes. */
async function peakOf(work: (look: () => void) => unknown): Promise<number> {
  let peak = 0;
  await work(() => {
    collectGarbage();
    peak = Math.max(peak, process.memoryUsage().heapUsed);
  });
  return peak;
}

/** Looks some times on the way, and at the end. */
function lookout(look: () => void): Progress {
  let next = 0;
  let current = "";
  return (done, total, step) => {
    if (step !== current) [next, current] = [0, step];
    if (done < next && done < total) return;
    next = done + total / 4;
    look();
  };
}

test.each(STYLES)("BU-06 reading records written as %s takes little memory for each", async (style) => {
  const reading = (records: number) =>
    peakOf((look) => {
      const text = importText({ style, records });
      const watch = lookout(look);
      const file = parseOrganizationFile(text, "imported", (done, total) => watch(done, total, "reading"));
      look();
      const sizes = [...(file.records ?? [])].map(([, of]) => of.size);
      expect(sizes).toEqual([records / 10, records - records / 10]);
      expect(file.records?.get("deals")?.get("d7")).toMatchObject({ name: "Deal number 7" });
    });
  await reading(FEW / 10);
  const [few, many] = [await reading(FEW), await reading(MANY)];
  expect((many - few) / (MANY - FEW)).toBeLessThan(PER_RECORD.reading);
});

/** What a terminal is shown. */
function terminal(): { readonly stream: NodeJS.WriteStream; readonly shown: () => string } {
  const chunks: string[] = [];
  const stream = new PassThrough().setEncoding("utf8").on("data", (text: string) => chunks.push(text));
  return {
    stream: Object.assign(stream, { isTTY: true, columns: 120 }) as unknown as NodeJS.WriteStream,
    shown: () => chunks.join(""),
  };
}

describeOnBoth("a file of many records", (_, kind) => {
  test("BU-06 applies in bounded memory, with a progress bar for each step", async () => {
    const applying = async (records: number, style: Style) => {
      const { url, remove } = await newTestDatabase(kind);
      const database = await openStore(url, { isDurable: false, auditKeys: AUDIT_KEYS });
      const { stream, shown } = terminal();
      const bar = openProgress(stream);
      const told = new Map<string, [done: number, total: number]>();
      try {
        const peak = await peakOf(async (look) => {
          const watch = lookout(look);
          const progress: Progress = (done, total, step) => {
            expect(done).toBeGreaterThan(told.get(step)?.[0] ?? 0);
            told.set(step, [done, total]);
            bar.step(done, total, step);
            watch(done, total, step);
          };
          const text = importText({ style, records });
          const now = Date.UTC(2026, 11, 1);
          const applied = await applyOrganizationFile(database, { text, name: "imported" }, null, {
            now,
            progress,
          });
          expect(applied.tallies.records).toEqual({ added: records, changed: 0, removed: 0 });
        });
        bar.stop();
        expect(Object.fromEntries(told)).toEqual({
          reading: [records, records],
          records: [records, records],
          // Those of the module of the rule are looked at once, however often they are named.
          grants: [told.get("grants")?.[1], told.get("grants")?.[1]],
        });
        await new Promise((done) => setImmediate(done));
        return { peak, shown: shown() };
      } finally {
        await database.close();
        await remove();
      }
    };
    await applying(FEW / 10, "block");
    const few = await applying(FEW, "block");
    const many = await applying(MANY, "json");
    expect((many.peak - few.peak) / (MANY - FEW)).toBeLessThan(PER_RECORD.applying);
    for (const step of ["reading", "records", "grants"]) {
      expect(many.shown).toMatch(new RegExp(`${step} .*\\b100 % \\| \\d+ of \\d+ \\|`));
      expect(many.shown.match(new RegExp(`${step} .*?%`, "g"))?.length).toBeGreaterThan(1);
    }
    expect(many.shown).toContain(`of ${MANY}`);
  });
});
