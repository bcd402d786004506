import type { Rows } from "../build.ts";
import { testKind } from "./asked.ts";

const WORLD: Rows = {
  roles: { ceo: null, head: "ceo", rep: "head", service: "ceo", chair: null },
  users: {
    cid: "ceo",
    hal: { role: "head", reportsTo: "cid" },
    hua: "head",
    ina: { role: "head", status: "INACTIVE", reportsTo: "cid" },
    ray: { role: "rep", reportsTo: "ina" },
    rue: "rep",
    gone: { role: "rep", status: "DELETED" },
    val: "service",
    chi: "chair",
    nor: {},
  },
  modules: { leads: "PRIVATE", deals: "PUBLIC_READ_ONLY", forecasts: "PRIVATE", tickets: "TEAM" },
};
const REPORTING = { hierarchy: "REPORTING" } as const;
const above = (who: string, owner: string, rolePath: readonly string[]) => [
  { sentence: `${who} stands above the owner, ${owner}: ${rolePath.join(" → ")}.`, level: "FULL", rolePath },
];
const reportedTo = (who: string, owner: string, rolePath: readonly string[]) => [
  {
    sentence: `${who} stands above the owner, ${owner}, who reports to them, or to somebody who does.`,
    level: "FULL",
    rolePath,
  },
];

testKind("HIERARCHY", WORLD, [
  {
    title: "SH-20 the role right above",
    asks: ["hal", "READ", "ray"],
    admits: above("Hal", "Ray", ["Head", "Rep"]),
  },
  {
    title: "SH-20 the role at the top, in steps",
    asks: ["cid", "DELETE", "ray"],
    admits: above("Cid", "Ray", ["Ceo", "Head", "Rep"]),
  },
  {
    title: "SH-20 SH-42 sharing",
    asks: ["cid", "SHARE", "hal"],
    admits: above("Cid", "Hal", ["Ceo", "Head"]),
  },
  {
    title: "SH-20 SH-46 changing the owner",
    asks: ["hal", "CHANGE_OWNER", "rue"],
    admits: above("Hal", "Rue", ["Head", "Rep"]),
  },
  {
    title: "SH-24 a tombstone's records",
    asks: ["hal", "UPDATE", "gone"],
    admits: above("Hal", "Gone", ["Head", "Rep"]),
  },
  {
    title: "SH-22 in forecasts",
    asks: ["hal", "UPDATE", "ray", "forecasts"],
    admits: above("Hal", "Ray", ["Head", "Rep"]),
  },
  {
    title: "SH-20 not of the same role",
    asks: ["hua", "READ", "hal"],
    refuses: "Hua does not stand above the owner, Hal.",
  },
  {
    title: "SH-20 not from below",
    asks: ["ray", "READ", "hal"],
    refuses: "Ray does not stand above the owner, Hal.",
  },
  {
    title: "SH-20 not from beside",
    asks: ["val", "READ", "ray"],
    refuses: "Val does not stand above the owner, Ray.",
  },
  {
    title: "SH-20 not from another tree",
    asks: ["chi", "READ", "ray"],
    refuses: "Chi does not stand above the owner, Ray.",
  },
  {
    title: "SH-20 not without a role",
    asks: ["nor", "READ", "ray"],
    refuses: "Nor does not stand above the owner, Ray.",
  },
  {
    title: "SH-20 nor over somebody without a role",
    asks: ["cid", "READ", "nor"],
    refuses: "Cid does not stand above the owner, Nor.",
  },
  {
    title: "SH-04 not in a public module",
    asks: ["hal", "UPDATE", "ray", "deals"],
    refuses: "Deals is not private, so the hierarchy adds nothing.",
  },
  { title: "TU-21 not in a team module", asks: ["hal", "READ", "ray", "tickets"], refuses: null },
  {
    title: "SH-25 a manager",
    rows: REPORTING,
    asks: ["cid", "READ", "hal"],
    admits: reportedTo("Cid", "Hal", ["Cid", "Hal"]),
  },
  {
    title: "SH-25 an inactive manager passes it on",
    rows: REPORTING,
    asks: ["cid", "DELETE", "ray"],
    admits: reportedTo("Cid", "Ray", ["Cid", "Ina", "Ray"]),
  },
  {
    title: "SH-25 the role tree no longer counts",
    rows: REPORTING,
    asks: ["hal", "READ", "ray"],
    refuses: "Hal does not stand above the owner, Ray.",
  },
  {
    title: "SH-25 not over oneself by whom one manages",
    rows: REPORTING,
    asks: ["hal", "READ", "cid"],
    refuses: "Hal does not stand above the owner, Cid.",
  },
  {
    title: "SH-25 SH-04 not in a public module",
    rows: REPORTING,
    asks: ["cid", "UPDATE", "hal", "deals"],
    refuses: "Deals is not private, so the hierarchy adds nothing.",
  },
]);
