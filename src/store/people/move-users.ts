import type { UserId } from "../../kernel/id.ts";
import { peopleOf, withChanged } from "../../policy/model/changing-people.ts";
import { admittedOf, type EachOutcome, eachInTurn, outcomeOf, placeOf, requireItems } from "../core/items.ts";
import type { Viewer } from "../core/viewer.ts";
import { asItem, type Writing, writeEach } from "../core/write.ts";
import { type AdmittedMove, writePlaces } from "../profiles/place.ts";
import {
  admitUserChange,
  type ReadUserChange,
  readUserChange,
  shownOf,
  type UserChange,
} from "./user-change.ts";

/** To which role, profile and manager somebody goes; undefined leaves it. */
export type UserMove = Omit<UserChange, "name">;

/**
 * Moves up to 500 people, in their order (UA-65): each is decided by itself as `updateUser` would, in the organisation as
 * those before it have left it, by what the asker held at first.
 */
export function moveUsers(viewer: Viewer, moves: readonly UserMove[]): Promise<EachOutcome<UserId>> {
  const ids = moves.map(({ userId }) => userId);
  return writeEach(viewer, "moveUsers", {
    read: async ({ viewer }) => {
      requireItems(ids, (at) => `${placeOf(at)}.id`, "person");
      return Promise.all(
        moves.map((move, at) => asItem(async () => readUserChange(viewer, placeOf(at), move))),
      );
    },
    change: async (writing, items) => {
      const { viewer } = writing;
      let people = peopleOf(viewer.policy);
      const admitted = await eachInTurn(viewer, items, (read, place): Moved => {
        const move = admitUserChange(viewer, place, read, people);
        people = withChanged(people, { ...read.user, ...read.after });
        return { read, move };
      });
      const moved = admittedOf(admitted);
      await writeTogether(
        writing,
        moved.map(({ move }) => move),
      );
      return {
        result: outcomeOf(ids, admitted),
        happened: moved.map(({ read: { user, after } }) => ({
          action: "UPDATE_USER",
          target: { type: "User", id: user.id },
          before: shownOf(user),
          after,
        })),
        wakes: ["MOVE_OWNED_RECORDS"],
      };
    },
  });
}

type Moved = { readonly read: ReadUserChange; readonly move: AdmittedMove };

/** People who go to the same place go together. */
async function writeTogether(writing: Writing, moves: readonly AdmittedMove[]): Promise<void> {
  const placeOfMove = ({ to: { roleId, reportsToId, profile } }: AdmittedMove) =>
    JSON.stringify([roleId, reportsToId, profile === undefined ? "KEEPS" : profile?.id]);
  for (const [first, ...others] of Map.groupBy(moves, placeOfMove).values()) {
    if (first === undefined) continue;
    const people = [first, ...others].flatMap((move) => move.people);
    // Each of them was admitted to that very place.
    await writePlaces(writing, { ...first, people });
  }
}
