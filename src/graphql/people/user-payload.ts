import type { UserId } from "../../kernel/id.ts";
import { findUser } from "../../store/directory/users.ts";
import { payloadsWith } from "../core/payload.ts";
import { User } from "./user.ts";

/** Makes payloads that show the person whom a mutation was about. */
export const userPayload = payloadsWith({
  field: "user",
  type: User,
  description: "The person as they are now.",
  find: (viewer, { userId }: { readonly userId: UserId }) => findUser(viewer, userId),
});
