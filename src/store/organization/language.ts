import type { OrgId } from "../../kernel/id.ts";
import type { Language } from "../../policy/model/org.ts";
import { loaderOf } from "../core/loaders.ts";
import { type Viewer, viewerHolds } from "../core/viewer.ts";

/** What mails to the organisation's people are written in, for holders of `MANAGE_ORGANIZATION`; null for others. */
export async function languageFor(viewer: Viewer): Promise<Language | null> {
  return viewerHolds(viewer, "MANAGE_ORGANIZATION") ? languageOf(viewer).load(viewer.orgId) : null;
}

const languageOf = loaderOf<OrgId, Language>(async ({ store, orgId }) => {
  const row = await store.database.reader.organization.findUnique({
    where: { id: orgId },
    select: { language: true },
  });
  return new Map(row ? [[orgId, row.language]] : []);
});
