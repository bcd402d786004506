import { SHARE_LEVELS, type ShareLevel } from "../../../src/policy/model/org.ts";
import type { Chance } from "./chance.ts";
import type { Party } from "./party.ts";
import type { Staff } from "./people.ts";
import { isQuiet } from "./rules.ts";
import { PER_OTHER, type Size } from "./size.ts";

export type Share = {
  readonly module: number;
  readonly place: number;
  readonly party: Party;
  readonly level: ShareLevel;
  /** Milliseconds since 1970; null is never. Either long past or far ahead: no run sees one expire. */
  readonly expiresAt: number | null;
};

const SALT = { party: 35, expiry: 36 } as const;
const LONG_PAST = Date.UTC(2025, 0, 1);
const FAR_AHEAD = Date.UTC(2099, 0, 1);

/** Strides through the records without a common divisor with any size: no record comes twice. */
const STRIDE = { direct: 611_953, broad: 350_377 } as const;

/** The shares one after another: seven tenths to users and roles, the rest to roles with subordinates and groups. */
export function* sharesOf(size: Size, staff: Staff, chance: Chance): Iterable<Share> {
  const direct = Math.round(size.shares * 0.7);
  const { viewers, recipients } = staff;
  const quiet = [...staff.tree.roles.keys()].filter((role) => isQuiet(staff, role));
  const toShareonly = Math.round(size.shares * 0.007);
  const toRep = Math.max(2, Math.round(size.records * 0.0001));
  const person = (bits: number): Party => ({
    kind: "USER",
    at: staff.firstOrdinary + (bits % (staff.users.length - staff.firstOrdinary)),
  });

  for (let at = 0; at < direct; at += 1) {
    const bits = Math.floor(chance.bits(at, SALT.party) / 8);
    const isChosen = at < toShareonly + toRep;
    const party: Party = isChosen
      ? { kind: "USER", at: at < toShareonly ? viewers.shareonly : viewers.rep }
      : bits % 7 === 0
        ? { kind: "ROLE", at: quiet[bits % quiet.length] ?? 0 }
        : person(bits);
    yield { ...placeOf(at, STRIDE.direct, isChosen), party, ...termsOf(at, isChosen) };
  }

  const toRecipients = Math.round(size.shares * 0.003);
  for (let at = 0; at < size.shares - direct; at += 1) {
    const bits = Math.floor(chance.bits(direct + at, SALT.party) / 8);
    const isChosen = at < toRecipients;
    const party: Party = isChosen
      ? { kind: "GROUP", at: recipients[at % recipients.length] ?? 0 }
      : bits % 5 < 3
        ? { kind: "ROLE_AND_SUBORDINATES", at: quiet[bits % quiet.length] ?? 0 }
        : { kind: "GROUP", at: staff.ordinary[bits % staff.ordinary.length] ?? 0 };
    yield { ...placeOf(at, STRIDE.broad, isChosen), party, ...termsOf(direct + at, isChosen) };
  }

  function placeOf(at: number, stride: number, isChosen: boolean): Pick<Share, "module" | "place"> {
    // One in ten is of a record of another module.
    const isOther = at % 10 === 9 && !isChosen;
    const count = isOther ? size.records / PER_OTHER : size.records;
    return { module: isOther ? 1 : 0, place: ((isOther ? Math.floor(at / 10) : at) * stride + 7) % count };
  }

  function termsOf(at: number, isChosen: boolean): Pick<Share, "level" | "expiresAt"> {
    const level = SHARE_LEVELS[at % SHARE_LEVELS.length] ?? "READ_ONLY";
    const draw = chance.fraction(at, SALT.expiry);
    const expiresAt = draw < 0.05 && !isChosen ? LONG_PAST : draw > 0.9 ? FAR_AHEAD : null;
    return { level, expiresAt };
  }
}
