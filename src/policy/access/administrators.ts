import type { Question } from "../model/policy.ts";
import { holds } from "../rights/holding.ts";
import type { Kind } from "./kind.ts";

/** Holders of `VIEW_ALL_DATA` read, holders of `MODIFY_ALL_DATA` do everything with, every record (SH-60). */
export const administrators: Kind = {
  name: "ADMINISTRATOR",
  *grants(question) {
    if (capabilityBehind(question)) yield { kind: "ADMINISTRATOR", scope: { records: "ALL" }, until: null };
  },
  path: (question) => ({
    sentence:
      question.viewer.id === question.policy.org.superAdminId
        ? `${question.viewer.name} is the super administrator.`
        : `${question.viewer.name} holds ${capabilityBehind(question)}.`,
    level: capabilityBehind(question),
    rolePath: [],
  }),
  absence: ({ viewer, action }) =>
    action === "READ"
      ? `${viewer.name} holds neither VIEW_ALL_DATA nor MODIFY_ALL_DATA.`
      : `${viewer.name} does not hold MODIFY_ALL_DATA.`,
};

function capabilityBehind({
  policy,
  viewer,
  action,
  now,
}: Question): "MODIFY_ALL_DATA" | "VIEW_ALL_DATA" | null {
  if (holds(policy, viewer, "MODIFY_ALL_DATA", now)) return "MODIFY_ALL_DATA";
  if (action === "READ" && holds(policy, viewer, "VIEW_ALL_DATA", now)) return "VIEW_ALL_DATA";
  return null;
}
