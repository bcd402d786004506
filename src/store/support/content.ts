import { formatInstant } from "../../kernel/calendar.ts";
import { asId } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/instant.ts";
import type { Capability } from "../../policy/capability.ts";
import type { Happening, SupportWindow } from "../core/audit-event.ts";

/** The end of a window as the log tells it. */
export function accessAsEvent(end: {
  readonly expiresOn: string;
  readonly expiresAt: Instant;
}): SupportWindow {
  return { expiresOn: end.expiresOn, expiresAt: formatInstant(end.expiresAt) };
}

/** An access as its row is written. */
type GrantedRow = {
  readonly id: string;
  readonly agentId: string;
  readonly grantedAt: Date;
  readonly expiresOn: string;
  readonly expiresAt: Date;
  readonly reason: string | null;
  readonly extraDenials: readonly Capability[];
};

/** That support access was opened, from when on and until when. */
export function grantedAsEvent({
  id,
  agentId,
  grantedAt,
  expiresOn,
  expiresAt,
  reason,
  extraDenials,
}: GrantedRow): Happening {
  return {
    action: "GRANT_SUPPORT_ACCESS",
    target: { type: "SupportAccess", id },
    before: null,
    after: {
      agentId: asId(agentId),
      grantedAt: formatInstant(grantedAt.getTime()),
      reason,
      extraDenials: [...extraDenials],
      ...accessAsEvent({ expiresOn, expiresAt: expiresAt.getTime() }),
    },
  };
}

/** That support access was ended before its time. */
export function revokedAsEvent(id: string, at: Instant): Happening {
  return {
    action: "REVOKE_SUPPORT_ACCESS",
    target: { type: "SupportAccess", id },
    before: { revokedAt: null },
    after: { revokedAt: formatInstant(at) },
  };
}
