import type { OrgId } from "../../kernel/id.ts";
import { setSeats } from "../../store/organization/seats.ts";
import { updateOrganization } from "../../store/organization/update.ts";
import { builder } from "../core/builder.ts";
import { mutation } from "../core/mutation.ts";
import { payloadsWith } from "../core/payload.ts";
import { Language, Organization } from "./organization.ts";

const organizationPayload = payloadsWith({
  field: "organization",
  type: Organization,
  description: "The organisation as it is now.",
  find: ({ policy }, _: { readonly organizationId: OrgId }) => policy.org,
});

mutation("updateOrganization", {
  description:
    "Changes settings of the organisation. Mails that are written from then on are in the new language.",
  input: builder.inputType("UpdateOrganizationInput", {
    description: "The changes to the organisation. What is left out stays as it is.",
    fields: (t) => ({
      language: t.field({ type: Language, description: "What mails to its people are written in." }),
    }),
  }),
  payload: organizationPayload("UpdateOrganizationPayload", "The organisation that was changed."),
  run: (viewer, { language }) => updateOrganization(viewer, { language }),
});

mutation("setSeats", {
  description:
    "Sets how many seats the organisation has. Refused as `NO_SEAT` for fewer than are held, with `used` and `total`.",
  input: builder.inputType("SetSeatsInput", {
    description: "How many seats there are to be. What is left out stays as it is.",
    fields: (t) => ({
      regular: t.int({ description: "Seats of the regular licence." }),
      team: t.int({ description: "Seats of the team licence." }),
    }),
  }),
  payload: organizationPayload("SetSeatsPayload", "The organisation with its seats."),
  run: (viewer, change) => setSeats(viewer, change),
});
