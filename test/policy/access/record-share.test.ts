import { NOW, type Rows, shareRow } from "../build.ts";
import { testKind } from "./asked.ts";

const WORLD: Rows = {
  roles: { ceo: null, head: "ceo", rep: "head", other: null },
  users: { cid: "ceo", hal: "head", ray: "rep", rue: "rep", oda: "other", agent: { license: "SUPPORT" } },
  groups: { inner: ["user:oda", "role:rep"], outer: ["group:inner"], alone: ["tree:other"] },
  modules: { leads: "PRIVATE", forecasts: "PRIVATE" },
  supportGrants: [{ agent: "agent", from: 0, until: NOW + 9, denials: ["MODIFY_ALL_DATA", "VIEW_ALL_DATA"] }],
};
const shared = (...names: string[]) =>
  names.map((name) => ({ sentence: `The record is shared with ${name}.`, level: null, rolePath: [] }));
const none = (who: string, action: string) => `No live record share gives ${who} ${action}.`;
const FULL = shareRow("FULL");

testKind("RECORD_SHARE", WORLD, [
  {
    title: "SH-41 with a user",
    asks: ["rue", "READ", "oda"],
    grants: { "u:rue": shareRow("READ_ONLY") },
    admits: shared("Rue"),
  },
  {
    title: "SH-41 READ_ONLY does not write",
    asks: ["rue", "UPDATE", "oda"],
    grants: { "u:rue": shareRow("READ_ONLY") },
    refuses: none("Rue", "UPDATE"),
  },
  {
    title: "SH-41 READ_WRITE writes",
    asks: ["rue", "UPDATE", "oda"],
    grants: { "u:rue": shareRow("READ_WRITE") },
    admits: shared("Rue"),
  },
  {
    title: "SH-41 READ_WRITE does not delete",
    asks: ["rue", "DELETE", "oda"],
    grants: { "u:rue": shareRow("READ_WRITE") },
    refuses: none("Rue", "DELETE"),
  },
  {
    title: "SH-42 READ_WRITE does not share on",
    asks: ["rue", "SHARE", "oda"],
    grants: { "u:rue": shareRow("READ_WRITE") },
    refuses: none("Rue", "SHARE"),
  },
  {
    title: "SH-42 FULL shares on",
    asks: ["rue", "SHARE", "oda"],
    grants: { "u:rue": FULL },
    admits: shared("Rue"),
  },
  {
    title: "SH-46 FULL changes the owner",
    asks: ["rue", "CHANGE_OWNER", "oda"],
    grants: { "u:rue": FULL },
    admits: shared("Rue"),
  },
  {
    title: "SH-41 with the role",
    asks: ["rue", "DELETE", "oda"],
    grants: { "r:rep": FULL },
    admits: shared("the role Rep"),
  },
  {
    title: "SH-41 the role alone, not what is below it",
    asks: ["rue", "READ", "oda"],
    grants: { "r:head": FULL },
    refuses: none("Rue", "READ"),
  },
  {
    title: "SH-41 with a role above and its subordinates",
    asks: ["rue", "READ", "oda"],
    grants: { "s:ceo": FULL },
    admits: shared("the role Ceo and its subordinates"),
  },
  {
    title: "SH-41 with the own role and its subordinates",
    asks: ["rue", "READ", "oda"],
    grants: { "s:rep": FULL },
    admits: shared("the role Rep and its subordinates"),
  },
  {
    title: "SH-41 it does not climb to the superiors of a role and its subordinates",
    asks: ["hal", "READ", "oda"],
    grants: { "s:rep": FULL },
    refuses: none("Hal", "READ"),
  },
  {
    title: "SH-41 nor of a user",
    asks: ["hal", "READ", "oda"],
    grants: { "u:rue": FULL },
    refuses: none("Hal", "READ"),
  },
  {
    title: "SH-41 SH-40 with a group, through nested groups",
    asks: ["rue", "READ", "oda"],
    grants: { "g:outer": FULL },
    admits: shared("the group Outer"),
  },
  {
    title: "SH-40 not through a group that one is not in",
    asks: ["rue", "READ", "oda"],
    grants: { "g:alone": FULL },
    refuses: none("Rue", "READ"),
  },
  {
    title: "SH-41 not with somebody else",
    asks: ["oda", "READ", "ray"],
    grants: { "u:ray": FULL, "r:rep": FULL, "s:head": FULL, "s:ceo": FULL },
    refuses: none("Oda", "READ"),
  },
  {
    title: "SH-70 every way in is named: user, role, from near to far, groups by name",
    asks: ["rue", "READ", "oda"],
    grants: { "g:outer": FULL, "g:inner": FULL, "s:ceo": FULL, "s:rep": FULL, "r:rep": FULL, "u:rue": FULL },
    admits: shared(
      "Rue",
      "the role Rep",
      "the role Rep and its subordinates",
      "the role Ceo and its subordinates",
      "the group Inner",
      "the group Outer",
    ),
  },
  {
    title: "SH-41 until the instant of its expiry",
    asks: ["rue", "READ", "oda"],
    grants: { "u:rue": shareRow("FULL", NOW + 1) },
    admits: shared("Rue"),
  },
  {
    title: "SH-41 at the very instant it is void",
    asks: ["rue", "READ", "oda"],
    grants: { "u:rue": shareRow("FULL", NOW) },
    refuses: none("Rue", "READ"),
  },
  {
    title: "EN-08 each action by itself",
    asks: ["rue", "UPDATE", "oda"],
    grants: { "u:rue": shareRow("READ_ONLY"), "r:rep": shareRow("READ_WRITE", NOW) },
    refuses: none("Rue", "UPDATE"),
  },
  {
    title: "SH-09 forecasts know no shares",
    asks: ["rue", "READ", "oda", "forecasts"],
    grants: { "u:rue": FULL },
    refuses: null,
  },
  {
    title: "SA-08 an agent by its own address only",
    asks: ["agent", "READ", "oda"],
    grants: { "s:ceo": FULL, "g:outer": FULL },
    refuses: none("Agent", "READ"),
  },
  {
    title: "SA-08 though a share with it would count",
    asks: ["agent", "READ", "oda"],
    grants: { "u:agent": FULL },
    admits: shared("Agent"),
  },
]);
