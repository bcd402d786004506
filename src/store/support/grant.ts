import { v7 } from "uuid";
import { InvalidInput } from "../../kernel/fault.ts";
import { asId, type SupportAccessId } from "../../kernel/id.ts";
import type { Capability } from "../../policy/capability.ts";
import { standingSupportGrants } from "../../policy/rights/support-window.ts";
import type { Viewer } from "../core/viewer.ts";
import { write } from "../core/write.ts";
import { readText } from "../directory/input.ts";
import { readCapabilities } from "../profiles/input.ts";
import { admissibleAgent, agentUser, readAgent, requireOutside } from "./agent.ts";
import { accessAsEvent } from "./content.ts";
import { readEnd, requireDayAhead } from "./window.ts";

/** Reasons are at most so many characters long. */
const MAX_REASON = 1_000;

export type NewSupportAccess = {
  /** The last day, `YYYY-MM-DD` in the organisation's time zone. */
  readonly expiresOn: string;
  /** Null is the only agent that the vendor has. */
  readonly agent: string | null;
  readonly reason: string | null;
  readonly extraDenials: readonly Capability[];
  /** Whether the asker knows that data becomes visible. */
  readonly isAcknowledged: boolean;
};

/**
 * Opens the door to one agent of the vendor, from the instant of the request to the end of a day (SA-01, SA-02).
 *
 * @throws {InvalidInput} naming the input; `CONFIRMATION_REQUIRED` unless it is acknowledged that data becomes visible
 * (SA-11); `CONFLICT` for a member's address, and while another grant stands (SA-05).
 */
export function grantSupportAccess(
  viewer: Viewer,
  wanted: NewSupportAccess,
): Promise<{ readonly supportAccessId: SupportAccessId }> {
  return write(viewer, "grantSupportAccess", {
    read: () => ({
      named: readAgent("input.agent", wanted.agent),
      reason: readText("input.reason", wanted.reason, MAX_REASON),
      extraDenials: readCapabilities(wanted.extraDenials, "input.extraDenials"),
    }),
    change: async (writing, { named, reason, extraDenials }) => {
      const { tx, viewer } = writing;
      const { orgId, now } = viewer;
      const { expiresOn } = wanted;
      requireDayAhead(viewer, expiresOn);
      const expiresAt = await readEnd(writing, expiresOn, now);
      const agent = admissibleAgent(viewer, "input.agent", named);
      requireAcknowledged(wanted.isAcknowledged);
      requireOutside(viewer, "input.agent", agent);
      requireNoOther(viewer);

      const { id: agentId } = await agentUser(tx, orgId, agent, now);
      const id: SupportAccessId = asId(v7({ msecs: now }));
      await tx.supportGrant.create({
        data: {
          orgId,
          id,
          agentId,
          grantedAt: new Date(now),
          expiresOn,
          expiresAt: new Date(expiresAt),
          reason,
          extraDenials: [...extraDenials],
          grantedById: viewer.user.id,
        },
      });
      return {
        result: { supportAccessId: id },
        happened: [
          {
            action: "GRANT_SUPPORT_ACCESS",
            target: { type: "SupportAccess", id },
            before: null,
            after: { agentId, reason, extraDenials, ...accessAsEvent({ expiresOn, expiresAt }) },
          },
        ],
      };
    },
  });
}

function requireAcknowledged(isAcknowledged: boolean): void {
  if (isAcknowledged) return;
  throw new InvalidInput(
    "input.acknowledgeDataVisible",
    "Whoever comes in sees the organisation's data. Send acknowledgeDataVisible: true when that is meant.",
    { code: "CONFIRMATION_REQUIRED", requirement: "SA-11" },
  );
}

/** One agent at a time (SA-05): nor one that is about to come in. */
function requireNoOther({ policy, now }: Viewer): void {
  const [other] = standingSupportGrants(policy, now);
  if (other === undefined) return;
  const who = policy.users.get(other.agentId)?.email ?? "Somebody";
  throw new InvalidInput(
    null,
    `${who} has support access. One agent at a time: revoke that first, or move its end.`,
    { code: "CONFLICT", requirement: "SA-05" },
  );
}
