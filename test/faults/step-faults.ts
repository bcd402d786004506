import { type Fault, onDatabases } from "./fault.ts";

const moving = (titles: string) => onDatabases(["graphql/people/moved-records.test.ts"], titles);
const swept = (titles: string) => onDatabases(["graphql/sharing/swept-shares.test.ts"], titles);

const bounded = (titles: string) => onDatabases(["graphql/modules/field-bounds.test.ts"], titles);

/** In what one small transaction decides, and steps bring about. */
export const STEP_FAULTS: readonly Fault[] = [
  {
    name: "whose records are moving is found by their role alone",
    file: "store/reach/branches/branches.ts",
    find: "return movingOwners.length === 0 ? loneOwners :",
    replace: "return movingOwners.length >= 0 ? loneOwners :",
    ...moving("list = check"),
  },
  {
    name: "a change of role does not say that records are to be moved",
    file: "store/profiles/place.ts",
    find: "[move, { isPathBehind: true }],",
    replace: "[move, {}],",
    ...moving("list = check"),
  },
  {
    name: "records are said to have moved before they have",
    file: "store/profiles/move-owned-records.ts",
    find: "if (await moveRecordsOf(run, mover)) arrived.push(mover);",
    replace: "arrived.push(mover);",
    ...moving("list = check"),
  },
  {
    name: "records move to a role that their owner has left",
    file: "store/profiles/move-owned-records.ts",
    find: "(roles.get(id) === roleId ? [id] : [])",
    replace: "(roles.get(id) === roleId || true ? [id] : [])",
    ...moving("again on the way"),
  },
  {
    name: "a share with a group that is gone is there until it is swept",
    file: "store/sharing/share-row.ts",
    find: "return groups.has(party.groupId);",
    replace: 'return groups.has(party.groupId) || party.kind === "GROUP";',
    ...swept("nothing tells of them"),
  },
  {
    name: "a file tells of shares that are only not swept yet",
    file: "file/sections/shares.ts",
    find: "if (gone.has(row.party)) return [];",
    replace: "",
    ...swept("nothing tells of them"),
  },
  {
    name: "a group that is gone is one until its shares are swept",
    file: "store/core/snapshot/sharing.ts",
    find: "tx.group.findMany({ where: { orgId, isRemoved: false } })",
    replace: "tx.group.findMany({ where: { orgId } })",
    ...swept("nothing tells of them"),
  },
  {
    name: "nobody is told of the shares that went with a group",
    file: "store/sharing/share-removal.ts",
    find: "shares.map((share) => unsharedBy(removal, share, now)),",
    replace: "[],",
    ...swept("nothing tells of them"),
  },
  {
    name: "what revoked shares granted stays",
    file: "store/sharing/write-share.ts",
    find: "await tx.recordGrant.deleteMany({ where: { ...ofThem, key: party } });",
    replace: "",
    ...onDatabases(["graphql/sharing/revoke.test.ts"], "goes, in every module"),
  },

  // What cannot be done in steps is bounded
  {
    name: "a change of a field rewrites any number of records",
    file: "store/modules/rewrite-values.ts",
    find: "if (ids.length > MOST_REWRITTEN)",
    replace: "if (ids.length > Number.MAX_SAFE_INTEGER)",
    ...bounded("nothing has changed"),
  },
  {
    name: "a key is swept while others wait, however much lies under it",
    file: "store/modules/create-field.ts",
    find: "(await countRecords(tx, orgId, moduleId)) > MOST_SWEPT",
    replace: "(await countRecords(tx, orgId, moduleId)) > Number.MAX_SAFE_INTEGER",
    ...bounded("whose values are being swept"),
  },
  {
    name: "the values of a field are read in one statement",
    file: "store/reach/rows/field-values.ts",
    find: "const STEP = 2_000;",
    replace: "const STEP = 2_000_000;",
    ...bounded("in steps"),
  },

  // Nobody waits for who waits for them
  {
    name: "who deletes what rules read of goes beside those who write what points to it",
    file: "store/core/write.ts",
    find: "(deletesRecords === true && readsLookups(policy))",
    replace: "(deletesRecords === true && !readsLookups(policy))",
    ...onDatabases(["store/grants/lock-order.test.ts"], "waits for whoever writes"),
  },
  {
    name: "who writes a record keeps others from holding that it is there",
    file: "database/postgres.ts",
    find: 'ORDER BY "id" FOR NO KEY UPDATE',
    replace: 'ORDER BY "id" FOR UPDATE',
    ...onDatabases(["store/grants/lock-order.test.ts"], "two who write"),
  },

  // Nobody waits for one long thought
  {
    name: "a remedy compiles everybody again",
    file: "policy/ask/remedy.ts",
    find: "compile(org, policy)",
    replace: "compile(org)",
    tests: ["policy/ask/remedy.test.ts"],
    titles: "without a look at everybody",
  },
  {
    name: "nobody has a turn between the rules that are asked of a record",
    file: "store/grants/derive.ts",
    find: "if (turns.isOver()) await turns.taken();",
    replace: "",
    ...onDatabases(["store/grants/turns.test.ts"], "between two rules"),
  },
];
