import { InvalidInput } from "../../../kernel/fault.ts";
import { isVendors } from "../../core/agents-address.ts";
import type { Happening } from "../../core/audit-event.ts";
import type { Writing } from "../../core/write.ts";
import { mailNews, voidTokens } from "../../mail/write.ts";
import { invite } from "../invitation/invite.ts";
import type { AdmittedAddress } from "./admit.ts";

/**
 * Gives a person another address, and nothing else of them changes (UA-63). The old one is free, tokens that name either
 * and are older than this are void, and so is what they hold by mail: who was invited under the old address is invited
 * again under the new one, and anybody else is told at the old one.
 */
export async function writeAddress(
  writing: Writing,
  { user }: AdmittedAddress,
  email: string,
): Promise<readonly Happening[]> {
  const { tx, viewer } = writing;
  const { orgId, now } = viewer;
  const { id, name } = user;
  await tx.user.update({
    where: { orgId_id: { orgId, id } },
    data: { email, addressSince: new Date(now) },
  });
  await voidTokens(tx, orgId, [id], ["INVITATION", "ADDRESS_CONFIRMATION"]);
  if (user.status === "PENDING") await invite(writing, [{ id, name, email }]);
  else if (user.email !== null)
    await mailNews(writing, "ADDRESS_CHANGED", [{ id, name, address: user.email }]);
  return [
    {
      action: "CHANGE_ADDRESS",
      target: { type: "User", id },
      before: { email: user.email },
      after: { email },
    },
  ];
}

/** @throws {InvalidInput} `CONFLICT` when somebody in the organisation has the address (UA-22). */
export function requireFreeAddress({ viewer }: Writing, field: string, email: string): void {
  if (viewer.policy.usersByEmail.get(email) === undefined && !isVendors(viewer, email)) return;
  throw new InvalidInput(field, "Somebody in the organisation has this address.", {
    code: "CONFLICT",
    requirement: "UA-22",
  });
}
