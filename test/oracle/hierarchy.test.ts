import { describe, expect, test } from "vitest";
import type { OrganizationFile } from "./file.ts";
import { entry, type Row, whoMay, world } from "./world.ts";

const ROWS: Row[] = [
  [
    "SH-03 nobody but the owner and its superiors",
    () => {},
    ["READ", "leads", "one"],
    ["root", "ceo", "head", "rep"],
  ],
  ["SH-20 superiors share too", () => {}, ["SHARE", "leads", "one"], ["root", "ceo", "head", "rep"]],
  [
    "SH-20 cut by the superior's own profile",
    (file) => {
      file.profiles = { p: { modules: { leads: ["VIEW"] } } };
      entry(file, "head").profile = "p";
    },
    ["UPDATE", "leads", "one"],
    ["root", "ceo", "rep"],
  ],
  [
    "SH-24 an inactive owner's superiors reach",
    (file) => {
      entry(file, "rep").status = "INACTIVE";
    },
    ["READ", "leads", "one"],
    ["root", "ceo", "head"],
  ],
  [
    "SH-25 the chain, not the tree",
    (file) => {
      file.organization.hierarchy = "REPORTING";
      entry(file, "rep").reportsTo = "CEO@acme.test";
    },
    ["READ", "leads", "one"],
    ["root", "ceo", "rep"],
  ],
  [
    "SH-25 an inactive manager passes it on and has nothing",
    (file) => {
      file.organization.hierarchy = "REPORTING";
      entry(file, "rep").reportsTo = "head@acme.test";
      entry(file, "head").reportsTo = "ceo@acme.test";
      entry(file, "head").status = "INACTIVE";
    },
    ["READ", "leads", "one"],
    ["root", "ceo", "rep"],
  ],
  [
    "SH-21 peers, whatever the hierarchy",
    (file) => {
      file.organization.hierarchy = "REPORTING";
      at(file, "rep").shareDataWithPeers = true;
    },
    ["CHANGE_OWNER", "leads", "one"],
    ["root", "rep", "rep2"],
  ],
  [
    "SH-21 not in a public module",
    (file) => {
      at(file, "rep").shareDataWithPeers = true;
      leads(file).default = "PUBLIC_READ_ONLY";
    },
    ["UPDATE", "leads", "one"],
    ["root", "rep"],
  ],
  [
    "SH-22 the forecast manager reads",
    (file) => {
      at(file, "rep").forecastManager = "REP2@acme.test";
    },
    ["READ", "forecasts", "q1"],
    ["root", "ceo", "head", "rep", "rep2"],
  ],
  [
    "SH-22 and does not write",
    (file) => {
      at(file, "rep").forecastManager = "rep2@acme.test";
    },
    ["UPDATE", "forecasts", "q1"],
    ["root", "ceo", "head", "rep"],
  ],
  [
    "SH-22 only of the manager's own role",
    (file) => {
      at(file, "rep").forecastManager = "agent@acme.test";
    },
    ["READ", "forecasts", "q1"],
    ["root", "ceo", "head", "rep"],
  ],
  [
    "SH-09 forecasts stay private whatever is written",
    (file) => {
      file.modules = { ...file.modules, forecasts: { label: "F", default: "PUBLIC_READ_ONLY" } };
    },
    ["READ", "forecasts", "q1"],
    ["root", "ceo", "head", "rep"],
  ],
];

const at = (file: OrganizationFile, role: string) =>
  file.roles[role] as { shareDataWithPeers?: boolean; forecastManager?: string };
const leads = (file: OrganizationFile) => file.modules?.leads as { default?: "PUBLIC_READ_ONLY" };

describe("the oracle grants by ownership, hierarchy, peers and forecast managers", () => {
  test.each(ROWS)("%s", (_title, change, [action, module, recordKey], who) => {
    expect(whoMay(world(change), action, module, recordKey)).toEqual(who);
  });
});
