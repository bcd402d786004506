import type { ErrorCode } from "../../src/kernel/fault.ts";
import type { MutationName } from "../../src/policy/rights/needs.ts";
import type { Dice } from "../random/dice.ts";
import type { Facts } from "./facts.ts";
import type { Answer, Shown } from "./instance.ts";

/** How a mutation ends: it is done, or it is refused. */
export type Outcome = "DONE" | ErrorCode;

/** One mutation as somebody is about to send it, and how it must end. */
export type Step = {
  readonly mutation: MutationName;
  /** The address of who sends it. */
  readonly as: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** What of the payload is asked for. */
  readonly select: string;
  /** How it may end, by the facts before it: as a rule exactly one outcome. */
  readonly expected: readonly Outcome[];
  /** How many audit events it leaves when it is done: exactly so many, or so many at least. One unless said. */
  readonly events?: number | { readonly atLeast: number };
  /** The address of who did it by the log, when it is not who sent it. */
  readonly actor?: string;
  /** What must be so when it is done, beyond what is checked after every step. Throws. */
  readonly check?: (after: Facts, payload: Shown) => void;
};

/** What a step is made from. */
export type Scene = {
  readonly facts: Facts;
  readonly dice: Dice;
  /** Unique in the sequence: names of what is made carry it. */
  readonly number: number;
};

/** Makes a random step of one mutation, mostly plausible; null when there is nothing to do it with. */
export type Maker = (scene: Scene) => Step | null;

/** The step as a GraphQL request. */
export function requestOf({ mutation, input, select }: Pick<Step, "mutation" | "input" | "select">): {
  readonly query: string;
  readonly variables: { readonly input: object };
} {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  return {
    query: `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${select} } }`,
    variables: { input },
  };
}

/** How an answer says that the mutation ended. */
export function outcomeOf({ data, errors }: Answer): Outcome {
  if (errors === undefined && data != null) return "DONE";
  return (errors?.[0]?.extensions.code ?? "INTERNAL") as Outcome;
}
