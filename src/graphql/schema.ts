import "./error-code.ts";
import "./explanation.ts";
import "./group.ts";
import "./mutations/field.ts";
import "./mutations/group.ts";
import "./mutations/module.ts";
import "./mutations/organization-defaults.ts";
import "./mutations/owner.ts";
import "./mutations/profile.ts";
import "./mutations/record.ts";
import "./mutations/role.ts";
import "./mutations/share.ts";
import "./mutations/sharing-rule.ts";
import "./mutations/user.ts";
import "./node.ts";
import "./organization.ts";
import "./profile.ts";
import "./record.ts";
import "./role.ts";
import "./scalars.ts";
import "./sharing-rule.ts";
import "./user.ts";
import "./viewer.ts";
import { builder } from "./builder.ts";

export type { Context } from "./context.ts";

/** The whole schema; each noun added itself to the builder when it was imported. */
export const schema = builder.toSchema();
