import { InvalidInput, NotFound } from "../../kernel/fault.ts";
import type { SupportAccessId } from "../../kernel/id.ts";
import type { SupportGrant } from "../../policy/model/org.ts";
import { standingSupportGrants } from "../../policy/rights/support-window.ts";
import { type Viewer, viewerHolds } from "../core/viewer.ts";

/**
 * The grant that is named, for who may read it; null when none is named.
 *
 * @throws {NotFound} naming the input.
 */
export function grantNamed(viewer: Viewer, field: string, id: SupportAccessId | null): SupportGrant | null {
  if (id === null) return null;
  const grant = viewer.policy.org.supportGrants.find((each) => each.id === id);
  if (grant === undefined || !viewerHolds(viewer, "MANAGE_SUPPORT_ACCESS")) throw new NotFound(field);
  return grant;
}

/**
 * The grant that stands, which is the one that was named if one was.
 *
 * @throws {InvalidInput} `CONFLICT` when there is none, or the one that was named is over.
 */
export function standingGrant({ policy, now }: Viewer, named: SupportGrant | null): SupportGrant {
  const [standing] = standingSupportGrants(policy, now);
  if (standing === undefined)
    throw new InvalidInput(null, "No support access is open.", { code: "CONFLICT", requirement: "SA-05" });
  if (named === null || named.id === standing.id) return standing;
  throw new InvalidInput("input.id", "This support access is over; another one is open.", {
    code: "CONFLICT",
    requirement: "SA-05",
  });
}
