import { describe, expect, test } from "vitest";
import { may, reachable } from "./oracle.ts";
import { entry, NOW, type Row, rule, share, whoMay, world } from "./world.ts";

const ROWS: Row[] = [
  [
    "BU without VIEW the others count for nothing, for an owner as well",
    (file) => {
      file.profiles = { p: { modules: { leads: ["EDIT"] } } };
      entry(file, "rep").profile = "p";
    },
    ["UPDATE", "leads", "one"],
    ["root", "ceo", "head"],
  ],
  [
    "UA-04 no CRM, no records, not even one's own",
    (file) => {
      entry(file, "rep").applications = ["DESK"];
      entry(file, "root").applications = [];
    },
    ["READ", "leads", "one"],
    ["ceo", "head"],
  ],
  [
    "UA-03 a suite administrator has no record access by it",
    (file) => {
      entry(file, "agent").administrator = true;
    },
    ["READ", "leads", "one"],
    ["root", "ceo", "head", "rep"],
  ],
  [
    "SH-60 VIEW_ALL_DATA reads, within the profile",
    (file) => {
      file.profiles = {
        p: { modules: { leads: ["VIEW", "EDIT"] }, capabilities: ["VIEW_ALL_DATA"] },
        q: { modules: {}, capabilities: ["MODIFY_ALL_DATA"] },
      };
      entry(file, "agent").profile = "p";
      entry(file, "service").profile = "q";
    },
    ["READ", "leads", "one"],
    ["root", "ceo", "head", "rep", "agent"],
  ],
  [
    "SH-60 and does not write",
    (file) => {
      file.profiles = { p: { modules: { leads: ["VIEW", "EDIT"] }, capabilities: ["VIEW_ALL_DATA"] } };
      entry(file, "agent").profile = "p";
    },
    ["UPDATE", "leads", "one"],
    ["root", "ceo", "head", "rep"],
  ],
  [
    "TU-21 no member, no access: neither the owner nor a superior",
    () => {},
    ["READ", "tickets", "t1"],
    ["root"],
  ],
  [
    "TU-21 holders of MODIFY_ALL_DATA excepted, whatever their profile lists",
    (file) => {
      file.profiles = { q: { modules: {}, capabilities: ["MODIFY_ALL_DATA"] } };
      entry(file, "agent").profile = "q";
    },
    ["DELETE", "tickets", "t1"],
    ["root", "agent"],
  ],
  [
    "TU-21 holders of VIEW_ALL_DATA excepted for reading only",
    (file) => {
      file.profiles = { q: { modules: {}, capabilities: ["VIEW_ALL_DATA"] } };
      entry(file, "agent").profile = "q";
    },
    ["UPDATE", "tickets", "t1"],
    ["root"],
  ],
  [
    "TU-21 'own' is widened by a rule",
    (file) => {
      file.users["agent@acme.test"] = {
        name: "a",
        role: "agent",
        license: "TEAM",
        teamModules: { tickets: "PARTICIPANT" },
      };
      rule(file, { module: "tickets", to: { role: "agent" }, access: "READ_WRITE_DELETE" });
    },
    ["UPDATE", "tickets", "t1"],
    ["root", "agent"],
  ],
  [
    "TU-21 'no' is not",
    (file) => {
      entry(file, "agent").teamModules = { tickets: "PARTICIPANT" };
      rule(file, { module: "tickets", to: { role: "agent" }, access: "READ_WRITE_DELETE" });
      entry(file, "rep").teamModules = { tickets: "REQUESTER" };
    },
    ["DELETE", "tickets", "t1"],
    ["root"],
  ],
  [
    "TU-21 a rule admits no one who is no member",
    (file) => {
      rule(file, { module: "tickets", to: { role: "agent" } });
    },
    ["READ", "tickets", "t1"],
    ["root"],
  ],
  [
    "TU-12 a team user does not write in an organisation module, whatever is shared",
    (file) => {
      entry(file, "agent").license = "TEAM";
      file.teamUserModules = ["leads"];
      share(file, { to: { role: "agent" }, access: "FULL" });
    },
    ["UPDATE", "leads", "one"],
    ["root", "ceo", "head", "rep"],
  ],
  [
    "TU-11 a team user reads what is shared in an opened module",
    (file) => {
      entry(file, "agent").license = "TEAM";
      file.teamUserModules = ["leads"];
      share(file, { to: { role: "agent" }, access: "FULL" });
    },
    ["READ", "leads", "one"],
    ["root", "ceo", "head", "rep", "agent"],
  ],
  [
    "TU-10 and nothing in a closed one",
    (file) => {
      entry(file, "agent").license = "TEAM";
      share(file, { to: { role: "agent" }, access: "FULL" });
    },
    ["READ", "leads", "one"],
    ["root", "ceo", "head", "rep"],
  ],
];

describe("the oracle narrows by gates", () => {
  test.each(ROWS)("%s", (_title, change, [action, module, recordKey], who) => {
    expect(whoMay(world(change), action, module, recordKey)).toEqual(who);
  });

  test("BU whoever and whatever is not in the file is refused, even by a name that every object has", () => {
    const file = world();
    expect(reachable(file, "nobody@acme.test", "leads", "READ", NOW).size).toBe(0);
    expect(reachable(file, "root@acme.test", "constructor", "READ", NOW).size).toBe(0);
    expect(
      may(file, { user: "root@acme.test", action: "READ", module: "leads", recordKey: "toString", now: NOW }),
    ).toBe(false);
  });
});
