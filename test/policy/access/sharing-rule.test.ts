import { ACTIONS, RULE_LEVELS } from "../../../src/policy/model/org.ts";
import { MATCH, NOW, type Rows, type RuleRow } from "../build.ts";
import { type KindRow, testKind } from "./asked.ts";

const WORLD: Rows = {
  roles: { ceo: null, head: "ceo", desk: "head", empty: "desk", rep: null, aside: null },
  users: {
    cid: "ceo",
    hal: { role: "head", reportsTo: "cid" },
    dan: { role: "desk", reportsTo: "hal" },
    dot: "desk",
    ray: "rep",
    gone: { role: "rep", status: "DELETED" },
    oda: "aside",
    agent: { license: "SUPPORT" },
  },
  groups: { outer: ["group:inner"], inner: ["user:dan"] },
  modules: { leads: "PRIVATE", deals: "PRIVATE", plans: "PUBLIC_READ_ONLY", forecasts: "PRIVATE" },
  supportGrants: [{ agent: "agent", from: 0, until: NOW + 9, denials: ["MODIFY_ALL_DATA", "VIEW_ALL_DATA"] }],
};
const WON = { field: "status", op: "EQ", value: "won" } as const;
const rule = (row: RuleRow): { readonly rows: Rows } => ({ rows: { rules: { it: row } } });
const gives = (level: string, more = "", rolePath: readonly string[] = []) => [
  { sentence: `The sharing rule it gives ${level}${more}.`, level, rolePath },
];
const none = (who: string, action: string, why = "") =>
  `No sharing rule in force gives ${who} ${action} on this record.${why}`;
const TO_DAN: RuleRow = { from: "role:rep", to: "user:dan" };
const BY_CRITERIA: RuleRow = { criteria: WON, to: "user:dan" };
const MATCHED = { grants: { "c:it#1": MATCH } };

const LEVELS = RULE_LEVELS.flatMap((level) =>
  ACTIONS.flatMap((action): KindRow[] => {
    const isGiven = {
      READ_ONLY: ["READ"],
      READ_WRITE: ["READ", "UPDATE"],
      READ_WRITE_DELETE: ["READ", "UPDATE", "DELETE"],
    }[level].includes(action);
    const expected = isGiven ? { admits: gives(level) } : { refuses: none("Dan", action) };
    return [
      {
        title: `SH-34 SH-42 ${level} by source: ${action}`,
        ...rule({ ...TO_DAN, level }),
        asks: ["dan", action, "ray"],
        ...expected,
      },
      {
        title: `SH-34 SH-42 ${level} by criteria: ${action}`,
        ...rule({ ...BY_CRITERIA, level }),
        ...MATCHED,
        asks: ["dan", action, "ray"],
        ...expected,
      },
    ];
  }),
);

testKind("SHARING_RULE", WORLD, [
  ...LEVELS,
  // Sources
  {
    title: "SH-31 a tombstone of the source role",
    ...rule(TO_DAN),
    asks: ["dan", "READ", "gone"],
    admits: gives("READ_ONLY"),
  },
  {
    title: "SH-31 not an owner beside the source",
    ...rule(TO_DAN),
    asks: ["dan", "READ", "oda"],
    refuses: none("Dan", "READ"),
  },
  {
    title: "SH-31 a role and its subordinates",
    ...rule({ from: "tree:head", to: "user:oda" }),
    asks: ["oda", "READ", "dot"],
    admits: gives("READ_ONLY"),
  },
  {
    title: "SH-31 not the role above it",
    ...rule({ from: "tree:head", to: "user:oda" }),
    asks: ["oda", "READ", "cid"],
    refuses: none("Oda", "READ"),
  },
  {
    title: "SH-31 a group",
    ...rule({ from: "group:outer", to: "user:oda" }),
    asks: ["oda", "READ", "dan"],
    admits: gives("READ_ONLY"),
  },
  {
    title: "SH-31 not who is not in the group",
    ...rule({ from: "group:outer", to: "user:oda" }),
    asks: ["oda", "READ", "dot"],
    refuses: none("Oda", "READ"),
  },
  {
    title: "SH-31 SA-08 everyone, the agent included",
    ...rule({ from: "everyone", to: "user:oda" }),
    asks: ["oda", "READ", "agent"],
    admits: gives("READ_ONLY"),
  },
  // Criteria
  {
    title: "SH-32 criteria that the record does not match",
    ...rule(BY_CRITERIA),
    asks: ["dan", "READ", "ray"],
    refuses: none("Dan", "READ"),
  },
  {
    title: "SH-32 source and criteria: both hold",
    ...rule({ ...BY_CRITERIA, from: "role:rep" }),
    ...MATCHED,
    asks: ["dan", "READ", "ray"],
    admits: gives("READ_ONLY"),
  },
  {
    title: "SH-32 source and criteria: a match of another owner",
    ...rule({ ...BY_CRITERIA, from: "role:rep" }),
    ...MATCHED,
    asks: ["dan", "READ", "oda"],
    refuses: none("Dan", "READ"),
  },
  {
    title: "SH-32 source and criteria: the owner without a match",
    ...rule({ ...BY_CRITERIA, from: "role:rep" }),
    asks: ["dan", "READ", "ray"],
    refuses: none("Dan", "READ"),
  },
  {
    title: "SH-36 matches of an older generation admit nothing",
    ...rule({ ...BY_CRITERIA, generation: 2 }),
    ...MATCHED,
    asks: ["dan", "READ", "ray"],
    refuses: none("Dan", "READ"),
  },
  {
    title: "EN-07 neither source nor criteria",
    ...rule({ to: "user:dan" }),
    asks: ["dan", "READ", "ray"],
    refuses: none("Dan", "READ", " The rule it has neither source nor criteria."),
  },
  {
    title: "EN-07 SH-32 criteria that cannot be read admit nothing, even what matched once",
    ...rule({ ...BY_CRITERIA, criteria: "UNREADABLE" }),
    ...MATCHED,
    asks: ["dan", "READ", "ray"],
    refuses: none("Dan", "READ", " The criteria of the rule it cannot be read, so it admits nothing."),
  },
  {
    title: "EN-07 nor by their source",
    ...rule({ ...TO_DAN, criteria: "UNREADABLE" }),
    ...MATCHED,
    asks: ["dan", "READ", "ray"],
    refuses: none("Dan", "READ", " The criteria of the rule it cannot be read, so it admits nothing."),
  },
  // Status and expiry
  {
    title: "SH-36 EN-07 APPLYING admits nothing, and says so",
    ...rule({ ...BY_CRITERIA, status: "APPLYING" }),
    ...MATCHED,
    asks: ["dan", "READ", "ray"],
    refuses: none("Dan", "READ", " The rule it is still being applied."),
  },
  {
    title: "SH-37 INACTIVE admits nothing, and says so",
    ...rule({ ...TO_DAN, status: "INACTIVE" }),
    asks: ["dan", "READ", "ray"],
    refuses: none("Dan", "READ", " The rule it is deactivated."),
  },
  {
    title: "SH-30 until the instant of its expiry",
    ...rule({ ...TO_DAN, expiresAt: NOW + 1 }),
    asks: ["dan", "READ", "ray"],
    admits: gives("READ_ONLY", " until 2026-12-01T12:00:00.001Z"),
  },
  {
    title: "SH-30 SH-37 at the very instant it has expired",
    ...rule({ ...TO_DAN, expiresAt: NOW }),
    asks: ["dan", "READ", "ray"],
    refuses: none("Dan", "READ", " The rule it has expired."),
  },
  // Targets
  {
    title: "SH-33 a role",
    ...rule({ from: "role:rep", to: "role:desk" }),
    asks: ["dot", "READ", "ray"],
    admits: gives("READ_ONLY"),
  },
  {
    title: "SH-33 not the role above",
    ...rule({ from: "role:rep", to: "role:desk" }),
    asks: ["hal", "READ", "ray"],
    refuses: none("Hal", "READ"),
  },
  {
    title: "SH-33 a role and its subordinates",
    ...rule({ from: "role:rep", to: "tree:head" }),
    asks: ["dot", "READ", "ray"],
    admits: gives("READ_ONLY"),
  },
  {
    title: "SH-33 not somebody else",
    ...rule(TO_DAN),
    asks: ["dot", "READ", "ray"],
    refuses: none("Dot", "READ"),
  },
  {
    title: "SH-33 a group",
    ...rule({ from: "role:rep", to: "group:outer" }),
    asks: ["dan", "READ", "ray"],
    admits: gives("READ_ONLY"),
  },
  {
    title: "SH-33 everyone",
    ...rule({ from: "role:rep", to: "everyone" }),
    asks: ["oda", "READ", "ray"],
    admits: gives("READ_ONLY"),
  },
  // Superiors
  {
    title: "SH-35 above a role that nobody holds",
    ...rule({ from: "role:rep", to: "role:empty", superiors: true }),
    asks: ["hal", "READ", "ray"],
    admits: gives("READ_ONLY", " as a superior of its target", ["Head", "Desk", "Empty"]),
  },
  {
    title: "SH-35 above a user, with the roles between",
    ...rule({ ...TO_DAN, superiors: true }),
    asks: ["cid", "READ", "ray"],
    admits: gives("READ_ONLY", " as a superior of its target", ["Ceo", "Head", "Desk"]),
  },
  {
    title: "SH-35 above a user through nested groups",
    ...rule({ from: "role:rep", to: "group:outer", superiors: true }),
    asks: ["hal", "READ", "ray"],
    admits: gives("READ_ONLY", " as a superior of its target"),
  },
  {
    title: "SH-35 not a colleague",
    ...rule({ ...TO_DAN, superiors: true }),
    asks: ["dot", "READ", "ray"],
    refuses: none("Dot", "READ"),
  },
  {
    title: "SH-35 off by default",
    ...rule(TO_DAN),
    asks: ["hal", "READ", "ray"],
    refuses: none("Hal", "READ"),
  },
  {
    title: "SH-35 SH-25 the managers of its members",
    rows: { hierarchy: "REPORTING", rules: { it: { ...TO_DAN, superiors: true } } },
    asks: ["cid", "READ", "ray"],
    admits: gives("READ_ONLY", " as a superior of its target", ["Ceo", "Head", "Desk"]),
  },
  {
    title: "SH-35 SH-25 a role that nobody holds adds nobody",
    rows: { hierarchy: "REPORTING", rules: { it: { from: "role:rep", to: "role:empty", superiors: true } } },
    asks: ["hal", "READ", "ray"],
    refuses: none("Hal", "READ"),
  },
  // Modules
  {
    title: "SH-30 of another module",
    ...rule({ ...TO_DAN, module: "deals" }),
    asks: ["dan", "READ", "ray"],
    refuses: none("Dan", "READ"),
  },
  {
    title: "SH-04 in a public module",
    ...rule({ ...TO_DAN, module: "plans", level: "READ_WRITE" }),
    asks: ["dan", "UPDATE", "ray", "plans"],
    admits: gives("READ_WRITE"),
  },
  {
    title: "SH-09 forecasts know no rules",
    ...rule({ ...TO_DAN, module: "forecasts" }),
    asks: ["dan", "READ", "ray", "forecasts"],
    refuses: null,
  },
]);
