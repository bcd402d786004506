/** Every code an answer can carry (AP-04). */
export const ERROR_CODES = [
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "NOT_FOUND",
  "BAD_USER_INPUT",
  "CONFLICT",
  "RULE_APPLYING",
  "CONFIRMATION_REQUIRED",
  "NO_SEAT",
  "TEAM_MODULE_LIMIT",
  "ACTION_NOT_AVAILABLE",
  "CONVERSION_NOT_ALLOWED",
  "LAST_ADMINISTRATOR",
  "ALREADY_VISIBLE",
  "LIMIT_EXCEEDED",
  "INTERNAL",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** The codes of input that is refused: wrong in itself, or wrong for the state it meets. */
export type InputCode = Exclude<ErrorCode, "UNAUTHENTICATED" | "FORBIDDEN" | "NOT_FOUND" | "INTERNAL">;

/** What was asked is wrong or cannot be now: names the field of the input. */
export class InvalidInput extends Error {
  readonly kind = "INVALID_INPUT";
  override readonly name = "InvalidInput";
  /** Path into the input, such as `criteria.all.0.value`; null when it is the whole. */
  readonly field: string | null;
  readonly code: InputCode;
  readonly requirement: string | null;
  /** What else a program wants to know, such as the id of a twin; stands beside the code in the answer. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    field: string | null,
    message: string,
    reason: { code?: InputCode; requirement?: string; details?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(message);
    this.field = field;
    this.code = reason.code ?? "BAD_USER_INPUT";
    this.requirement = reason.requirement ?? null;
    this.details = reason.details ?? {};
  }
}

/** So many faults of one input are told, and looking for more ends there (AP-13). */
export const MOST_FAULTS_TOLD = 20;

/** The faults of one input as one refusal: it is the first of them, and where there are others tells all (AP-13). */
export function together(faults: readonly InvalidInput[]): InvalidInput {
  const [first] = faults;
  if (first === undefined) return new InvalidInput(null, "The input is wrong.");
  const told = faults.slice(0, MOST_FAULTS_TOLD).map(({ field, message }) => ({ field, message }));
  return new InvalidInput(first.field, first.message, {
    code: first.code,
    ...(first.requirement === null ? {} : { requirement: first.requirement }),
    details: told.length === 1 ? first.details : { ...first.details, faults: told },
  });
}

/** Absent or out of reach: the two are one answer, in text too (AP-03). */
export class NotFound extends Error {
  readonly kind = "NOT_FOUND";
  override readonly name = "NotFound";
  readonly field: string | null;
  readonly code = "NOT_FOUND";

  constructor(field: string | null = null) {
    super("There is no such thing, or it is out of reach.");
    this.field = field;
  }
}

/** Readable, but not to be done: says the sentence of the gate or absence that refused. */
export class Forbidden extends Error {
  readonly kind = "FORBIDDEN";
  override readonly name = "Forbidden";
  readonly code = "FORBIDDEN";
  readonly requirement: string | null;

  constructor(sentence: string, requirement: string | null = null) {
    super(sentence);
    this.requirement = requirement;
  }
}

/** One thing wrong with an organisation file (BU-01). */
export type PolicyFault = {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units as editors count. */
  readonly column: number;
  /** Where in the document, such as `sharingRules.won-to-all.criteria.all[0].op`; empty for the document itself. */
  readonly path: string;
  readonly message: string;
  /** What would have been right; null when the message says it. */
  readonly expected: string | null;
  readonly code: InputCode;
  /** The requirement behind the refusal, such as `SH-20`; null for the syntax of the format. */
  readonly requirement: string | null;
};

/** An organisation file that is refused as a whole: every fault, in the order of the file. */
export class InvalidPolicy extends Error {
  readonly kind = "INVALID_POLICY";
  override readonly name = "InvalidPolicy";
  readonly code = "BAD_USER_INPUT";
  readonly faults: readonly PolicyFault[];

  constructor(faults: readonly PolicyFault[]) {
    super(faults.map(describeFault).join("\n"));
    this.faults = faults;
  }
}

/** The four kinds of failure that are no bug; anything else thrown is one. */
export type Fault = InvalidInput | NotFound | Forbidden | InvalidPolicy;

export function isFault(error: unknown): error is Fault {
  return (
    error instanceof InvalidInput ||
    error instanceof NotFound ||
    error instanceof Forbidden ||
    error instanceof InvalidPolicy
  );
}

/** `file:line:column: path: message (expected …) [requirement]`, as terminals and editors link it. */
export function describeFault(fault: PolicyFault): string {
  const where = `${fault.file}:${fault.line}:${fault.column}`;
  const path = fault.path === "" ? "" : ` ${fault.path}:`;
  const code = fault.code === "BAD_USER_INPUT" ? "" : ` ${fault.code}:`;
  const expected = fault.expected === null ? "" : ` (expected ${fault.expected})`;
  const requirement = fault.requirement === null ? "" : ` [${fault.requirement}]`;
  return `${where}:${path}${code} ${fault.message}${expected}${requirement}`;
}
