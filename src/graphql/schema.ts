import "./error-code.ts";
import "./sharing/explanation.ts";
import "./people/group.ts";
import "./modules/field-mutations.ts";
import "./people/group-mutations.ts";
import "./modules/module-mutations.ts";
import "./modules/organization-defaults.ts";
import "./sharing/owner-mutations.ts";
import "./profiles/profile-mutations.ts";
import "./records/record-mutations.ts";
import "./people/role-mutations.ts";
import "./sharing/share-mutations.ts";
import "./sharing/sharing-rule-mutations.ts";
import "./people/user-mutations.ts";
import "./node.ts";
import "./organization/organization.ts";
import "./profiles/profile.ts";
import "./records/record.ts";
import "./people/role.ts";
import "./scalars.ts";
import "./sharing/sharing-rule.ts";
import "./people/user.ts";
import "./viewer.ts";
import { builder } from "./builder.ts";

export type { Context } from "./context.ts";

/** The whole schema; each noun added itself to the builder when it was imported. */
export const schema = builder.toSchema();
