import { InvalidInput } from "../../kernel/fault.ts";
import type { OrgId } from "../../kernel/id.ts";
import type { Language } from "../../policy/model/org.ts";
import type { Viewer } from "../core/viewer.ts";
import { write } from "../core/write.ts";

/** What of the organisation is to change; undefined leaves it. */
export type OrganizationChange = { readonly language?: Language | null | undefined };

/** Changes settings of the organisation. @throws {InvalidInput} for what cannot be taken away. */
export function updateOrganization(
  viewer: Viewer,
  change: OrganizationChange,
): Promise<{ readonly organizationId: OrgId }> {
  return write(viewer, "updateOrganization", {
    read: () => {
      if (change.language === null)
        throw new InvalidInput("input.language", "It cannot be taken away; leave it out to keep it.");
      return { language: change.language };
    },
    change: async ({ tx, viewer }, { language }) => {
      const { orgId } = viewer;
      const where = { id: orgId };
      const before = await tx.organization.findUniqueOrThrow({ where, select: { language: true } });
      const after = { language: language ?? before.language };
      await tx.organization.update({ where, data: after });
      return {
        result: { organizationId: orgId },
        happened: [
          { action: "UPDATE_ORGANIZATION", target: { type: "Organization", id: orgId }, before, after },
        ],
      };
    },
  });
}
