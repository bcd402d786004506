import { Forbidden } from "../../../kernel/fault.ts";
import type { User } from "../../../policy/model/org.ts";
import { admitCapability } from "../../core/admit.ts";
import type { Viewer } from "../../core/viewer.ts";
import { viewerAdministers } from "../../directory/applications.ts";
import { admitGiving, admitToProfile } from "../../profiles/admit.ts";

/** A person who may be given another address. Only asking makes one, and only with one is an address written. */
export type AdmittedAddress = { readonly user: User; readonly [admitted]: true };
declare const admitted: unique symbol;

/**
 * Admits the viewer to giving somebody another address, whatever mutation does it. Who has the address has the account:
 * so it takes every guard on giving that person's profile, for administrators of the suite `MANAGE_ADMIN_PERMISSIONS`,
 * for those of an application its administration (UA-01), and the super administrator's is for nobody else (UA-63).
 *
 * One's own is admitted: that it is theirs is asked by a mail.
 *
 * @throws {Forbidden}
 */
export function admitAddress(viewer: Viewer, user: User): AdmittedAddress {
  if (user.id === viewer.user.id) admitOwn(user);
  else admitOthers(viewer, user);
  return { user } as AdmittedAddress;
}

/** The address of a support agent is the vendor's to say (SA-02). */
function admitOwn({ license }: User): void {
  if (license === "SUPPORT")
    throw new Forbidden("The address of a support agent is for the vendor to change.", "SA-02");
}

function admitOthers(viewer: Viewer, user: User): void {
  const { org, profiles } = viewer.policy;
  admitCapability(viewer, "MANAGE_USERS");
  if (user.id === org.superAdminId)
    throw new Forbidden("The address of the super administrator is for nobody else to change.", "UA-63");
  if (user.isAdministrator) admitCapability(viewer, "MANAGE_ADMIN_PERMISSIONS");
  for (const application of org.applications) {
    if (!application.administrators.has(user.id) || viewerAdministers(viewer, application)) continue;
    throw new Forbidden(`${user.name} administers ${application.name}, and you do not.`, "UA-01");
  }
  const profile = user.profileId === null ? undefined : profiles.get(user.profileId);
  if (profile === undefined) return;
  admitToProfile(viewer, profile);
  admitGiving(viewer, null, profile);
}
