import type { OrgId } from "../../kernel/id.ts";
import type { Edition, Org, User } from "../../policy/model/org.ts";
import { loaderOf } from "../core/loaders.ts";
import { type Viewer, viewerHolds } from "../core/viewer.ts";

/** How many seats the organisation has, by licence. */
export type Seats = { readonly regular: number; readonly team: number };

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
  return viewerHolds(viewer, "MANAGE_ORGANIZATION") ? seatsOf(viewer).load(viewer.orgId) : null;
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

const seatsOf = loaderOf<OrgId, Seats>(async ({ store, orgId }) => {
  const row = await store.database.reader.organization.findUnique({
    where: { id: orgId },
    select: { regularSeats: true, teamSeats: true },
  });
  return new Map(row ? [[orgId, { regular: row.regularSeats, team: row.teamSeats }]] : []);
});
