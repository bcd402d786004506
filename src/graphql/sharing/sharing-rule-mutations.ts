import type { RuleId } from "../../kernel/id.ts";
import { activateSharingRule, deactivateSharingRule } from "../../store/sharing/rule/activation.ts";
import { createSharingRule } from "../../store/sharing/rule/create.ts";
import { deleteSharingRule } from "../../store/sharing/rule/delete.ts";
import { updateSharingRule } from "../../store/sharing/rule/update.ts";
import { findRule } from "../../store/sharing/rules.ts";
import { builder } from "../core/builder.ts";
import { readId } from "../core/id.ts";
import { mutation } from "../core/mutation.ts";
import { deletedPayload, payloadsWith, type Ref, withId } from "../core/payload.ts";
import { type PartyShape, readParty } from "../people/party-input.ts";
import { RecordFilter } from "../records/record-filter.ts";
import { RuleLevel, SharingRule } from "./sharing-rule.ts";

type OneRule = { readonly ruleId: RuleId };

const withRule = payloadsWith({
  field: "sharingRule",
  type: SharingRule,
  description: "The sharing rule as it is now; null when the viewer can no longer read it.",
  find: (viewer, { ruleId }: OneRule) => findRule(viewer, ruleId),
});

/** A payload about one rule: its id, and the rule as the viewer reads it afterwards. */
function rulePayload(name: string, description: string): Ref<OneRule> {
  const payload = withRule(name, description);
  return withId(payload, "SharingRule", "The global id of the sharing rule.", ({ ruleId }) => ruleId);
}

const RuleSourceInput = builder.inputRef<Omit<PartyShape, "user">>("RuleSourceInput").implement({
  description: "Whose records a sharing rule covers: exactly one of these fields.",
  isOneOf: true,
  fields: (t) => ({
    role: t.id({ description: "Those of the users of one role." }),
    roleAndSubordinates: t.id({ description: "Those of the users of one role and of every role below it." }),
    group: t.id({ description: "Those of the members of one group, nested groups included." }),
    everyone: t.boolean({ description: "`true`: those of every user." }),
  }),
});

const RuleTargetInput = builder.inputRef<PartyShape>("RuleTargetInput").implement({
  description: "To whom a sharing rule gives access: exactly one of these fields.",
  isOneOf: true,
  fields: (t) => ({
    user: t.id({ description: "One user." }),
    role: t.id({ description: "The users of one role." }),
    roleAndSubordinates: t.id({ description: "The users of one role and of every role below it." }),
    group: t.id({ description: "The members of one group, nested groups included." }),
    everyone: t.boolean({ description: "`true`: every user." }),
  }),
});

const CRITERIA =
  "What a record must match: comparisons of the module's own fields with constants. `owner` and other attributes cannot be compared.";
const SUPERIORS = "Whether the superiors of the target are included.";
const EXPIRES = "From this instant on, which must be in the future, it gives no access.";

mutation("createSharingRule", {
  description:
    "Creates a sharing rule. Without criteria it is in force at once; with criteria it is `APPLYING`, and gives no access, until they have been applied in the background.",
  input: builder.inputType("CreateSharingRuleInput", {
    description: "A new sharing rule: a source, criteria, or both.",
    fields: (t) => ({
      module: t.string({
        required: true,
        description: "The key of the module whose records it is about. `forecasts` takes no rules.",
      }),
      name: t.string({
        required: true,
        description: "Its name, unique in the module: something to see, at most 255 characters.",
      }),
      key: t.string({
        description:
          "The stable name that organisation files use: at most 64 letters, digits, `.`, `_` or `-`. Left out, a random one.",
      }),
      source: t.field({
        type: RuleSourceInput,
        description: "Whose records it covers; left out when it has only criteria.",
      }),
      criteria: t.field({ type: RecordFilter, description: CRITERIA }),
      target: t.field({ type: RuleTargetInput, required: true, description: "To whom it gives access." }),
      level: t.field({ type: RuleLevel, required: true, description: "What it gives." }),
      includeSuperiors: t.boolean({ defaultValue: false, description: SUPERIORS }),
      expiresAt: t.field({ type: "DateTime", description: `${EXPIRES} Left out, it does not end.` }),
    }),
  }),
  payload: rulePayload("CreateSharingRulePayload", "The new sharing rule."),
  run: (viewer, { key, source, criteria, target, includeSuperiors, expiresAt, ...wanted }) =>
    createSharingRule(viewer, {
      ...wanted,
      key: key ?? null,
      source: source == null ? null : readParty("input.source", source),
      criteria: criteria ?? null,
      target: readParty("input.target", target),
      includeSuperiors: includeSuperiors ?? false,
      expiresAt: expiresAt?.getTime() ?? null,
    }),
});

mutation("updateSharingRule", {
  description:
    "Changes a sharing rule. New criteria, and a new end for a rule that has expired, are applied in the background, and until then it gives no access; anything else is in force at once. Refused as `RULE_APPLYING` while it is being applied.",
  input: builder.inputType("UpdateSharingRuleInput", {
    description: "The changes to a sharing rule. What is left out stays as it is.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The sharing rule." }),
      name: t.string({ description: "The new name, unique in the module." }),
      source: t.field({
        type: RuleSourceInput,
        description:
          "Whose records it covers from now on; null removes the source, and criteria must remain.",
      }),
      criteria: t.field({
        type: RecordFilter,
        description: `${CRITERIA} Null removes them, and a source must remain.`,
      }),
      target: t.field({ type: RuleTargetInput, description: "To whom it gives access from now on." }),
      level: t.field({ type: RuleLevel, description: "What it gives from now on." }),
      includeSuperiors: t.boolean({ description: SUPERIORS }),
      expiresAt: t.field({ type: "DateTime", description: `${EXPIRES} Null: it does not end.` }),
    }),
  }),
  payload: rulePayload("UpdateSharingRulePayload", "The changed sharing rule."),
  run: (viewer, { id, source, target, expiresAt, ...change }) =>
    updateSharingRule(viewer, {
      ...change,
      ruleId: readId("input.id", "SharingRule", id),
      source: source && readParty("input.source", source),
      target: target && readParty("input.target", target),
      expiresAt: expiresAt === null ? null : expiresAt?.getTime(),
    }),
});

mutation("deleteSharingRule", {
  description:
    "Deletes a sharing rule. Refused as `RULE_APPLYING` while it is being applied; deactivate it first.",
  input: builder.inputType("DeleteSharingRuleInput", {
    description: "Which sharing rule.",
    fields: (t) => ({ id: t.id({ required: true, description: "The sharing rule." }) }),
  }),
  payload: deletedPayload(
    "DeleteSharingRulePayload",
    "SharingRule",
    "The deleted sharing rule.",
    ({ ruleId }: OneRule) => ruleId,
  ),
  run: (viewer, { id }) => deleteSharingRule(viewer, readId("input.id", "SharingRule", id)),
});

mutation("activateSharingRule", {
  description:
    "Puts a deactivated sharing rule in force again: at once without criteria, otherwise when they have been applied in the background. Criteria that were broken by a change of fields are read again with the present fields.",
  input: builder.inputType("ActivateSharingRuleInput", {
    description: "Which sharing rule.",
    fields: (t) => ({ id: t.id({ required: true, description: "The sharing rule." }) }),
  }),
  payload: rulePayload("ActivateSharingRulePayload", "The sharing rule that was activated."),
  run: (viewer, { id }) => activateSharingRule(viewer, readId("input.id", "SharingRule", id)),
});

mutation("deactivateSharingRule", {
  description:
    "Takes a sharing rule out of force without deleting it. Also possible while it is being applied, which ends then.",
  input: builder.inputType("DeactivateSharingRuleInput", {
    description: "Which sharing rule.",
    fields: (t) => ({ id: t.id({ required: true, description: "The sharing rule." }) }),
  }),
  payload: rulePayload("DeactivateSharingRulePayload", "The sharing rule that was deactivated."),
  run: (viewer, { id }) => deactivateSharingRule(viewer, readId("input.id", "SharingRule", id)),
});
