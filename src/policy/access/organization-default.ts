import type { Action, DefaultAccess } from "../model/org.ts";
import type { Kind } from "./kind.ts";

/** What everyone may do with everyone's records (SH-02 … SH-05); it says nothing in a team module (TU-21). */
export const organizationDefault: Kind = {
  name: "ORGANIZATION_DEFAULT",
  *grants({ module, action }) {
    if (module.kind === "TEAM" || !OPENS[module.defaultAccess].includes(action)) return;
    yield { kind: "ORGANIZATION_DEFAULT", scope: { records: "ALL" }, until: null };
  },
  path: ({ module }) => ({
    sentence: `The organisation default of ${module.label} is ${module.defaultAccess}.`,
    level: module.defaultAccess,
    rolePath: [],
  }),
  absence: ({ module, action }) =>
    module.kind === "TEAM"
      ? null
      : `The organisation default of ${module.label}, ${module.defaultAccess}, does not give ${action}.`,
};

const OPENS: Readonly<Record<DefaultAccess, readonly Action[]>> = {
  PRIVATE: [],
  PUBLIC_READ_ONLY: ["READ"],
  PUBLIC_READ_WRITE: ["READ", "UPDATE"],
  PUBLIC_READ_WRITE_DELETE: ["READ", "UPDATE", "DELETE"],
};
