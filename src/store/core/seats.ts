import type { OrgId } from "../../kernel/id.ts";
import { loaderOf } from "./loaders.ts";

/** How many seats the organisation has bought, by licence. One statement per request. */
export const seatTotals = loaderOf<OrgId, { readonly regular: number; readonly team: number }>(
  async ({ store, orgId }) => {
    const row = await store.database.reader.organization.findUnique({
      where: { id: orgId },
      select: { regularSeats: true, teamSeats: true },
    });
    return new Map(row ? [[orgId, { regular: row.regularSeats, team: row.teamSeats }]] : []);
  },
);
