import type { RuleLevel as RuleLevelName, SharingRule as SharingRuleRow } from "../../policy/model/org.ts";
import { moduleNamed } from "../../store/directory/modules.ts";
import { namedParty } from "../../store/directory/party.ts";
import { criteriaAsFilter, listRules, progressOf, seesRules } from "../../store/sharing/rules.ts";
import { builder, described } from "../core/builder.ts";
import { connectionByName } from "../core/connection.ts";
import { type Context, requireViewer } from "../core/context.ts";
import { Module } from "../modules/module.ts";
import { Dependents } from "../people/dependents.ts";
import { Party } from "../people/party.ts";

export const RuleLevel = builder.enumType("RuleLevel", {
  description: "What a sharing rule gives.",
  values: described<RuleLevelName>({
    READ_ONLY: "Read.",
    READ_WRITE: "Read and change.",
    READ_WRITE_DELETE: "Read, change and delete.",
  }),
});

const RuleStatus = builder.enumType("RuleStatus", {
  description: "Whether a sharing rule is in force.",
  values: described<SharingRuleRow["status"]>({
    ACTIVE: "In force, unless expired.",
    APPLYING: "Its criteria are being applied; it gives no access yet.",
    INACTIVE: "Deactivated: it gives no access.",
  }),
});

export const SharingRule = builder.objectRef<SharingRuleRow>("SharingRule");

builder.node(SharingRule, {
  description:
    "Gives a target party access to the records of a source party, to those that match criteria, or to those of which both is true. Users to whom it gives access see its name and level in explanations; the rest is null without `MANAGE_DATA_SHARING`.",
  id: { resolve: (rule) => rule.id },
  fields: (t) => ({
    name: t.exposeString("name", { description: "The name, unique in the module." }),
    level: t.expose("level", { type: RuleLevel, description: "What it gives." }),
    module: t.field({
      type: Module,
      nullable: true,
      description: "The module whose records it is about.",
      resolve: (rule, _, context) => requireViewer(context).policy.modules.get(rule.moduleId),
    }),
    key: t.string({
      nullable: true,
      description: "The stable name that organisation files use.",
      resolve: (rule, _, context) => whole(rule, context)?.key,
    }),
    source: t.field({
      type: Party,
      nullable: true,
      description: "Whose records it covers; null when it has only criteria.",
      resolve: (rule, _, context) => {
        const source = whole(rule, context)?.source;
        return source && namedParty(requireViewer(context), source);
      },
    }),
    criteria: t.field({
      type: "JSON",
      nullable: true,
      description:
        "What a record must match, in the shape of `RecordFilter`; null when it has only a source, or when they cannot be read.",
      resolve: (rule, _, context) => whole(rule, context) && criteriaAsFilter(requireViewer(context), rule),
    }),
    isReadable: t.boolean({
      nullable: true,
      description:
        "False when its criteria cannot be read or no longer fit the fields: such a rule gives no access.",
      resolve: (rule, _, context) => whole(rule, context) && rule.criteria !== "UNREADABLE",
    }),
    target: t.field({
      type: Party,
      nullable: true,
      description: "To whom it gives access.",
      resolve: (rule, _, context) => whole(rule, context) && namedParty(requireViewer(context), rule.target),
    }),
    includeSuperiors: t.boolean({
      nullable: true,
      description: "Whether the superiors of the target are included.",
      resolve: (rule, _, context) => whole(rule, context)?.includeSuperiors,
    }),
    status: t.field({
      type: RuleStatus,
      nullable: true,
      description: "Whether it is in force.",
      resolve: (rule, _, context) => whole(rule, context)?.status,
    }),
    expiresAt: t.field({
      type: "DateTime",
      nullable: true,
      description: "From this instant on it gives no access; null when it does not end.",
      resolve: (rule, _, context) => {
        const expiresAt = whole(rule, context)?.expiresAt;
        return expiresAt == null ? null : new Date(expiresAt);
      },
    }),
    appliedRecords: t.int({
      nullable: true,
      description: "How many records its criteria have been applied to.",
      resolve: async (rule, _, context) => (await progressOf(requireViewer(context), rule))?.appliedRecords,
    }),
    totalRecords: t.int({
      nullable: true,
      description: "How many records there are to apply its criteria to.",
      resolve: async (rule, _, context) => (await progressOf(requireViewer(context), rule))?.totalRecords,
    }),
  }),
});

/** The rule, for who sees rules whole; null for who sees only what an explanation tells. */
function whole(rule: SharingRuleRow, context: Context): SharingRuleRow | null {
  return seesRules(requireViewer(context)) ? rule : null;
}

const SharingRuleConnection = builder.connectionObject(
  { type: SharingRule, name: "SharingRuleConnection", description: "A page of sharing rules." },
  { name: "SharingRuleEdge", description: "A sharing rule in a list." },
);

builder.objectField(Dependents, "sharingRules", (t) =>
  t.connection(
    {
      type: SharingRule,
      nullable: true,
      description: "The sharing rules that name the person, by name. Null without `MANAGE_DATA_SHARING`.",
      resolve: ({ rules }, args) => rules && connectionByName(rules, args),
    },
    SharingRuleConnection,
  ),
);

builder.queryField("sharingRules", (t) =>
  t.connection(
    {
      type: SharingRule,
      nullable: true,
      description: "The sharing rules, by name. Null without `MANAGE_DATA_SHARING`.",
      args: { module: t.arg.string({ description: "The key of a module: its rules alone." }) },
      resolve: (_, { module, ...args }, context) => {
        const viewer = requireViewer(context);
        const rules = listRules(viewer, module == null ? null : moduleNamed(viewer, "module", module));
        return rules && connectionByName(rules, args);
      },
    },
    SharingRuleConnection,
  ),
);
