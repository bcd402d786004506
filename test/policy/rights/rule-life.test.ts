import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Instant } from "../../../src/kernel/instant.ts";
import {
  firstLife,
  isSettled,
  keepsMatches,
  livesAgain,
  nextLife,
  type RuleEvent,
  type RuleLife,
  type RuleState,
  whyIdle,
} from "../../../src/policy/rights/rule-life.ts";
import { NOW, partyOf } from "../build.ts";

const AHEAD = NOW + 1;
const MINUTE_MS = 60_000;

/** A rule of generation 3, in force by criteria, unless said otherwise. */
const rule = (more: Partial<RuleState> = {}): RuleState => ({
  status: "ACTIVE",
  criteria: "READABLE",
  expiresAt: null,
  generation: 3,
  ...more,
});
const change = (more: Partial<Extract<RuleEvent, { readonly kind: "CHANGE" }>> = {}): RuleEvent => ({
  kind: "CHANGE",
  criteria: "READABLE",
  isRewritten: false,
  expiresAt: null,
  at: NOW,
  ...more,
});
const activate = (criteria: RuleState["criteria"] = "READABLE"): RuleEvent => ({
  kind: "ACTIVATE",
  criteria,
  at: NOW,
});
const finish = (criteria: RuleState["criteria"] = "READABLE", generation = 3): RuleEvent => ({
  kind: "FINISH",
  generation,
  criteria,
});
const file = (isActive: boolean, isRewritten = false): RuleEvent => ({
  kind: "IMPORT",
  isActive,
  isRewritten,
});

const INACTIVE = rule({ status: "INACTIVE" });
const APPLYING = rule({ status: "APPLYING" });
const UNREADABLE = rule({ criteria: "UNREADABLE" });
const NO_CRITERIA = rule({ criteria: null });
const EXPIRED = rule({ expiresAt: NOW });

/** `ACTIVE 4 BEGINS`, with `broken` when it is; or `refused: APPLYING`. */
function written(state: RuleState, event: RuleEvent): string {
  const next = nextLife(state, event);
  return next.kind === "LIVES" ? textOf(next.life) : `refused: ${next.why}`;
}

function textOf({ status, generation, progress, isBroken }: RuleLife): string {
  return [status, generation, progress, ...(isBroken ? ["broken"] : [])].join(" ");
}

type Row = readonly [title: string, state: RuleState, event: RuleEvent, expected: string];

const ROWS: readonly Row[] = [
  // Changed
  ["SH-36 a target, level or superiors changed", rule(), change(), "ACTIVE 3 AS_BEFORE"],
  ["SH-36 new criteria", rule(), change({ isRewritten: true }), "APPLYING 4 BEGINS"],
  [
    "SH-36 new criteria where there were none",
    NO_CRITERIA,
    change({ isRewritten: true }),
    "APPLYING 4 BEGINS",
  ],
  ["SH-36 criteria taken away", rule(), change({ criteria: null, isRewritten: true }), "ACTIVE 4 NONE"],
  ["SH-37 new criteria of a deactivated rule", INACTIVE, change({ isRewritten: true }), "INACTIVE 4 NONE"],
  ["SH-36 a new end, ahead", rule({ expiresAt: AHEAD }), change(), "ACTIVE 3 AS_BEFORE"],
  ["SH-37 a new end after the old one", EXPIRED, change(), "APPLYING 4 BEGINS"],
  [
    "SH-37 a new end after the old one, deactivated",
    { ...EXPIRED, status: "INACTIVE" },
    change(),
    "INACTIVE 4 NONE",
  ],
  [
    "SH-37 a new end after the old one, without criteria",
    { ...EXPIRED, criteria: null },
    change({ criteria: null }),
    "ACTIVE 3 AS_BEFORE",
  ],
  ["SH-37 a new end that has come meanwhile", EXPIRED, change({ expiresAt: NOW }), "ACTIVE 3 AS_BEFORE"],
  [
    "SH-37 new criteria with an end that has come meanwhile",
    rule(),
    change({ isRewritten: true, expiresAt: NOW }),
    "ACTIVE 4 NONE",
  ],
  [
    "SH-32 unreadable criteria that are kept",
    UNREADABLE,
    change({ criteria: "UNREADABLE" }),
    "ACTIVE 3 AS_BEFORE broken",
  ],
  [
    "SH-32 unreadable criteria that are written again",
    UNREADABLE,
    change({ isRewritten: true }),
    "APPLYING 4 BEGINS",
  ],
  [
    "SH-32 unreadable criteria that are kept, and a new end after the old one",
    { ...EXPIRED, criteria: "UNREADABLE" },
    change({ criteria: "UNREADABLE" }),
    "ACTIVE 4 NONE broken",
  ],
  ["SH-36 a change while it is being applied", APPLYING, change(), "refused: APPLYING"],
  [
    "SH-36 new criteria while it is being applied",
    APPLYING,
    change({ isRewritten: true }),
    "refused: APPLYING",
  ],

  // Activated and deactivated
  ["SH-36 SH-37 activated", INACTIVE, activate(), "APPLYING 4 BEGINS"],
  ["SH-37 activated without criteria", { ...INACTIVE, criteria: null }, activate(null), "ACTIVE 3 NONE"],
  ["SH-37 activated after it has expired", { ...INACTIVE, expiresAt: NOW }, activate(), "ACTIVE 4 NONE"],
  [
    "SH-37 activated a moment before it expires",
    { ...INACTIVE, expiresAt: AHEAD },
    activate(),
    "APPLYING 4 BEGINS",
  ],
  ["SH-32 activated, broken, and its fields are there again", UNREADABLE, activate(), "APPLYING 4 BEGINS"],
  ["SH-32 activated, broken", UNREADABLE, activate("UNREADABLE"), "refused: UNREADABLE"],
  [
    "SH-32 activated, broken and deactivated",
    { ...INACTIVE, criteria: "UNREADABLE" },
    activate("UNREADABLE"),
    "refused: UNREADABLE",
  ],
  ["SH-37 activated while it is active", rule(), activate(), "refused: ACTIVE"],
  ["SH-37 activated while it is active but expired", EXPIRED, activate(), "refused: ACTIVE"],
  ["SH-37 activated while it is being applied", APPLYING, activate(), "refused: APPLYING"],
  [
    "SH-37 activated while it is being applied, unreadable",
    { ...APPLYING, criteria: "UNREADABLE" },
    activate(),
    "refused: APPLYING",
  ],
  ["SH-37 deactivated", rule(), { kind: "DEACTIVATE" }, "INACTIVE 3 NONE"],
  ["SH-36 deactivated while it is being applied", APPLYING, { kind: "DEACTIVATE" }, "INACTIVE 3 NONE"],
  ["SH-32 deactivated, broken", UNREADABLE, { kind: "DEACTIVATE" }, "INACTIVE 3 NONE broken"],
  ["SH-37 deactivated while it is deactivated", INACTIVE, { kind: "DEACTIVATE" }, "refused: INACTIVE"],

  // Broken
  ["SH-32 broken", rule(), { kind: "BREAK" }, "ACTIVE 4 AS_BEFORE broken"],
  ["SH-32 broken, deactivated", INACTIVE, { kind: "BREAK" }, "INACTIVE 4 AS_BEFORE broken"],
  ["SH-32 SH-36 broken while it is being applied", APPLYING, { kind: "BREAK" }, "ACTIVE 4 NONE broken"],

  // Applied
  ["SH-36 applied", APPLYING, finish(), "ACTIVE 3 WHOLE"],
  ["SH-32 applied, and unreadable", APPLYING, finish("UNREADABLE"), "ACTIVE 3 WHOLE broken"],
  ["SH-36 an older generation applied", APPLYING, finish("READABLE", 2), "refused: NOT_APPLYING"],
  ["SH-36 applied after it was deactivated", INACTIVE, finish(), "refused: NOT_APPLYING"],
  ["SH-36 applied twice", rule(), finish(), "refused: NOT_APPLYING"],

  // Written by an organisation file
  ["SH-36 in a file as it was", rule(), file(true), "ACTIVE 3 AS_BEFORE"],
  ["SH-36 in a file with new criteria", rule(), file(true, true), "ACTIVE 4 NONE"],
  ["SH-37 deactivated by a file", rule(), file(false), "INACTIVE 4 NONE"],
  ["SH-37 activated by a file", INACTIVE, file(true), "ACTIVE 4 NONE"],
  ["SH-36 in a file while it is being applied", APPLYING, file(true), "ACTIVE 4 NONE"],
  ["SH-32 broken, and written again by a file", UNREADABLE, file(true), "ACTIVE 4 NONE"],
];

describe("SH-36 SH-37 the life of a rule", () => {
  test.each(ROWS)("%s", (_, state, event, expected) => {
    expect(written(state, event)).toBe(expected);
  });

  test.each([
    ["without criteria", null, "ACTIVE 1 NONE"],
    ["with criteria", "READABLE", "APPLYING 1 BEGINS"],
  ] as const)("SH-36 a new rule %s", (_, criteria, expected) => {
    expect(textOf(firstLife(criteria))).toBe(expected);
  });

  test.each([
    ["ACTIVE", true],
    ["INACTIVE", true],
    ["APPLYING", false],
  ] as const)("SH-36 one that is %s may be deleted: %s", (status, expected) => {
    expect(isSettled({ status })).toBe(expected);
  });
});

describe("SH-37 the matches of a rule", () => {
  test.each([
    ["active", rule(), true],
    ["that is being applied", APPLYING, true],
    ["deactivated", INACTIVE, false],
    ["unreadable", UNREADABLE, false],
    ["without criteria", NO_CRITERIA, false],
    ["that expired a moment ago", EXPIRED, true],
    ["that expired five minutes ago", rule({ expiresAt: NOW - 5 * MINUTE_MS }), false],
  ] as const)("of one %s are kept", (_, state, expected) => {
    expect(keepsMatches(state, NOW)).toBe(expected);
  });

  test.each([
    ["that expires a moment later", AHEAD, null, false],
    ["that expires now", NOW, AHEAD, true],
    ["that expires now, for ever", NOW, null, true],
    ["that expires now, to end now", NOW, NOW, false],
    ["that does not expire", null, AHEAD, false],
  ] as const)("of one %s are made anew when it is prolonged", (_, before, after, expected) => {
    expect(livesAgain({ expiresAt: before }, after, NOW)).toBe(expected);
  });
});

test.each([
  ["SH-30 in force", {}, null],
  ["SH-30 by source alone", { criteria: null, source: partyOf("role:rep") }, null],
  ["SH-37 deactivated", { status: "INACTIVE" }, "INACTIVE"],
  ["SH-36 being applied", { status: "APPLYING" }, "APPLYING"],
  ["SH-37 that ends in a moment", { expiresAt: AHEAD }, null],
  ["SH-37 expired", { expiresAt: NOW }, "EXPIRED"],
  ["SH-32 unreadable", { criteria: "UNREADABLE", source: partyOf("role:rep") }, "UNREADABLE"],
  ["SH-30 with neither source nor criteria", { criteria: null }, "EMPTY"],
] as const)("%s: a rule is idle for %s", (_, more, expected) => {
  expect(whyIdle({ ...rule(), source: null, ...more }, NOW)).toBe(expected);
});

/** What a store keeps of one rule beside its row: which generations have matches, and of how many records. */
type Kept = { state: RuleState; readonly matches: Map<number, "SOME" | "ALL">; now: Instant };

/** What is done with a rule in a run: an event, background work, or time that passes. */
type Step =
  | {
      readonly kind: "EVENT";
      readonly event: (kept: Kept) => RuleEvent;
      readonly end: Instant | null | undefined;
    }
  | { readonly kind: "APPLY" | "SWEEP" }
  | { readonly kind: "WAIT"; readonly ms: number };

const anyCriteria = fc.constantFrom("READABLE", "UNREADABLE", null) satisfies fc.Arbitrary<
  RuleState["criteria"]
>;
const anyEnd = fc.option(fc.integer({ min: 1, max: 20 }).map((minutes) => minutes * MINUTE_MS));
/** A request decides by the instant at which it came, and may have waited. */
const lag = fc.integer({ min: 0, max: 4 * MINUTE_MS });

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ criteria: anyCriteria, isRewritten: fc.boolean(), end: anyEnd }).map(
    ({ criteria, isRewritten, end }): Step => ({
      kind: "EVENT",
      end,
      event: ({ state, now }) => {
        // Nobody writes criteria that cannot be read; they are kept.
        const isNew = isRewritten && criteria !== "UNREADABLE";
        const expiresAt = end === null ? null : now + end;
        return change({
          criteria: isNew ? criteria : state.criteria,
          isRewritten: isNew,
          expiresAt,
          at: now,
        });
      },
    }),
  ),
  fc.record({ fit: fc.boolean(), lag }).map(
    ({ fit, lag }): Step => ({
      kind: "EVENT",
      end: undefined,
      event: ({ state, now }) => {
        const criteria = state.criteria === "UNREADABLE" && fit ? "READABLE" : state.criteria;
        return { kind: "ACTIVATE", criteria, at: now - lag };
      },
    }),
  ),
  fc.constantFrom<Step>(
    { kind: "EVENT", end: undefined, event: () => ({ kind: "DEACTIVATE" }) },
    { kind: "EVENT", end: undefined, event: () => ({ kind: "BREAK" }) },
    { kind: "APPLY" },
    { kind: "SWEEP" },
  ),
  fc.integer({ min: 1, max: 15 * MINUTE_MS }).map((ms): Step => ({ kind: "WAIT", ms })),
);

function run(kept: Kept, step: Step): void {
  switch (step.kind) {
    case "WAIT":
      kept.now += step.ms;
      return;
    case "SWEEP":
      for (const generation of kept.matches.keys())
        if (generation !== kept.state.generation || !keepsMatches(kept.state, kept.now))
          kept.matches.delete(generation);
      return;
    case "APPLY": {
      const { state, matches, now } = kept;
      if (isSettled(state)) return;
      if (keepsMatches(state, now)) matches.set(state.generation, "ALL");
      const { generation, criteria } = state;
      follow(kept, { kind: "FINISH", generation, criteria }, criteria, state.expiresAt);
      return;
    }
    case "EVENT": {
      const event = step.event(kept);
      const criteria = "criteria" in event ? event.criteria : kept.state.criteria;
      const expiresAt = event.kind === "CHANGE" ? event.expiresAt : kept.state.expiresAt;
      follow(kept, event, criteria, expiresAt);
      return;
    }
  }
}

function follow(
  kept: Kept,
  event: RuleEvent,
  criteria: RuleState["criteria"],
  expiresAt: Instant | null,
): void {
  const next = nextLife(kept.state, event);
  if (next.kind === "REFUSED") return;
  const { status, generation, isBroken, progress } = next.life;
  if (progress === "BEGINS") {
    expect(kept.matches.has(generation)).toBe(false);
    // What is written while it is being applied has its match already.
    kept.matches.set(generation, "SOME");
  }
  kept.state = { status, generation, criteria: isBroken ? "UNREADABLE" : criteria, expiresAt };
}

test("SH-36 SH-37 whatever happens in whatever order, a rule in force by criteria has all its matches, of its own generation", () => {
  fc.assert(
    fc.property(fc.boolean(), anyEnd, fc.array(anyStep, { maxLength: 25 }), (hasCriteria, end, steps) => {
      const criteria = hasCriteria ? "READABLE" : null;
      const { status, generation } = firstLife(criteria);
      const expiresAt = end === null ? null : NOW + end;
      const kept: Kept = { state: { status, generation, criteria, expiresAt }, matches: new Map(), now: NOW };
      for (const step of steps) {
        run(kept, step);
        const { state, matches, now } = kept;
        if (state.criteria === null || whyIdle({ ...state, source: null }, now) !== null) continue;
        expect(matches.get(state.generation)).toBe("ALL");
      }
    }),
    { numRuns: 2_000 },
  );
});
