import type { Viewer as ViewerRow } from "../store/core/viewer.ts";
import { heldCapabilities } from "../store/profiles/capabilities.ts";
import { builder } from "./core/builder.ts";
import { Organization } from "./organization/organization.ts";
import { User } from "./people/user.ts";
import { Capability } from "./profiles/capability.ts";

export const Viewer = builder.objectRef<ViewerRow>("Viewer").implement({
  description: "The signed-in user, as of the instant of this request.",
  fields: (t) => ({
    user: t.field({ type: User, description: "The person.", resolve: (viewer) => viewer.user }),
    organization: t.field({
      type: Organization,
      description: "The viewer's organisation.",
      resolve: (viewer) => viewer.policy.org,
    }),
    capabilities: t.field({
      type: [Capability],
      description: "The capabilities that the viewer holds, in the order of the catalogue.",
      resolve: (viewer) => [...heldCapabilities(viewer)],
    }),
    isSupport: t.boolean({
      description: "Whether the viewer is the vendor's support agent, signed in by an open support grant.",
      resolve: (viewer) => viewer.user.license === "SUPPORT",
    }),
  }),
});

builder.queryField("viewer", (t) =>
  t.field({
    type: Viewer,
    nullable: true,
    description: "The signed-in user; null when nobody is signed in.",
    resolve: (_, __, context) => context.viewer,
  }),
);
