import { expect, test } from "vitest";
import type { DatabaseKind } from "../../src/database/database.ts";
import { schema } from "../../src/graphql/schema.ts";
import { size } from "../size.ts";
import { type Count, refusedWhenGood, sendInputs } from "./run.ts";
import { sitesOf } from "./site.ts";

/** How many failures are shown; one cause has many. */
const SHOWN = 12;

/** Tests that so many bad inputs are refused in words that people may read, and change nothing. */
export function badInputs(kind: DatabaseKind, firstSeed: number): void {
  const inputs = size.badInputs[kind];

  test(`the arguments that inputs are spoiled from are good on ${kind}`, async () => {
    const refused = await refusedWhenGood(kind, 3);
    expect(refused.slice(0, SHOWN).join("\n")).toBe("");
  });

  test(`AP-04 ${inputs} bad inputs on ${kind}: no INTERNAL, nothing unmasked, nothing changed`, async ({
    annotate,
  }) => {
    const count = await sendInputs(kind, { firstSeed, inputs });
    const { sent, refused, sentByUsers, refusedByUsers, failures } = count;
    await annotate(summaryOf(count));
    const shown = failures.slice(0, SHOWN).join("\n\n");
    expect(shown, `${failures.length} of ${sent} inputs, from seed ${firstSeed}`).toBe("");
    expect(sent).toBe(inputs);
    expect(sitesOf(schema).flatMap(({ name }) => (count.sites.has(name) ? [] : name))).toEqual([]);
    expect(refused / sent, `${refused} of ${sent} refused`).toBeGreaterThanOrEqual(0.8);
    expect(refusedByUsers / sentByUsers, `${refusedByUsers} of ${sentByUsers}`).toBeGreaterThanOrEqual(0.8);
    // What graphql-js refuses by itself would show little of ours.
    expect(count.refusedByUs / sent, "refused by our own code").toBeGreaterThanOrEqual(0.3);
  });
}

function summaryOf({ sent, refused, refusedByUs, done, worlds, codes }: Count): string {
  const each = [...codes].map(([code, times]) => `${code} ${times}`).join(", ");
  return `${sent} sent to ${worlds} worlds; ${refused} refused, ${refusedByUs} as bad input by ourselves; ${done} mutations done. ${each}.`;
}
