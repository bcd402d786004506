import { describe, expect, test } from "vitest";
import { entry, type Row, rule, share, whoMay, world } from "./world.ts";

const ROWS: Row[] = [
  [
    "SH-35 ROLE: above a role that nobody holds",
    (file) => {
      rule(file, { to: { role: "empty" }, includeSuperiors: true });
      entry(file, "root").role = "ceo";
    },
    ["READ", "leads", "one"],
    ["root", "ceo", "head", "rep", "service", "agent"],
  ],
  [
    "SH-35 REPORTING: a role that nobody holds adds nobody",
    (file) => {
      file.organization.hierarchy = "REPORTING";
      rule(file, { to: { role: "empty" }, includeSuperiors: true });
      entry(file, "root").role = "ceo";
      entry(file, "agent").reportsTo = "service@acme.test";
    },
    ["READ", "leads", "one"],
    ["root", "rep"],
  ],
  [
    "SH-35 REPORTING: the managers all the way up, through groups",
    (file) => {
      file.organization.hierarchy = "REPORTING";
      file.groups = {
        g: { name: "G", members: [{ group: "h" }] },
        h: { name: "H", members: [{ user: "agent@acme.test" }] },
      };
      rule(file, { to: { group: "g" }, includeSuperiors: true });
      entry(file, "agent").reportsTo = "service@acme.test";
      entry(file, "service").reportsTo = "ceo@acme.test";
    },
    ["READ", "leads", "one"],
    ["root", "ceo", "rep", "service", "agent"],
  ],
  [
    "SH-35 no effect with everyone",
    (file) => {
      rule(file, { to: "everyone", includeSuperiors: true, access: "READ_WRITE" });
    },
    ["DELETE", "leads", "one"],
    ["root", "ceo", "head", "rep"],
  ],
  [
    "SH-42 a rule does not give sharing",
    (file) => {
      rule(file, { to: "everyone", access: "READ_WRITE_DELETE" });
    },
    ["SHARE", "leads", "one"],
    ["root", "ceo", "head", "rep"],
  ],
  [
    "EN-08 a rule is over at the very instant",
    (file) => {
      rule(file, { to: "everyone", expiresAt: "2026-12-01T12:00:00Z" });
    },
    ["READ", "leads", "one"],
    ["root", "ceo", "head", "rep"],
  ],
  [
    "EN-08 and not a millisecond before",
    (file) => {
      rule(file, { to: { role: "agent" }, expiresAt: "2026-12-01T12:00:00.001Z" });
    },
    ["READ", "leads", "one"],
    ["root", "ceo", "head", "rep", "agent"],
  ],
  [
    "SH-37 a deactivated rule",
    (file) => {
      rule(file, { to: "everyone", active: false });
    },
    ["READ", "leads", "one"],
    ["root", "ceo", "head", "rep"],
  ],
  [
    "SH-41 a share does not climb",
    (file) => {
      share(file, { to: { user: "AGENT@acme.test" }, access: "FULL" });
    },
    ["SHARE", "leads", "one"],
    ["root", "ceo", "head", "rep", "agent"],
  ],
  [
    "SH-41 the second share replaces the first",
    (file) => {
      share(file, { to: { user: "agent@acme.test" }, access: "FULL" });
      share(file, { to: { user: "AGENT@acme.test" }, access: "READ_ONLY" });
    },
    ["UPDATE", "leads", "one"],
    ["root", "ceo", "head", "rep"],
  ],
  [
    "SH-42 READ_WRITE does not share on",
    (file) => {
      share(file, { to: { role: "agent" }, access: "READ_WRITE" });
    },
    ["SHARE", "leads", "one"],
    ["root", "ceo", "head", "rep"],
  ],
];

describe("the oracle grants by rules and shares", () => {
  test.each(ROWS)("%s", (_title, change, [action, module, recordKey], who) => {
    expect(whoMay(world(change), action, module, recordKey)).toEqual(who);
  });
});
