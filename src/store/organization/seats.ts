import { InvalidInput } from "../../kernel/fault.ts";
import type { OrgId } from "../../kernel/id.ts";
import { type SeatKind, seatsTaken } from "../../policy/rights/seats.ts";
import { noSeat } from "../applications/standing.ts";
import { seatTotals } from "../core/seats.ts";
import type { Viewer } from "../core/viewer.ts";
import { write } from "../core/write.ts";

/** How many seats there are to be, by licence; undefined leaves them. */
export type SeatsChange = {
  readonly regular?: number | null | undefined;
  readonly team?: number | null | undefined;
};

/**
 * Sets how many seats the organisation has (UA-13).
 *
 * @throws {InvalidInput} `NO_SEAT` with `used` and `total` for fewer than are held.
 */
export function setSeats(viewer: Viewer, change: SeatsChange): Promise<{ readonly organizationId: OrgId }> {
  return write(viewer, "setSeats", {
    read: () => ({
      regular: readSeats("input.regular", change.regular),
      team: readSeats("input.team", change.team),
    }),
    change: async ({ tx, viewer }, { regular, team }) => {
      const { orgId } = viewer;
      const before = (await seatTotals(viewer).load(orgId)) ?? { regular: 0, team: 0 };
      const after = { regular: regular ?? before.regular, team: team ?? before.team };
      requireEnough(viewer, "REGULAR", "input.regular", after);
      requireEnough(viewer, "TEAM", "input.team", after);
      await tx.organization.update({
        where: { id: orgId },
        data: { regularSeats: after.regular, teamSeats: after.team },
      });
      return {
        result: { organizationId: orgId },
        happened: [{ action: "SET_SEATS", target: { type: "Organization", id: orgId }, before, after }],
      };
    },
  });
}

function readSeats(field: string, seats: number | null | undefined): number | undefined {
  if (seats === undefined) return undefined;
  if (seats === null) throw new InvalidInput(field, "Say how many; leave it out to keep them.");
  if (seats < 0) throw new InvalidInput(field, `No fewer seats than none, not ${seats}.`);
  return seats;
}

function requireEnough(
  { policy }: Viewer,
  kind: SeatKind,
  field: string,
  after: { readonly regular: number; readonly team: number },
): void {
  const taken = seatsTaken(policy);
  const total = { REGULAR: after.regular, TEAM: after.team };
  if (taken[kind] > total[kind]) throw noSeat(field, kind, taken, total);
}
