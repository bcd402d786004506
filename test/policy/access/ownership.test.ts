import { testKind } from "./asked.ts";

const OWNS = [{ sentence: "Ray owns the record.", level: "FULL", rolePath: [] }];

testKind(
  "OWNERSHIP",
  {
    roles: { rep: null },
    users: { ray: "rep", rue: "rep", gone: { role: "rep", status: "DELETED" } },
    modules: { leads: "PRIVATE", tickets: "TEAM" },
  },
  [
    { title: "SH-03 the owner reads", asks: ["ray", "READ", "ray"], admits: OWNS },
    { title: "SH-04 the owner deletes", asks: ["ray", "DELETE", "ray"], admits: OWNS },
    { title: "SH-42 the owner shares", asks: ["ray", "SHARE", "ray"], admits: OWNS },
    { title: "SH-46 the owner gives it away", asks: ["ray", "CHANGE_OWNER", "ray"], admits: OWNS },
    {
      title: "SH-03 nobody else does",
      asks: ["rue", "READ", "ray"],
      refuses: "The record belongs to Ray, not to Rue.",
    },
    {
      title: "SH-24 UA-61 a tombstone stays the owner",
      asks: ["rue", "READ", "gone"],
      refuses: "The record belongs to Gone, not to Rue.",
    },
    {
      title: "TU-21 ownership says nothing in a team module",
      asks: ["ray", "READ", "ray", "tickets"],
      refuses: null,
    },
  ],
);
