import { InvalidInput } from "../../kernel/fault.ts";
import { type ChangingPeople, peopleOf, personIn, withChanged } from "../../policy/model/changing-people.ts";
import type { User } from "../../policy/model/org.ts";
import { type SeatKind, type SeatsTaken, seatOf, seatsTaken } from "../../policy/rights/seats.ts";
import { seatTotals } from "../core/seats.ts";
import type { Viewer } from "../core/viewer.ts";

/**
 * People and seats as they are becoming in the middle of a change: each step is judged by what those before it have
 * left, and by what the asker held at first.
 */
export type Standing = {
  readonly viewer: Viewer;
  readonly people: ChangingPeople;
  /** The addresses of those who are new. */
  readonly addresses: ReadonlySet<string>;
  readonly taken: SeatsTaken;
  readonly total: SeatsTaken;
};

/** As it stands before the first step, under the version that is locked. */
export async function standingOf(viewer: Viewer): Promise<Standing> {
  const total = await seatTotals(viewer).load(viewer.orgId);
  return {
    viewer,
    people: peopleOf(viewer.policy),
    addresses: new Set(),
    taken: seatsTaken(viewer.policy),
    total: { REGULAR: total?.regular ?? 0, TEAM: total?.team ?? 0 },
  };
}

export function personNow({ people }: Standing, user: User): User {
  return personIn(people, user.id) ?? user;
}

/**
 * The same with somebody as they become.
 *
 * @param before null: somebody new.
 * @throws {InvalidInput} `NO_SEAT` with `used` and `total` when they would need a seat and none is free (UA-10, UA-12).
 */
export function withPerson(standing: Standing, place: string, before: User | null, after: User): Standing {
  const { viewer, people, addresses, total } = standing;
  const { policy } = viewer;
  const held = before === null ? null : seatOf(policy.applicationsByKey, before);
  const needed = seatOf(policy.applicationsByKey, after);
  const taken = { ...standing.taken };
  if (held !== null) taken[held] -= 1;
  if (needed !== null) {
    if (needed !== held && taken[needed] >= total[needed]) throw noSeat(place, needed, taken, total);
    taken[needed] += 1;
  }
  const isNew = before === null && after.email !== null;
  return {
    viewer,
    people: withChanged(people, after),
    addresses: isNew ? new Set(addresses).add(after.email) : addresses,
    taken,
    total,
  };
}

const WORD: Readonly<Record<SeatKind, string>> = { REGULAR: "regular", TEAM: "team" };

export function noSeat(place: string, kind: SeatKind, taken: SeatsTaken, total: SeatsTaken): InvalidInput {
  return new InvalidInput(
    place,
    `No ${WORD[kind]} seat is free: ${taken[kind]} of ${total[kind]} are used.`,
    {
      code: "NO_SEAT",
      requirement: "UA-10",
      details: { license: kind, used: taken[kind], total: total[kind] },
    },
  );
}
