import { PEOPLE } from "../people-world.ts";

/** Ada administers the suite; Adam has the Administrator profile, and Root, the super administrator, has not. */
export const WITH_ADA = PEOPLE.replace(
  "  hal@acme.test:",
  "  ada@acme.test: { name: Ada, role: service, administrator: true }\n  hal@acme.test:",
).replace(
  "root@acme.test: { name: Root, role: ceo, profile: administrator }",
  "root@acme.test: { name: Root, role: ceo }",
);
