import type { Rows } from "../build.ts";
import { testKind } from "./asked.ts";

const WORLD: Rows = {
  roles: { head: { peers: false }, rep: { parent: "head", peers: true }, trainee: { parent: "rep" } },
  users: {
    hal: "head",
    hua: "head",
    ray: "rep",
    rue: "rep",
    gone: { role: "rep", status: "DELETED" },
    tim: "trainee",
    nor: {},
    non: {},
  },
  modules: { leads: "PRIVATE", deals: "PUBLIC_READ_ONLY", forecasts: "PRIVATE", tickets: "TEAM" },
};
const peers = (who: string, owner: string) => [
  {
    sentence: `${who} and the owner, ${owner}, are peers in the role Rep.`,
    level: "FULL",
    rolePath: ["Rep"],
  },
];

testKind("PEERS", WORLD, [
  { title: "SH-21 peers read", asks: ["rue", "READ", "ray"], admits: peers("Rue", "Ray") },
  { title: "SH-21 SH-42 and share", asks: ["rue", "SHARE", "ray"], admits: peers("Rue", "Ray") },
  {
    title: "SH-21 SH-24 a tombstone's records",
    asks: ["rue", "DELETE", "gone"],
    admits: peers("Rue", "Gone"),
  },
  {
    title: "SH-21 SH-22 in forecasts",
    asks: ["rue", "UPDATE", "ray", "forecasts"],
    admits: peers("Rue", "Ray"),
  },
  {
    title: "SH-25 with REPORTING too",
    rows: { hierarchy: "REPORTING" },
    asks: ["rue", "READ", "ray"],
    admits: peers("Rue", "Ray"),
  },
  {
    title: "SH-20 not without the flag",
    asks: ["hua", "READ", "hal"],
    refuses: "The role Head does not share data with peers.",
  },
  { title: "SH-21 not from below", asks: ["tim", "READ", "ray"], refuses: null },
  { title: "SH-21 not to above", asks: ["ray", "READ", "hal"], refuses: null },
  { title: "SH-21 having no role is no common role", asks: ["nor", "READ", "non"], refuses: null },
  { title: "SH-04 not in a public module", asks: ["rue", "UPDATE", "ray", "deals"], refuses: null },
  { title: "TU-21 not in a team module", asks: ["rue", "READ", "ray", "tickets"], refuses: null },
]);
