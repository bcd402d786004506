import type { ErrorCode } from "../../kernel/fault.ts";
import { builder, described } from "./builder.ts";

export const ErrorCodeEnum = builder.enumType("ErrorCode", {
  description: "What `extensions.code` of an error can be, for programs to read.",
  values: described<ErrorCode>({
    UNAUTHENTICATED: "Nobody is signed in, or the token was not accepted.",
    FORBIDDEN: "The viewer can read it, but may not do this; the message says why.",
    NOT_FOUND: "It does not exist, or it is out of the viewer's reach.",
    BAD_USER_INPUT: "The input is not valid; `extensions.field` names the place.",
    CONFLICT: "Something else stands in the way: a duplicate, a newer version, a cycle.",
    RULE_APPLYING: "The sharing rule is being applied; deactivate it or wait.",
    CONFIRMATION_REQUIRED: "The change has to be confirmed: send `confirm: true`.",
    NO_SEAT: "Every seat of the licence is taken.",
    TEAM_MODULE_LIMIT: "The Team User profile opens at most ten organisation modules.",
    ACTION_NOT_AVAILABLE: "The action is not possible in the present state of what it is about.",
    CONVERSION_NOT_ALLOWED: "A regular user cannot become a team user.",
    LAST_ADMINISTRATOR: "The organisation would be left without an administrator.",
    ALREADY_VISIBLE: "The user already has every action that the share would give.",
    LIMIT_EXCEEDED:
      "The request is larger, deeper, more costly or more frequent than allowed; `extensions.limit` has the name of the limit, its `max` and the `actual` number.",
    INTERNAL: "An error of the server; its log has the `extensions.requestId`.",
  }),
});
