import { ACTIONS, DEFAULT_ACCESSES } from "../../../src/policy/model/org.ts";
import { type KindRow, testKind } from "./asked.ts";

/** default | the actions that it gives */
const GIVES = {
  PRIVATE: [],
  PUBLIC_READ_ONLY: ["READ"],
  PUBLIC_READ_WRITE: ["READ", "UPDATE"],
  PUBLIC_READ_WRITE_DELETE: ["READ", "UPDATE", "DELETE"],
} as const;

const EVERY_LEVEL = DEFAULT_ACCESSES.flatMap((level) =>
  ACTIONS.map((action): KindRow => {
    const isGiven = (GIVES[level] as readonly string[]).includes(action);
    return {
      title: `SH-02 SH-03 SH-04 SH-05 SH-42 ${level}: ${action} ${isGiven ? "for everyone" : "is not given"}`,
      rows: { modules: { leads: level } },
      asks: ["rue", action, "ray"],
      ...(isGiven
        ? { admits: [{ sentence: `The organisation default of Leads is ${level}.`, level, rolePath: [] }] }
        : { refuses: `The organisation default of Leads, ${level}, does not give ${action}.` }),
    };
  }),
);

testKind("ORGANIZATION_DEFAULT", { users: { ray: {}, rue: { team: { tickets: "REQUESTER" } } } }, [
  ...EVERY_LEVEL,
  {
    title: "TU-21 it says nothing in a team module",
    rows: { modules: { tickets: { kind: "TEAM", defaultAccess: "PUBLIC_READ_WRITE_DELETE" } } },
    asks: ["rue", "READ", "ray", "tickets"],
    refuses: null,
  },
]);
