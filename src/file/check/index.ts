import { checkExpectations } from "./expectations.ts";
import { checkGroups } from "./groups.ts";
import { checkModules } from "./modules.ts";
import { checkOrganization } from "./organization.ts";
import { checkProfiles } from "./profiles.ts";
import { checkRecords } from "./records.ts";
import type { Check } from "./references.ts";
import { checkRoles } from "./roles.ts";
import { checkRules } from "./rules.ts";
import { checkShares } from "./shares.ts";
import { checkSupport } from "./support.ts";
import { checkUsers } from "./users.ts";

/** Every check of a file, in the order of its sections. */
export const CHECKS: readonly Check[] = [
  checkOrganization,
  checkRoles,
  checkProfiles,
  checkUsers,
  checkGroups,
  checkModules,
  checkRules,
  checkRecords,
  checkShares,
  checkSupport,
  checkExpectations,
];
