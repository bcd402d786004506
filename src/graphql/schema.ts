// The rooms in their order: each adds its nouns, and fields of its own to the nouns of the rooms before it.
import "./core/scalars.ts";
import "./core/error-code.ts";
import "./modules/module.ts";
import "./modules/module-mutations.ts";
import "./modules/field.ts";
import "./modules/field-mutations.ts";
import "./modules/organization-default-mutations.ts";
import "./profiles/profile.ts";
import "./profiles/profile-mutations.ts";
import "./people/user.ts";
import "./people/user-actions.ts";
import "./people/user-mutations.ts";
import "./people/invitation-mutations.ts";
import "./people/address-mutations.ts";
import "./people/outbox.ts";
import "./people/role.ts";
import "./people/role-mutations.ts";
import "./people/dependents.ts";
import "./people/transfer.ts";
import "./people/leaving-mutations.ts";
import "./people/administrator-mutations.ts";
import "./people/group.ts";
import "./people/group-mutations.ts";
import "./organization/organization.ts";
import "./organization/organization-mutations.ts";
import "./applications/application.ts";
import "./applications/assignment.ts";
import "./applications/application-mutations.ts";
import "./applications/assignment-mutations.ts";
import "./applications/inviting-mutations.ts";
import "./records/record.ts";
import "./records/record-mutations.ts";
import "./sharing/owner-mutations.ts";
import "./sharing/record-share.ts";
import "./sharing/share-mutations.ts";
import "./sharing/sharing-rule.ts";
import "./sharing/sharing-rule-mutations.ts";
import "./sharing/explanation.ts";
import "./audit/event.ts";
import "./support/support-access.ts";
import "./support/support-access-mutations.ts";
import "./node.ts";
import "./viewer.ts";
import type { GraphQLSchema } from "graphql";
import { builder } from "./core/builder.ts";
import { admittingDates } from "./core/chosen-dates.ts";
import { countingLists } from "./core/list-work.ts";
import { takingTurns } from "./core/turns.ts";
import { withoutDevelopment } from "./production.ts";

export type { Context, Development } from "./core/context.ts";

/** The whole schema; each noun added itself to the builder when it was imported. */
export const schema = takingTurns(countingLists(admittingDates(builder.toSchema())));

const productionSchema = withoutDevelopment(schema);

/** The schema of a server: what only development has is not in production's. */
export function schemaOf({ isDevelopment }: { readonly isDevelopment: boolean }): GraphQLSchema {
  return isDevelopment ? schema : productionSchema;
}
