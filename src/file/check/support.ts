import { dayIn } from "../../kernel/calendar.ts";
import { shown } from "../reading/faults.ts";
import type { Check } from "./references.ts";

/** The agent is nobody of the organisation, and the grant does not end before the day on which it begins (SA-02). */
export const checkSupport: Check = (draft, faults) => {
  const { supportAccess, organization } = draft;
  if (supportAccess === null) return;
  if (draft.users.keys.has(supportAccess.agent)) {
    faults.add(["supportAccess", "agent"], {
      message: `${shown(supportAccess.agent)} is a user of the organisation`,
      expected: "the address of somebody outside",
      code: "CONFLICT",
      requirement: "SA-02",
    });
  }
  if (organization === null || supportAccess.grantedAt === undefined) return;
  const first = dayIn(organization.timeZone, supportAccess.grantedAt);
  if (supportAccess.expiresOn >= first) return;
  faults.add(["supportAccess", "expiresOn"], {
    message: `${supportAccess.expiresOn} is before ${first}, the day of grantedAt in ${organization.timeZone}`,
    expected: `${first} or later`,
    requirement: "SA-02",
  });
};
