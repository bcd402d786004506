import { InvalidInput } from "../../kernel/fault.ts";
import type { UserId } from "../../kernel/id.ts";
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
  /** Those who are others than the policy has them. */
  readonly people: ReadonlyMap<UserId, User>;
  readonly taken: SeatsTaken;
  readonly total: SeatsTaken;
};

/** As it stands before the first step, under the version that is locked. */
export async function standingOf(viewer: Viewer): Promise<Standing> {
  const total = await seatTotals(viewer).load(viewer.orgId);
  return {
    viewer,
    people: new Map(),
    taken: seatsTaken(viewer.policy),
    total: { REGULAR: total?.regular ?? 0, TEAM: total?.team ?? 0 },
  };
}

export function personNow({ people }: Standing, user: User): User {
  return people.get(user.id) ?? user;
}

/**
 * The same with somebody as they become.
 *
 * @param before null: somebody new.
 * @throws {InvalidInput} `NO_SEAT` with `used` and `total` when they would need a seat and none is free (UA-10, UA-12).
 */
export function withPerson(standing: Standing, place: string, before: User | null, after: User): Standing {
  const { viewer, people, total } = standing;
  const { policy } = viewer;
  const held = before === null ? null : seatOf(policy.applicationsByKey, before);
  const needed = seatOf(policy.applicationsByKey, after);
  const taken = { ...standing.taken };
  if (held !== null) taken[held] -= 1;
  if (needed !== null) {
    if (needed !== held && taken[needed] >= total[needed]) throw noSeat(place, needed, taken, total);
    taken[needed] += 1;
  }
  const isMoved =
    before !== null &&
    (before.roleId !== after.roleId ||
      before.reportsToId !== after.reportsToId ||
      before.profileId !== after.profileId);
  return {
    viewer: isMoved ? amongUsers(viewer, after) : viewer,
    people: new Map(people).set(after.id, after),
    taken,
    total,
  };
}

/** The same viewer in an organisation in which somebody stands elsewhere. */
function amongUsers(viewer: Viewer, user: User): Viewer {
  const { policy } = viewer;
  const users = policy.org.users.map((each) => (each.id === user.id ? user : each));
  return { ...viewer, policy: { ...policy, org: { ...policy.org, users } } };
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
