import { type Instant, isLive } from "../../kernel/instant.ts";
import type { SharingRule } from "../model/org.ts";

/**
 * What of a rule decides about its life. What its criteria say does not, only whether there are any and whether they can
 * be read, so that a stored row can be asked about as well as a rule.
 */
export type RuleState = Pick<SharingRule, "status" | "expiresAt" | "generation"> & {
  readonly criteria: SharingRule["criteria"] | "READABLE";
};

/** What may happen to a rule. `at` is the instant that decides whether it has expired. */
export type RuleEvent =
  /** Somebody writes it anew, in part or whole. */
  | {
      readonly kind: "CHANGE";
      readonly criteria: RuleState["criteria"];
      /** Whether the criteria are written in another way than before. */
      readonly isRewritten: boolean;
      readonly expiresAt: Instant | null;
      readonly at: Instant;
    }
  /** Somebody puts it in force again; `criteria` as they read under the fields of now. */
  | { readonly kind: "ACTIVATE"; readonly criteria: RuleState["criteria"]; readonly at: Instant }
  | { readonly kind: "DEACTIVATE" }
  /** A field that its criteria use becomes another or goes, or they do not read any more. */
  | { readonly kind: "BREAK" }
  /** Every record has been looked at for one generation; `criteria` as they read under the fields of now. */
  | { readonly kind: "FINISH"; readonly generation: number; readonly criteria: RuleState["criteria"] }
  /** An organisation file writes it, and derives its matches itself. */
  | {
      readonly kind: "IMPORT";
      readonly isActive: boolean;
      /** Whether its criteria or its module are others than before. */
      readonly isRewritten: boolean;
    };

/** How a rule lives on. */
export type RuleLife = {
  readonly status: SharingRule["status"];
  /** A greater one than before makes every match that is stored void, whoever is about to store more. */
  readonly generation: number;
  /** Whether the criteria cannot be read, even when fields come that they would fit. */
  readonly isBroken: boolean;
  /**
   * How far the criteria have been applied: as far as before, not at all, not at all but that begins now in the
   * background, or to every record.
   */
  readonly progress: "AS_BEFORE" | "NONE" | "BEGINS" | "WHOLE";
};

/** Why something cannot happen to a rule. */
export type RuleRefusal = "APPLYING" | "ACTIVE" | "INACTIVE" | "UNREADABLE" | "NOT_APPLYING";

/** The events that nothing can refuse. */
type Inevitable = Extract<RuleEvent, { readonly kind: "BREAK" | "IMPORT" }>;

type Lives = { readonly kind: "LIVES"; readonly life: RuleLife };
type Next = Lives | { readonly kind: "REFUSED"; readonly why: RuleRefusal };

/** A new rule: in force at once, or with criteria when they have been applied (SH-36). */
export function firstLife(criteria: RuleState["criteria"]): RuleLife {
  const isApplied = criteria !== null;
  return {
    status: isApplied ? "APPLYING" : "ACTIVE",
    generation: 1,
    isBroken: false,
    progress: isApplied ? "BEGINS" : "NONE",
  };
}

/**
 * How a rule lives on after an event, or why that cannot be.
 *
 * Whatever gives a rule new matches, or back those that it has lost, gives it another generation: a rule that is in
 * force never counts a match of an older meaning, nor misses one that was swept (SH-36, SH-37).
 */
export function nextLife(state: RuleState, event: Inevitable): Lives;
export function nextLife(state: RuleState, event: RuleEvent): Next;
export function nextLife(state: RuleState, event: RuleEvent): Next {
  switch (event.kind) {
    case "CHANGE":
      return isSettled(state) ? lives(changed(state, event)) : refused("APPLYING");
    case "ACTIVATE":
      return activated(state, event);
    case "DEACTIVATE":
      return state.status === "INACTIVE"
        ? refused("INACTIVE")
        : lives({ ...standing(state), status: "INACTIVE", progress: "NONE" });
    case "BREAK":
      return lives(broken(state));
    case "FINISH":
      return isSettled(state) || state.generation !== event.generation
        ? refused("NOT_APPLYING")
        : lives({ ...standing({ ...state, criteria: event.criteria }), status: "ACTIVE", progress: "WHOLE" });
    case "IMPORT":
      return lives(imported(state, event));
  }
}

/** Whether the rule may be changed or deleted: not while its criteria are being applied (SH-36). */
export function isSettled({ status }: Pick<RuleState, "status">): boolean {
  return status !== "APPLYING";
}

/** Whether a rule that had expired has a new end ahead: an expired one keeps no matches (SH-37). */
export function livesAgain(
  { expiresAt: before }: Pick<RuleState, "expiresAt">,
  expiresAt: Instant | null,
  at: Instant,
): boolean {
  return !isLive(before, at) && isLive(expiresAt, at);
}

/**
 * For so long after its expiry the matches of a rule are still kept, in milliseconds.
 *
 * Who prolongs a rule before its expiry relies on its matches; who does so after it has them made anew. The two are
 * told apart by the clock of a request, and clocks differ and requests wait: within this time nobody mistakes a rule
 * whose matches have gone for one that still has them. That it has expired is decided when asked, to the millisecond.
 */
const KEPT_AFTER_EXPIRY_MS = 5 * 60 * 1000;

/**
 * Whether matches of the rule's generation are made and kept: those of a rule by criteria that is active or being
 * applied, not expired, and readable (SH-37, EN-07).
 *
 * One that is being applied admits nothing yet, but what is written meanwhile must not be missing when it does (SH-36).
 */
export function keepsMatches(
  { status, criteria, expiresAt }: Omit<RuleState, "generation">,
  now: Instant,
): boolean {
  if (status === "INACTIVE" || criteria === null || criteria === "UNREADABLE") return false;
  return isLive(expiresAt, now - KEPT_AFTER_EXPIRY_MS);
}

/** Why a rule admits nothing. */
export type Idleness = "INACTIVE" | "APPLYING" | "EXPIRED" | "UNREADABLE" | "EMPTY";

/** Null when the rule is in force; otherwise why it admits nothing, whatever the record (EN-07). */
export function whyIdle(
  rule: Omit<RuleState, "generation"> & Pick<SharingRule, "source">,
  now: Instant,
): Idleness | null {
  if (rule.status === "INACTIVE") return "INACTIVE";
  if (rule.status === "APPLYING") return "APPLYING";
  if (!isLive(rule.expiresAt, now)) return "EXPIRED";
  if (rule.criteria === "UNREADABLE") return "UNREADABLE";
  return rule.criteria === null && rule.source === null ? "EMPTY" : null;
}

/** New criteria, and a new life after the expiry, are another generation; anything else touches no record (SH-36). */
function changed(state: RuleState, event: Extract<RuleEvent, { readonly kind: "CHANGE" }>): RuleLife {
  const { criteria, isRewritten, expiresAt, at } = event;
  const after = standing({ ...state, criteria });
  if (!isRewritten && (criteria === null || !livesAgain(state, expiresAt, at))) return after;
  const isApplied =
    state.status !== "INACTIVE" && criteria !== null && !after.isBroken && isLive(expiresAt, at);
  return { ...anew(after), ...(isApplied ? BEGINNING : {}) };
}

function activated(
  state: RuleState,
  { criteria, at }: Extract<RuleEvent, { readonly kind: "ACTIVATE" }>,
): Next {
  if (!isSettled(state)) return refused("APPLYING");
  // One whose criteria cannot be read is in force by name only.
  if (state.status === "ACTIVE" && state.criteria !== "UNREADABLE") return refused("ACTIVE");
  if (criteria === "UNREADABLE") return refused("UNREADABLE");
  const after = standing({ ...state, criteria });
  if (criteria === null) return lives({ ...after, status: "ACTIVE", progress: "NONE" });
  return lives({
    ...anew(after),
    status: "ACTIVE",
    ...(isLive(state.expiresAt, at) ? BEGINNING : {}),
  });
}

/**
 * A rule stays active or deactivated as it was, for that is somebody's wish. One that was being applied is not any more,
 * since there is nothing to apply: it becomes active, which is what it was to become, and stays without effect (SH-32).
 */
function broken(state: RuleState): RuleLife {
  const after = standing({ ...state, criteria: "UNREADABLE", generation: state.generation + 1 });
  return isSettled(state) ? after : { ...after, status: "ACTIVE", progress: "NONE" };
}

/** What is being applied is another generation too: the file's matches are whole, those under way are not. */
function imported(
  state: RuleState,
  { isActive, isRewritten }: Extract<RuleEvent, { readonly kind: "IMPORT" }>,
): RuleLife {
  const after = standing({ ...state, status: isActive ? "ACTIVE" : "INACTIVE", criteria: "READABLE" });
  const isSame = !isRewritten && after.status === state.status && state.criteria !== "UNREADABLE";
  return isSame ? after : anew(after);
}

function standing({ status, generation, criteria }: RuleState): RuleLife {
  return { status, generation, isBroken: criteria === "UNREADABLE", progress: "AS_BEFORE" };
}

const BEGINNING = { status: "APPLYING", progress: "BEGINS" } as const;

function anew(life: RuleLife): RuleLife {
  return { ...life, generation: life.generation + 1, progress: "NONE" };
}

function lives(life: RuleLife): Lives {
  return { kind: "LIVES", life };
}

function refused(why: RuleRefusal): Next {
  return { kind: "REFUSED", why };
}
