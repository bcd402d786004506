import type { ErrorCode } from "../../../src/kernel/fault.ts";
import type { MutationName } from "../../../src/policy/rights/needs.ts";
import type { Gateway } from "../gateway.ts";

/** Who asks, with which input. The input is made anew for every use, from the world as it is then. */
export type Attempt = {
  /** The address of a persona of the world; null is nobody. */
  readonly as: string | null;
  readonly input: (gateway: Gateway) => Promise<object>;
};

/** An attempt that must be refused, and how. */
export type Refused = Attempt & {
  readonly code: ErrorCode;
  /** `extensions.field`, where the refusal names one. */
  readonly field?: string;
};

/**
 * One mutation in the table of CA-01: × {anonymous, no capability, out of reach, readable but not writable, allowed}.
 *
 * Anonymous is asked with the allowed input, unless a token stands for a sign-in. A refusal must leave `effect` as it was; the allowed attempt must change
 * it. A column that cannot exist for the mutation says why instead.
 */
export type MutationRow = {
  readonly name: MutationName;
  /** What is looked at before and after, as the super administrator; GraphQL query text, e.g. `{ roles { edges { node { name } } } }`. */
  readonly effect: string;
  /** A gate is shut, or the capability is not held. */
  readonly noCapability: Refused | { readonly why: string };
  /** What the input names is absent or out of reach. */
  readonly outOfReach: Refused | { readonly why: string };
  /** What the input names can be read, but this may not be done with it. */
  readonly notWritable: Refused | { readonly why: string };
  readonly allowed: Attempt & { readonly payload: string };
};
