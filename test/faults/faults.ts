// biome-ignore-all lint/suspicious/noTemplateCurlyInString: sources are quoted here

/**
 * A fault that somebody could make, as one replacement in one file under `src/`, and the tests that must notice it.
 */
export type Fault = {
  readonly name: string;
  /** Under `src/`. */
  readonly file: string;
  /** Occurs exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  /** Under `test/`. */
  readonly tests: readonly string[];
  /** Only the tests whose title matches. */
  readonly titles?: string;
  /** Whether the tests need databases. */
  readonly on?: "databases";
};

const onDatabases = (tests: readonly string[], titles: string) =>
  ({ tests, titles, on: "databases" }) as const;

const KINDS = "policy/access";
const FILTERS = onDatabases(
  ["store/reach/filter.test.ts"],
  "two viewers|random trees|operator on (text|number|target)",
);
const ORDERS = onDatabases(
  ["store/reach/order.test.ts"],
  "for rep.* by (newest|text|name|number|picklist ASC, number)",
);
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

/** Every fault must make one of its tests fail; one that survives is a hole in the tests. */
export const FAULTS: readonly Fault[] = [
  // The tree
  {
    name: "an ancestor of oneself",
    file: "policy/tree.ts",
    find: "from < at &&",
    replace: "from <= at &&",
    tests: ["policy/tree.test.ts"],
  },
  {
    name: "the hierarchy is not strict: colleagues are subordinates",
    file: "policy/tree.ts",
    find: "order.slice(from + 1,",
    replace: "order.slice(from,",
    tests: ["policy/access/hierarchy.test.ts"],
  },
  {
    name: "a cycle is not refused",
    file: "policy/tree.ts",
    find: "if (cycle) throw new CycleError(cycle);",
    replace: "",
    tests: ["policy/tree.test.ts"],
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
    file: "policy/reach.ts",
    find: "untilOf(row, action) <= now",
    replace: "untilOf(row, action) < now",
    tests: ["policy/access/record-share.test.ts"],
  },
  {
    name: "shares live a moment longer, in lists",
    file: "store/reach/predicate.ts",
    find: "> ${dialect.number(now)}",
    replace: ">= ${dialect.number(now)}",
    ...EXPIRY_CASES,
  },
  {
    name: "the agent's door closes a moment later",
    file: "policy/support-window.ts",
    find: "now < endOf(grant)",
    replace: "now <= endOf(grant)",
    tests: ["policy/support-window.test.ts"],
  },
  {
    name: "the agent's door opens before its time",
    file: "policy/support-window.ts",
    find: "grant.grantedAt <= now && ",
    replace: "",
    tests: ["policy/support-window.test.ts"],
  },
  {
    name: "a reach does not know when its rules end",
    file: "policy/reach.ts",
    find: "if (until !== null) validUntil = Math.min(validUntil, until);",
    replace: "",
    tests: ["policy/reach.test.ts"],
  },
  {
    name: "a kept reach is used for ever",
    file: "store/policies.ts",
    find: "known.from <= now && now < known.validUntil",
    replace: "known.from <= now",
    ...onDatabases(["store/reach/kept.test.ts"], "EN-05"),
  },
  {
    name: "the level of a share is of one piece: it writes while it may be read",
    file: "policy/reach.ts",
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
    file: "policy/holding.ts",
    find: "capabilityRow(capability).denial === undefined",
    replace: "true",
    tests: ["policy/holding.test.ts"],
  },
  {
    name: "the extra denials of a grant are skipped",
    file: "policy/holding.ts",
    find: "!grant.extraDenials.includes(capability)",
    replace: "true",
    tests: ["policy/holding.test.ts"],
  },
  {
    name: "a suite administrator sees everything",
    file: "policy/holding.ts",
    find: '(capability === "MANAGE_USERS" ||',
    replace: '(capability === "VIEW_ALL_DATA" || capability === "MANAGE_USERS" ||',
    tests: ["policy/holding.test.ts", "policy/access/administrators.test.ts"],
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
    find: "...roles, ...groups]",
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
    file: "policy/grant-key.ts",
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
    find: 'if (module.kind === "TEAM") return;',
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
    file: "policy/team-permission.ts",
    find: 'REQUESTER: { READ: "OWN"',
    replace: 'REQUESTER: { READ: "ALL"',
    tests: ["policy/team-permission.test.ts"],
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
    file: `${KINDS}/sharing-rule.ts`,
    find: 'rule.status === "APPLYING"',
    replace: "false",
    tests: [KINDS],
  },
  {
    name: "a deactivated rule counts",
    file: `${KINDS}/sharing-rule.ts`,
    find: 'rule.status === "INACTIVE"',
    replace: "false",
    tests: [KINDS],
  },
  {
    name: "criteria that cannot be read count",
    file: `${KINDS}/sharing-rule.ts`,
    find: 'rule.criteria === "UNREADABLE"',
    replace: "false",
    tests: [KINDS],
  },
  {
    name: "superiors of the target are always included",
    file: "policy/party.ts",
    find: "if (!includeSuperiors || target.kind",
    replace: "if (target.kind",
    tests: ["policy/party.test.ts"],
  },
  {
    name: "managers of tombstones are superiors of a role",
    file: "policy/party.ts",
    find: 'if (!member || member.status === "DELETED") continue;',
    replace: "if (!member) continue;",
    tests: ["policy/party.test.ts"],
  },
  {
    name: "the order of rows leaks",
    file: "policy/policy.ts",
    find: "groups: byId(inNamedOrder(org.groups))",
    replace: "groups: byId(org.groups)",
    tests: ["policy/order.test.ts"],
  },
  {
    name: "opening the module is offered without a path",
    file: "policy/remedy.ts",
    find: 'refusal.gate === "PROFILE" && hasPath',
    replace: 'refusal.gate === "PROFILE"',
    tests: ["policy/remedy.test.ts"],
  },

  // Masks
  {
    name: "a mask is off by one",
    file: "policy/owners.ts",
    find: "((byte >> (seq & 7)) & 1) === 1",
    replace: "((byte >> ((seq + 1) & 7)) & 1) === 1",
    tests: ["policy/owners.test.ts"],
  },
  {
    name: "a mask is off by one in SQLite",
    file: "store/reach/sqlite.ts",
    find: '"ownerSeq" + 1, 1)',
    replace: '"ownerSeq" + 2, 1)',
    ...onDatabases(["cases.test.ts"], "sqlite.*sh-0[123]"),
  },
  {
    name: "a mask is off by one in Postgres",
    file: "store/reach/postgres.ts",
    find: '::bytea, ${row}."ownerSeq")',
    replace: '::bytea, greatest(${row}."ownerSeq" - 1, 0))',
    ...onDatabases(["cases.test.ts"], "postgres.*sh-0[123]"),
  },

  // Comparing
  {
    name: "NE matches what is missing, in memory",
    file: "policy/criteria.ts",
    find: "if (value === null) return false;",
    replace: 'if (value === null) return op === "NE";',
    tests: ["policy/criteria.test.ts"],
  },
  {
    name: "NOT_IN is IN, in memory",
    file: "policy/criteria.ts",
    find: "return !constants.includes(value);",
    replace: "return constants.includes(value);",
    tests: ["policy/criteria.test.ts"],
  },
  {
    name: "NOT_IN matches what is missing, in lists",
    file: "store/reach/filter.ts",
    find: "return sql`${value} NOT IN (${join(all)})`;",
    replace: "return sql`(${value} IS NULL OR ${value} NOT IN (${join(all)}))`;",
    ...FILTERS,
  },
  {
    name: "CONTAINS is LIKE",
    file: "store/reach/sqlite.ts",
    find: "sql`instr(${text}, ${part}) > 0`",
    replace: "sql`${text} LIKE '%' || ${part} || '%'`",
    ...FILTERS,
  },
  {
    name: "text is compared by UTF-16 unit",
    file: "kernel/text.ts",
    find: "lifted(left) - lifted(right)",
    replace: "left - right",
    tests: ["kernel/text.test.ts", "policy/criteria.test.ts"],
  },
  {
    name: "Postgres compares text by language",
    file: "store/reach/postgres.ts",
    find: 'textColumn: (column) => sql`(${column} COLLATE "C")`',
    replace: "textColumn: (column) => sql`(${column})`",
    ...ORDERS,
  },

  // Lists
  {
    name: "an administrator's list crosses modules and organisations",
    file: "store/reach/predicate.ts",
    find: "return isInModule;",
    replace: "return sql`1 = 1`;",
    ...FILTERS,
  },
  {
    name: "the count does not ask the reach",
    file: "store/reach/statements.ts",
    find: "const tests = [isReached(dialect, reached, row), ...",
    replace: "const tests = [sql`1 = 1`, ...",
    ...FILTERS,
  },
  {
    name: "a lookup tells of targets out of reach",
    file: "store/reach/operand.ts",
    find: "WHERE ${isReached(dialect, target, sql`target`)} AND target",
    replace: "WHERE target",
    ...FILTERS,
  },
  {
    name: "a page begins with the row of its cursor",
    file: "store/reach/order.ts",
    find: '"<" : ">"',
    replace: '"<=" : ">="',
    ...ORDERS,
  },
  {
    name: "what has no value comes first",
    file: "store/reach/order.ts",
    find: '"DESC NULLS LAST"',
    replace: '"DESC NULLS FIRST"',
    ...ORDERS,
  },
  {
    name: "a page is one row short of knowing whether there is another",
    file: "store/records/list.ts",
    find: "const hasMore = found.length > query.limit;",
    replace: "const hasMore = found.length >= query.limit;",
    ...ORDERS,
  },
];
