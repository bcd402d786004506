import type { OrgId } from "../../kernel/id.ts";
import { setSeats } from "../../store/organization/seats.ts";
import { builder } from "../core/builder.ts";
import { mutation } from "../core/mutation.ts";
import { payloadsWith } from "../core/payload.ts";
import { Organization } from "./organization.ts";

const organizationPayload = payloadsWith({
  field: "organization",
  type: Organization,
  description: "The organisation as it is now.",
  find: ({ policy }, _: { readonly organizationId: OrgId }) => policy.org,
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
