import type { UserAction as ActionName } from "../../policy/rights/user-actions.ts";
import { userActions } from "../../store/directory/users.ts";
import { builder, described } from "../core/builder.ts";
import { requireViewer } from "../core/context.ts";
import { User } from "./user.ts";

const UserAction = builder.enumType("UserAction", {
  description: "What may be done with a person as a whole.",
  values: described<ActionName>({
    ACTIVATE: "Bring back who was deactivated.",
    DEACTIVATE: "End sign-in and every application; the person stays.",
    RESEND: "Send the invitation again; the one before is dead.",
    DELETE: "Delete for good.",
    PROMOTE: "Make an administrator of the suite.",
    REVOKE: "Take the administration of the suite away; the person stays.",
  }),
});

builder.objectField(User, "availableActions", (t) =>
  t.field({
    type: [UserAction],
    description: "What the viewer may do with the person as a whole now.",
    resolve: (user, _, context) => [...userActions(requireViewer(context), user)],
  }),
);
