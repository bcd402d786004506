import type { OrgId } from "../../kernel/id.ts";
import type { Edition, Org, User } from "../../policy/model/org.ts";
import { restrictedUsers, seatsTaken } from "../../policy/rights/seats.ts";
import { loaderOf } from "../core/loaders.ts";
import { seatTotals } from "../core/seats.ts";
import { type Viewer, viewerHolds } from "../core/viewer.ts";

/** The seats of one licence: how many there are, how many people hold one, and how many are left. */
export type SeatCount = { readonly total: number; readonly used: number; readonly free: number };

export type Seats = {
  readonly regular: SeatCount;
  readonly team: SeatCount;
  /** How many people work here without one (UA-11). */
  readonly restricted: number;
};

export type Settings = {
  readonly timeZone: string;
  readonly edition: Edition;
  readonly hierarchy: Org["hierarchy"];
  readonly superAdministrator: User | null;
};

/** The company settings that deciding needs, for holders of `MANAGE_ORGANIZATION`; null for others (D11, AP-23). */
export function settingsFor(viewer: Viewer): Settings | null {
  if (!viewerHolds(viewer, "MANAGE_ORGANIZATION")) return null;
  const { org, users } = viewer.policy;
  return {
    timeZone: org.timeZone,
    edition: org.edition,
    hierarchy: org.hierarchy,
    superAdministrator: users.get(org.superAdminId) ?? null,
  };
}

/** The seats, for holders of `MANAGE_ORGANIZATION`; null for others. One statement per request. */
export async function seatsFor(viewer: Viewer): Promise<Seats | null> {
  if (!viewerHolds(viewer, "MANAGE_ORGANIZATION")) return null;
  const total = await seatTotals(viewer).load(viewer.orgId);
  const used = seatsTaken(viewer.policy);
  return (
    total && {
      regular: counted(total.regular, used.REGULAR),
      team: counted(total.team, used.TEAM),
      restricted: restrictedUsers(viewer.policy),
    }
  );
}

/** For how many days support access may be opened at most, for holders of `MANAGE_SUPPORT_ACCESS` (SA-02); null for others. */
export async function longestSupportDaysFor(viewer: Viewer): Promise<number | null> {
  if (!viewerHolds(viewer, "MANAGE_SUPPORT_ACCESS")) return null;
  const row = await longestSupportOf(viewer).load(viewer.orgId);
  return row?.days ?? null;
}

const longestSupportOf = loaderOf<OrgId, { readonly days: number | null }>(async ({ store, orgId }) => {
  const row = await store.database.reader.organization.findUnique({
    where: { id: orgId },
    select: { longestSupportDays: true },
  });
  return new Map(row ? [[orgId, { days: row.longestSupportDays }]] : []);
});

function counted(total: number, used: number): SeatCount {
  return { total, used, free: Math.max(0, total - used) };
}
