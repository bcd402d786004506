// biome-ignore-all lint/suspicious/noTemplateCurlyInString: sources are quoted here

import { type Fault, onDatabases } from "./fault.ts";

const KINDS = "policy/access";
const EXPIRY_CASES = onDatabases(["cases.test.ts"], "sh-41-share-expiry|en-08");

const GATES = ["status", "application", "teamLicense", "profile", "support"].map(
  (gate, _at, all): Fault => ({
    name: `the gate ${gate} is skipped`,
    file: "policy/gate/index.ts",
    find: `[${all.join(", ")}]`,
    replace: `[${all.filter((each) => each !== gate).join(", ")}]`,
    tests: ["policy/gate"],
  }),
);

/** In what is decided in memory, and in what is kept of it. */
export const POLICY_FAULTS: readonly Fault[] = [
  // The tree
  {
    name: "an ancestor of oneself",
    file: "policy/model/tree.ts",
    find: "let at = parentOf(placeOf(node));",
    replace: "let at = placeOf(node) ?? NONE;",
    tests: ["policy/model/tree.test.ts"],
  },
  {
    name: "the hierarchy is not strict: colleagues are subordinates",
    file: "policy/model/tree.ts",
    find: "(start[place] ?? 0) + 1,",
    replace: "start[place] ?? 0,",
    tests: ["policy/access/hierarchy.test.ts"],
  },
  {
    name: "a cycle is not refused",
    file: "policy/model/tree.ts",
    find: "if (order.length < nodes.length) throw new CycleError(cycleIn(nodes, above));",
    replace: "",
    tests: ["policy/model/tree.test.ts"],
  },

  // Time
  {
    name: "rules live a moment longer",
    file: "kernel/instant.ts",
    find: "now < expiresAt",
    replace: "now <= expiresAt",
    tests: ["policy/access/sharing-rule.test.ts"],
  },
  {
    name: "shares live a moment longer, in the check",
    file: "policy/ask/reach.ts",
    find: "untilOf(row, action) <= now",
    replace: "untilOf(row, action) < now",
    tests: ["policy/access/record-share.test.ts"],
  },
  {
    name: "shares live a moment longer, in lists",
    file: "store/reach/branches/predicate.ts",
    find: "> ${dialect.instant(now)}",
    replace: ">= ${dialect.instant(now)}",
    ...EXPIRY_CASES,
  },
  {
    name: "the agent's door closes a moment later",
    file: "policy/rights/support-window.ts",
    find: "grant.grantedAt <= now && now < endOf(grant)",
    replace: "grant.grantedAt <= now && now <= endOf(grant)",
    tests: ["policy/rights/support-window.test.ts"],
  },
  {
    name: "the agent's door opens before its time",
    file: "policy/rights/support-window.ts",
    find: "grant.grantedAt <= now && ",
    replace: "",
    tests: ["policy/rights/support-window.test.ts"],
  },
  {
    name: "a reach does not know when its rules end",
    file: "policy/ask/reach.ts",
    find: "if (until !== null) validUntil = Math.min(validUntil, until);",
    replace: "",
    tests: ["policy/ask/reach-expiry.test.ts"],
  },
  {
    name: "a kept reach is used for ever",
    file: "store/core/policies.ts",
    find: "known.from <= now && now < known.validUntil",
    replace: "known.from <= now",
    ...onDatabases(["store/reach/kept.test.ts"], "EN-05"),
  },
  {
    name: "the level of a share is of one piece: it writes while it may be read",
    file: "policy/ask/reach.ts",
    find: "return row.updateUntil;",
    replace: "return row.readUntil;",
    tests: ["policy/access/record-share.test.ts"],
  },

  // Gates and capabilities
  ...GATES,
  {
    name: "the other permissions count without VIEW",
    file: "policy/gate/profile.ts",
    find: '["VIEW", PERMISSION_OF[action]]',
    replace: "[PERMISSION_OF[action]]",
    tests: ["policy/gate"],
  },
  {
    name: "a denial is forgotten in the catalogue",
    file: "policy/capability.ts",
    find: 'description: "Change edition, seats and team licensing.", denial: "D04"',
    replace: 'description: "Change edition, seats and team licensing."',
    tests: ["policy/capability.test.ts"],
  },
  {
    name: "the denials are skipped",
    file: "policy/rights/holding.ts",
    find: "capabilityRow(capability).denial === undefined",
    replace: "true",
    tests: ["policy/rights/holding.test.ts"],
  },
  {
    name: "the extra denials of a grant are skipped",
    file: "policy/rights/holding.ts",
    find: "!grant.extraDenials.includes(capability)",
    replace: "true",
    tests: ["policy/rights/holding.test.ts"],
  },
  {
    name: "a suite administrator sees everything",
    file: "policy/rights/holding.ts",
    find: '(capability === "MANAGE_USERS" ||',
    replace: '(capability === "VIEW_ALL_DATA" || capability === "MANAGE_USERS" ||',
    tests: ["policy/rights/holding.test.ts", "policy/access/administrators.test.ts"],
  },

  // Grant keys
  {
    name: "the keys of the ancestors are left out",
    file: `${KINDS}/record-share.ts`,
    find: "[roleId, ...policy.roleTree.ancestors(roleId)]",
    replace: "[roleId]",
    tests: [KINDS],
  },
  {
    name: "the keys of the groups are left out",
    file: `${KINDS}/record-share.ts`,
    find: "...roles, ...groups.map(({ group }) => group)]",
    replace: "...roles]",
    tests: [KINDS],
  },
  {
    name: "a share climbs: keys of the roles below",
    file: `${KINDS}/record-share.ts`,
    find: "...policy.roleTree.ancestors(roleId)",
    replace: "...policy.roleTree.ancestors(roleId), ...policy.roleTree.descendants(roleId)",
    tests: [KINDS],
  },
  {
    name: "an older generation of matches counts",
    file: "policy/model/grant-key.ts",
    find: "#${rule.generation}",
    replace: "#1",
    tests: [KINDS],
  },

  // Kinds of access
  {
    name: "the hierarchy counts in public modules",
    file: `${KINDS}/hierarchy.ts`,
    find: 'if (module.kind === "TEAM" || module.defaultAccess !== "PRIVATE") return;',
    replace: 'if (module.kind === "TEAM") return;',
    tests: [KINDS],
  },
  {
    name: "peers share without the flag",
    file: `${KINDS}/peers.ts`,
    find: "if (!policy.roles.get(viewer.roleId)?.shareDataWithPeers) return;",
    replace: "",
    tests: [KINDS],
  },
  {
    name: "the owner needs no membership in a team module",
    file: `${KINDS}/ownership.ts`,
    find: 'if (question.module.kind === "TEAM") return;',
    replace: "",
    tests: [KINDS],
  },
  {
    name: "a forecast manager writes",
    file: `${KINDS}/forecast-manager.ts`,
    find: 'module.key !== FORECASTS || action !== "READ" ||',
    replace: "module.key !== FORECASTS ||",
    tests: [KINDS],
  },
  {
    name: "VIEW_ALL_DATA does everything",
    file: `${KINDS}/administrators.ts`,
    find: 'action === "READ" && holds(',
    replace: "holds(",
    tests: [KINDS],
  },
  {
    name: "PUBLIC_READ_WRITE deletes",
    file: `${KINDS}/organization-default.ts`,
    find: 'PUBLIC_READ_WRITE: ["READ", "UPDATE"]',
    replace: 'PUBLIC_READ_WRITE: ["READ", "UPDATE", "DELETE"]',
    tests: [KINDS],
  },
  {
    name: "a requester reads all",
    file: "policy/rights/team-permission.ts",
    find: 'REQUESTER: { READ: "OWN"',
    replace: 'REQUESTER: { READ: "ALL"',
    tests: ["policy/rights/team-permission.test.ts"],
  },

  // Rules
  {
    name: "the level of a rule is ignored",
    file: `${KINDS}/sharing-rule.ts`,
    find: "LEVEL_GIVES[rule.level].includes(question.action) &&",
    replace: "",
    tests: [KINDS],
  },
  {
    name: "the source of a rule with criteria is ignored",
    file: `${KINDS}/sharing-rule.ts`,
    find: "within: owners",
    replace: "within: null",
    tests: [KINDS],
  },
  {
    name: "a rule that is being applied counts",
    file: "policy/rights/rule-life.ts",
    find: 'rule.status === "APPLYING"',
    replace: "false",
    tests: [KINDS],
  },
  {
    name: "a deactivated rule counts",
    file: "policy/rights/rule-life.ts",
    find: 'rule.status === "INACTIVE"',
    replace: "false",
    tests: [KINDS],
  },
  {
    name: "criteria that cannot be read count",
    file: "policy/rights/rule-life.ts",
    find: 'rule.criteria === "UNREADABLE"',
    replace: "false",
    tests: [KINDS],
  },
  {
    name: "a rule that is prolonged after its expiry relies on matches that were swept",
    file: "policy/rights/rule-life.ts",
    find: "(criteria === null || !livesAgain(state, expiresAt, at))",
    replace: "true",
    tests: ["policy/rights/rule-life.test.ts"],
  },
  {
    name: "broken criteria keep their generation",
    file: "policy/rights/rule-life.ts",
    find: 'criteria: "UNREADABLE", generation: state.generation + 1 }',
    replace: 'criteria: "UNREADABLE" }',
    tests: ["policy/rights/rule-life.test.ts"],
  },
  {
    name: "superiors of the target are always included",
    file: "policy/model/party.ts",
    find: "if (!includeSuperiors || target.kind",
    replace: "if (target.kind",
    tests: ["policy/model/party.test.ts"],
  },
  {
    name: "managers of tombstones are superiors of a role",
    file: "policy/model/party.ts",
    find: 'if (!member || member.status === "DELETED") continue;',
    replace: "if (!member) continue;",
    tests: ["policy/model/party.test.ts"],
  },
  {
    name: "the order of rows leaks",
    file: "policy/model/policy.ts",
    find: "?? byId(inNamedOrder(org.groups))",
    replace: "?? byId(org.groups)",
    tests: ["policy/model/order.test.ts"],
  },
  {
    name: "opening the module is offered without a path",
    file: "policy/ask/remedy.ts",
    find: 'refusal.gate === "PROFILE" && hasPath',
    replace: 'refusal.gate === "PROFILE"',
    tests: ["policy/ask/remedy.test.ts"],
  },
];
