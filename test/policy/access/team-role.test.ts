import { TEAM_ROLES } from "../../../src/policy/model/org.ts";
import type { Rows } from "../build.ts";
import { testKind } from "./asked.ts";

const WORLD: Rows = {
  users: {
    other: {},
    ...Object.fromEntries(TEAM_ROLES.map((role) => [role.toLowerCase(), { team: { tickets: role } }])),
    mixed: { team: { leads: "ADMIN" } },
  },
  modules: { leads: "PRIVATE", tickets: "TEAM", chores: "TEAM" },
};
const gives = (who: string, role: string, action: string, reach: string) => [
  {
    sentence: `${who} is ${role} of the team module Tickets, which gives ${action} on ${reach}.`,
    level: role,
    rolePath: [],
  },
];

testKind("TEAM_ROLE", WORLD, [
  {
    title: "TU-21 ADMIN deletes all",
    asks: ["admin", "DELETE", "other", "tickets"],
    admits: gives("Admin", "ADMIN", "DELETE", "every record"),
  },
  {
    title: "TU-21 MEMBER reads all",
    asks: ["member", "READ", "other", "tickets"],
    admits: gives("Member", "MEMBER", "READ", "every record"),
  },
  {
    title: "TU-21 MEMBER updates their own",
    asks: ["member", "UPDATE", "member", "tickets"],
    admits: gives("Member", "MEMBER", "UPDATE", "the member's own records"),
  },
  {
    title: "TU-21 and no other",
    asks: ["member", "UPDATE", "other", "tickets"],
    refuses: "The team role MEMBER gives UPDATE in Tickets on own records only.",
  },
  {
    title: "TU-21 REQUESTER reads their own",
    asks: ["requester", "READ", "requester", "tickets"],
    admits: gives("Requester", "REQUESTER", "READ", "the member's own records"),
  },
  {
    title: "TU-21 and no other's",
    asks: ["requester", "READ", "other", "tickets"],
    refuses: "The team role REQUESTER gives READ in Tickets on own records only.",
  },
  {
    title: "TU-21 who is no member reaches nothing, the owner included",
    asks: ["other", "READ", "other", "tickets"],
    refuses: "Other is not a member of the team module Tickets.",
  },
  {
    title: "TU-20 a role in one team module is none in another",
    asks: ["admin", "READ", "other", "chores"],
    refuses: "Admin is not a member of the team module Chores.",
  },
  {
    title: "TU-20 a team role counts in team modules only",
    asks: ["mixed", "READ", "other", "leads"],
    refuses: null,
  },
]);
