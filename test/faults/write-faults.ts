// biome-ignore-all lint/suspicious/noTemplateCurlyInString: sources are quoted here

import { type Fault, onDatabases } from "./fault.ts";

const NEEDS = (mutations: string) => onDatabases(["graphql/mutations/needs.test.ts"], mutations);
const EFFECTS = (callers: string) =>
  ({ ...onDatabases(["effects/sqlite.test.ts"], callers), size: "DEEP" }) as const;
const LOOKUPS = onDatabases(["graphql/modules/lookup-target.test.ts"], "SH-53");
const FAITHFUL = onDatabases(["graphql/records/faithful.test.ts"], "AP-17");
const LISTS = onDatabases(["graphql/mutations/lost-updates.test.ts"], "of two who read the same");
const NAMED = onDatabases(["server/idempotency.test.ts"], "AP-05");

/** In changing: who may, under which version, once, and with what follows from it. */
export const WRITE_FAULTS: readonly Fault[] = [
  // The door
  {
    name: "a change of policy does not raise the version",
    file: "store/core/write.ts",
    find: 'if (changes === "POLICY" && written',
    replace: 'if (changes !== "POLICY" && written',
    ...NEEDS("setOrganizationDefaults × allowed|createRole × allowed"),
  },
  {
    name: "a change leaves no event",
    file: "store/core/write.ts",
    find: "await appendAuditEvents(viewer.store.database, tx, viewer.orgId, entries);",
    replace: "await appendAuditEvents(viewer.store.database, tx, viewer.orgId, entries.slice(0, 0));",
    ...NEEDS("× allowed"),
  },
  {
    name: "what was stopped for its time is committed all the same",
    file: "store/core/write.ts",
    find: "signal?.throwIfAborted();",
    replace: "signal?.aborted;",
    ...onDatabases(["server/idempotency.test.ts"], "AP-10"),
  },

  {
    name: "a long transaction on SQLite leaves nobody a turn",
    file: "database/breathing.ts",
    find: "      await turns.taken();\n      return inner.queryRaw(query);",
    replace: "      return inner.queryRaw(query);",
    tests: ["database/breathing.test.ts"],
    on: "databases",
  },
  {
    name: "who writes records overtakes a change of policy on Postgres",
    file: "database/postgres.ts",
    find: 'raw("pg_advisory_xact_lock_shared")',
    replace: 'raw("abs")',
    ...onDatabases(["database/fair-queue.test.ts"], "EN-33"),
  },

  // Who may
  {
    name: "a capability is not asked for",
    file: "store/core/admit.ts",
    find: "if (viewerHolds(viewer, capability)) return;",
    replace: "if (capability !== undefined) return;",
    ...NEEDS("no capability"),
  },
  {
    name: "an action on a record is not asked for",
    file: "store/core/admit.ts",
    find: "if (judged !== null && may(viewer.ability, action, judged)) return null;",
    replace: "if (judged !== null) return null;",
    ...NEEDS("readable but not writable"),
  },
  {
    name: "a permission in the module is not asked for",
    file: "store/core/admit.ts",
    find: "if (viewerPermissions(viewer, module).includes(permission)) return;",
    replace: "if (permission !== undefined) return;",
    ...NEEDS("createRecord × no capability"),
  },
  {
    name: "anybody may own a record",
    file: "policy/ask/eligible-owner.ts",
    find: "if (!mayView) return false;",
    replace: "if (!mayView) return true;",
    ...onDatabases(["graphql/records/record.test.ts", "graphql/sharing/owner.test.ts"], "TU-33"),
  },
  {
    name: "a lookup may point out of reach",
    file: "store/records/input.ts",
    find: "if (target === null || target.moduleId !== field.lookupModuleId) throw new NotFound(place);",
    replace: "if (target?.moduleId === null) throw new NotFound(place);",
    ...onDatabases(["graphql/records/record.test.ts", "graphql/records/record-update.test.ts"], "SH-53"),
  },

  // Whatever mutation it is: guards belong to the effect
  {
    name: "people are moved by deleting a role or a profile without the right to",
    file: "store/profiles/place.ts",
    find: 'if (moved.length > 0) admitCapability(viewer, "MANAGE_USERS");',
    replace: "",
    ...EFFECTS("MANAGE_ROLES alone"),
  },
  {
    name: "the super administrator is moved by who may not",
    file: "store/profiles/place.ts",
    find: "admitToSuper(viewer, moved);",
    replace: "",
    ...EFFECTS("MANAGE_USERS alone"),
  },
  {
    name: "people move themselves",
    file: "store/profiles/place.ts",
    find: "admitToSelf(viewer, moved);",
    replace: "",
    ...EFFECTS("MANAGE_USERS alone"),
  },
  {
    name: "a role is put above the super administrator by who may not",
    file: "store/profiles/place.ts",
    find: "if (aboveSomebody(after, org.superAdminId).isSubsetOf(before)) return;",
    replace: "if (before.size >= 0) return;",
    ...EFFECTS("MANAGE_ROLES alone"),
  },
  {
    name: "records go with their module for who may not delete them",
    file: "store/core/admit.ts",
    find: 'admitPermission(viewer, module, "DELETE");',
    replace: "",
    ...EFFECTS("MANAGE_MODULES alone|deletes deals"),
  },
  {
    name: "values go with their field for who may not delete",
    file: "store/core/admit.ts",
    find: 'admitCapability(viewer, "RECORD_DELETE");',
    replace: "",
    ...EFFECTS("agent without RECORD_DELETE"),
  },
  {
    name: "a list is replaced whatever it has become",
    file: "store/core/own-version.ts",
    find: "if (expected === present) return;",
    replace: "if (expected <= present) return;",
    ...onDatabases(["graphql/people/group-members.test.ts"], "SH-40"),
  },
  {
    name: "a share to the new owner goes",
    file: "store/sharing/owner.ts",
    find: "return !change.keepShares;",
    replace: "return !change.keepShares || share.userId === admitted.owner.id;",
    ...onDatabases(["graphql/sharing/owner-shares.test.ts"], "new owner"),
  },
  {
    name: "a required lookup whose target is gone is not asked for",
    file: "store/records/update.ts",
    find: 'if (type !== "LOOKUP" || !isRequired) return;',
    replace: 'if (type !== "LOOKUP" || isRequired) return;',
    ...onDatabases(["graphql/records/required-lookup.test.ts"], "SH-53"),
  },

  // What follows
  {
    name: "a stale change is made",
    file: "store/records/update.ts",
    find: "expectedUpdatedAt === record.updatedAt) return;",
    replace: "expectedUpdatedAt <= record.updatedAt) return;",
    ...onDatabases(["graphql/records/record-update.test.ts"], "AP-06"),
  },
  {
    name: "two changes in one millisecond look the same",
    file: "store/records/update.ts",
    find: "Math.max(now, record.updatedAt + 1)",
    replace: "Math.max(now, record.updatedAt)",
    ...onDatabases(["graphql/records/record-update.test.ts"], "AP-06"),
  },
  {
    name: "a rule that is being applied misses what is written meanwhile",
    file: "policy/rights/rule-life.ts",
    find: 'if (status === "INACTIVE" || criteria',
    replace: 'if (status !== "ACTIVE" || criteria',
    ...onDatabases(["store/grants/applying.test.ts"], "SH-36"),
  },

  // Once
  {
    name: "a repetition is carried out again",
    file: "graphql/core/mutation.ts",
    find: 'if (claimed.kind === "REPEATED") return',
    replace: 'if (claimed.kind !== "FIRST" && claimed.result === null) return',
    ...NAMED,
  },
  {
    name: "a key stands for any request",
    file: "store/core/idempotency.ts",
    find: "if (row.hash !== hash) throw",
    replace: 'if (row.hash === "") throw',
    ...NAMED,
  },
  {
    name: "a failure is kept as an outcome",
    file: "store/core/idempotency.ts",
    find: 'if (isFault(error) && error.code !== "LIMIT_EXCEEDED")',
    replace: "if (isFault(error) || !isFault(error))",
    ...NAMED,
  },

  // Plans
  {
    name: "the sparse plan forgets the lone owners, in SQLite",
    file: "store/reach/branches/sqlite.ts",
    find: ': [ownerWay(parts, page, { way: 1, column: "ownerId", ids: owners })]),',
    replace: ": []),",
    ...onDatabases(["store/reach/order.test.ts"], "sqlite.*SPARSE.*by newest"),
  },
  {
    name: "a count by owners counts granted records twice",
    file: "store/reach/branches/sqlite.ts",
    find: "sql`NOT (${parts.isOwnerIn(sql`g`, reached.reach.ownerMask)})`,",
    replace: "sql`(1 = 1 OR ${parts.isOwnerIn(sql`g`, reached.reach.ownerMask)})`,",
    ...onDatabases(["store/reach/filter.test.ts", "random/agreement-sqlite.test.ts"], "seeds 1 to 25"),
  },

  // What follows from a deletion
  {
    name: "a rule goes on reading a lookup whose target is gone",
    file: "store/grants/criteria-values.ts",
    find: "if (targets.size === 0) return records;",
    replace: "if (targets.size >= 0) return records;",
    ...LOOKUPS,
  },
  {
    name: "what points to a deleted record keeps its matches",
    file: "store/grants/deleted-targets.ts",
    find: "if (lookups.length === 0) return;",
    replace: "if (lookups.length >= 0) return;",
    ...LOOKUPS,
  },
  {
    name: "a file that removes records leaves the matches of what points to them",
    file: "file/sections/records/import.ts",
    find: "if (missing.length > 0) for",
    replace: "if (missing.length < 0) for",
    ...LOOKUPS,
  },

  // Nobody's change is lost
  {
    name: "whoever replaces a profile's lists replaces what they have not read",
    file: "store/profiles/update.ts",
    find: "if (expected !== null) requireVersion",
    replace: "if (expected === -1) requireVersion",
    ...LISTS,
  },
  {
    name: "whoever replaces options replaces what they have not read",
    file: "store/modules/update-field.ts",
    find: "if (expected !== null) requireVersion",
    replace: "if (expected === -1) requireVersion",
    ...LISTS,
  },

  // What is deleted is hidden at once
  {
    name: "a deleted module is there until its records are swept",
    file: "store/core/snapshot/modules.ts",
    find: "where: { orgId, isRemoved: false }",
    replace: "where: { orgId }",
    ...onDatabases(["graphql/modules/removal.test.ts"], "of a module that is gone"),
  },
  {
    name: "a field made anew has the values of the one that had its key",
    file: "store/modules/create-field.ts",
    find: "{ moduleId, key }, request.signal",
    replace: '{ moduleId, key: "" }, request.signal',
    ...onDatabases(["graphql/modules/removal.test.ts"], "made anew before"),
  },
  {
    name: "sweeping begins again and again",
    file: "store/modules/removal.ts",
    find: "data: { upToId: last } });",
    replace: "data: { upToId: null } });",
    ...onDatabases(["graphql/modules/removal.test.ts"], "leaves the rest|is gone"),
  },

  // What is stored is what was said
  {
    name: "a name may be invisible",
    file: "kernel/name.ts",
    find: "return VISIBLE.test(text) ? null :",
    replace: 'return text !== "" ? null :',
    tests: ["kernel/name.test.ts"],
  },
  {
    name: "a whole number is stored as its neighbour",
    file: "policy/criteria/field-value.ts",
    find: "Number.isInteger(input) && !Number.isSafeInteger(input)",
    replace: "Number.isNaN(input)",
    ...FAITHFUL,
  },
  {
    name: "text may be of any length",
    file: "policy/criteria/field-value.ts",
    find: "isLongerThan(input, MAX_TEXT)",
    replace: "isLongerThan(input, MAX_TEXT ** 2)",
    ...FAITHFUL,
  },
  {
    name: "a change after the last instant is one of the year 10000",
    file: "store/records/update.ts",
    find: "next <= LAST_INSTANT ? next : now",
    replace: "next",
    ...onDatabases(["graphql/records/faithful.test.ts"], "AP-06"),
  },
];
