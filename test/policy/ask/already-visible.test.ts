import { describe, expect, test } from "vitest";
import type { Instant } from "../../../src/kernel/instant.ts";
import { alreadyVisible } from "../../../src/policy/ask/already-visible.ts";
import type { GrantRow } from "../../../src/policy/ask/reach.ts";
import type { Action, ShareLevel } from "../../../src/policy/model/org.ts";
import { SHARE_GIVES } from "../../../src/policy/rights/share-level.ts";
import { allows, MATCH, NOW, policyOf, type Rows, recordOf, shareRow, userIn } from "../build.ts";

const DAY = 24 * 60 * 60 * 1000;
const FRIDAY = NOW + 3 * DAY;
const WON = { field: "status", op: "EQ", value: "won" } as const;

const WORLD: Rows = {
  roles: { head: null, rep: { parent: "head", peers: true }, desk: null },
  profiles: { reader: { modules: { leads: ["VIEW"] } } },
  users: {
    hal: "head",
    hugo: { role: "head", profile: "reader" },
    ray: "rep",
    rue: "rep",
    dan: "desk",
    ida: { role: "head", status: "INACTIVE" },
    mia: { role: "desk", team: { tickets: "MEMBER" } },
    max: { role: "desk", team: { tickets: "MANAGER" } },
  },
  groups: { mix: ["user:dan"] },
  modules: { leads: "PRIVATE", deals: "PUBLIC_READ_WRITE", tickets: "TEAM" },
};

type Row = {
  readonly title: string;
  readonly rules?: NonNullable<Rows["rules"]>;
  readonly user: string;
  readonly module?: string;
  readonly grants?: { readonly [key: string]: GrantRow };
  readonly level: ShareLevel;
  readonly expiresAt?: Instant;
  /** The kinds of the paths by action, or null: the share adds something. */
  readonly expected: { readonly [Each in Action]?: readonly string[] } | null;
};

const every = (kinds: readonly string[]) =>
  Object.fromEntries(SHARE_GIVES.FULL.map((action) => [action, kinds]));

const ROWS: readonly Row[] = [
  { title: "a stranger has nothing", user: "dan", level: "READ_ONLY", expected: null },
  { title: "the owner has it all", user: "ray", level: "FULL", expected: every(["OWNERSHIP", "PEERS"]) },
  { title: "a superior has it all", user: "hal", level: "FULL", expected: every(["HIERARCHY"]) },
  { title: "a peer has it all", user: "rue", level: "FULL", expected: every(["PEERS"]) },
  { title: "an administrator has it all", user: "root", level: "FULL", expected: every(["ADMINISTRATOR"]) },
  {
    title: "a superior whose profile only reads has read",
    user: "hugo",
    level: "READ_ONLY",
    expected: { READ: ["HIERARCHY"] },
  },
  {
    title: "a superior whose profile only reads has no update, whatever the paths",
    user: "hugo",
    level: "READ_WRITE",
    expected: null,
  },
  { title: "an inactive superior has nothing", user: "ida", level: "READ_ONLY", expected: null },
  {
    title: "a default gives read and update to all",
    user: "dan",
    module: "deals",
    level: "READ_WRITE",
    expected: { READ: ["ORGANIZATION_DEFAULT"], UPDATE: ["ORGANIZATION_DEFAULT"] },
  },
  { title: "a default gives no share", user: "dan", module: "deals", level: "FULL", expected: null },
  {
    title: "a team role gives read",
    user: "mia",
    module: "tickets",
    level: "READ_ONLY",
    expected: { READ: ["TEAM_ROLE"] },
  },
  {
    title: "a member does not update another's ticket",
    user: "mia",
    module: "tickets",
    level: "READ_WRITE",
    expected: null,
  },
  {
    title: "a manager has it all",
    user: "max",
    module: "tickets",
    level: "FULL",
    expected: every(["TEAM_ROLE"]),
  },
  {
    title: "a rule without end outlives any share",
    rules: { all: { from: "role:rep", to: "user:dan", level: "READ_WRITE" } },
    user: "dan",
    level: "READ_WRITE",
    expected: { READ: ["SHARING_RULE"], UPDATE: ["SHARING_RULE"] },
  },
  {
    title: "a rule that only reads leaves update to be shared",
    rules: { all: { from: "role:rep", to: "user:dan" } },
    user: "dan",
    level: "READ_WRITE",
    expected: null,
  },
  {
    title: "a rule that is deactivated gives nothing",
    rules: { all: { from: "role:rep", to: "user:dan", status: "INACTIVE" } },
    user: "dan",
    level: "READ_ONLY",
    expected: null,
  },
  {
    title: "a rule until Friday ends before a share without end",
    rules: { all: { from: "role:rep", to: "user:dan", expiresAt: FRIDAY } },
    user: "dan",
    level: "READ_ONLY",
    expected: null,
  },
  {
    title: "a rule until Friday ends before a share until Friday and a millisecond",
    rules: { all: { from: "role:rep", to: "user:dan", expiresAt: FRIDAY } },
    user: "dan",
    level: "READ_ONLY",
    expiresAt: FRIDAY + 1,
    expected: null,
  },
  {
    title: "a rule until Friday does not end before a share until Friday",
    rules: { all: { from: "role:rep", to: "user:dan", expiresAt: FRIDAY } },
    user: "dan",
    level: "READ_ONLY",
    expiresAt: FRIDAY,
    expected: { READ: ["SHARING_RULE"] },
  },
  {
    title: "a match of a rule by criteria counts as long as the rule",
    rules: { won: { criteria: WON, to: "user:dan", expiresAt: FRIDAY } },
    user: "dan",
    grants: { "c:won#1": MATCH },
    level: "READ_ONLY",
    expiresAt: FRIDAY,
    expected: { READ: ["SHARING_RULE"] },
  },
  {
    title: "a match of a rule by criteria does not outlive the rule",
    rules: { won: { criteria: WON, to: "user:dan", expiresAt: FRIDAY } },
    user: "dan",
    grants: { "c:won#1": MATCH },
    level: "READ_ONLY",
    expiresAt: FRIDAY + 1,
    expected: null,
  },
  {
    title: "a share with a group without end counts",
    user: "dan",
    grants: { "g:mix": shareRow("READ_WRITE") },
    level: "READ_WRITE",
    expected: { READ: ["RECORD_SHARE"], UPDATE: ["RECORD_SHARE"] },
  },
  {
    title: "a share with a group until Friday ends before a share without end",
    user: "dan",
    grants: { "g:mix": shareRow("READ_ONLY", FRIDAY) },
    level: "READ_ONLY",
    expected: null,
  },
  {
    title: "a share with a group until Friday does not end before one until Thursday",
    user: "dan",
    grants: { "g:mix": shareRow("READ_ONLY", FRIDAY) },
    level: "READ_ONLY",
    expiresAt: FRIDAY - DAY,
    expected: { READ: ["RECORD_SHARE"] },
  },
  {
    title: "a share with the user, which would be replaced, does not count",
    user: "dan",
    grants: { "u:dan": shareRow("FULL") },
    level: "READ_ONLY",
    expected: null,
  },
  {
    title: "EN-08 each action by itself: read by a rule, update by a share with the role",
    rules: { all: { from: "role:rep", to: "user:dan" } },
    user: "dan",
    grants: { "r:desk": { ...shareRow("READ_WRITE"), readUntil: FRIDAY } },
    level: "READ_WRITE",
    expected: { READ: ["SHARING_RULE"], UPDATE: ["RECORD_SHARE"] },
  },
  {
    title: "EN-08 each action by itself: read for ever and update until Friday is not update for ever",
    rules: { all: { from: "role:rep", to: "user:dan" } },
    user: "dan",
    grants: { "r:desk": shareRow("READ_WRITE", FRIDAY) },
    level: "READ_WRITE",
    expected: null,
  },
  {
    title: "of two rules, the one that ends before is no path",
    rules: {
      early: { from: "role:rep", to: "user:dan", expiresAt: FRIDAY - DAY },
      late: { from: "role:rep", to: "user:dan", expiresAt: FRIDAY },
    },
    user: "dan",
    level: "READ_ONLY",
    expiresAt: FRIDAY,
    expected: { READ: ["SHARING_RULE"] },
  },
];

describe("SH-43 whether a share would give anything", () => {
  test.each(ROWS)("SH-43 $title", ({ rules, user, module, grants, level, expiresAt, expected }) => {
    const policy = policyOf({ ...WORLD, ...(rules && { rules }) });
    const judged = recordOf(policy, "ray", module, grants);
    const found = alreadyVisible(
      policy,
      userIn(policy, user),
      { judged, name: "One" },
      { level, expiresAt: expiresAt ?? null, key: `u:${user}` },
    );
    const kinds =
      found &&
      Object.fromEntries([...found].map(([action, paths]) => [action, paths.map(({ kind }) => kind)]));
    expect(kinds).toEqual(expected);
    if (found === null) return;
    // What is visible already is so by the ability that enforces, now and at the last instant of the share.
    for (const at of [NOW, (expiresAt ?? NOW + 1) - 1])
      for (const action of SHARE_GIVES[level]) expect(allows(policy, user, action, judged, at)).toBe(true);
  });

  test("SH-43 a path says its own sentence", () => {
    const policy = policyOf({
      ...WORLD,
      rules: { all: { from: "role:rep", to: "user:dan", expiresAt: FRIDAY } },
    });
    const record = { judged: recordOf(policy, "ray"), name: "One" };
    const share = { level: "READ_ONLY", expiresAt: FRIDAY, key: "u:dan" } as const;
    const found = alreadyVisible(policy, userIn(policy, "dan"), record, share);
    expect(found?.get("READ")?.map(({ sentence }) => sentence)).toEqual([
      `The sharing rule all gives READ_ONLY until ${new Date(FRIDAY).toISOString()}.`,
    ]);
  });
});
