import type { ErrorCode } from "../../kernel/fault.ts";
import { builder, described } from "./builder.ts";

export const ErrorCodeEnum = builder.enumType("ErrorCode", {
  description:
    "What an error's `extensions.code` can be (AP-04). Of a failed operation it is here to be read by programs.",
  values: described<ErrorCode>({
    UNAUTHENTICATED: "Nobody is signed in, or the token was not accepted.",
    FORBIDDEN: "The viewer can read it, but may not do this; the message says why.",
    NOT_FOUND: "It does not exist, or it is out of the viewer's reach.",
    BAD_USER_INPUT: "The input is wrong in itself; `extensions.field` names the place.",
    CONFLICT: "Something else stands in the way: a twin, a newer version, a cycle.",
    RULE_APPLYING: "The sharing rule is being applied; deactivate it or wait.",
    CONFIRMATION_REQUIRED: "Say that it is meant: send `confirm: true`.",
    NO_SEAT: "Every seat of the licence is taken.",
    TEAM_MODULE_LIMIT: "The Team User profile opens ten organisation modules at most.",
    ACTION_NOT_AVAILABLE: "The action does not exist for this state of the thing.",
    CONVERSION_NOT_ALLOWED: "A regular user does not become a team user.",
    LAST_ADMINISTRATOR: "Without this one the organisation would have no administrator.",
    ALREADY_VISIBLE: "The user already has every action that the share would give.",
    LIMIT_EXCEEDED:
      "The request is larger, deeper, dearer or more frequent than allowed; `extensions.limit` has the name of the limit, its `max` and the `actual` number.",
    INTERNAL: "A fault on our side; `extensions.requestId` is in the log.",
  }),
});
