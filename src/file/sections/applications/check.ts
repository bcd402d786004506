import { faultsOfFields } from "../../../policy/rights/application-fields.ts";
import { type Faults, shown } from "../../reading/faults.ts";
import { hasUser } from "../../terms/references.ts";
import type { Draft } from "../section.ts";
import type { FileApplication } from "./index.ts";

/** What an application asks can be answered, and who administers it is there. */
export function checkApplications(draft: Draft, faults: Faults): void {
  for (const [key, application] of draft.applications.entries) {
    checkFields(faults, key, application);
    for (const [at, address] of application.administrators.entries())
      checkAdministrator(draft, faults, ["applications", key, "administrators", at], address);
  }
}

const KEYS = { type: "type", options: "options", isRequired: "required" } as const;

function checkFields(faults: Faults, key: string, { fields, seatlessBy, takesSeat }: FileApplication): void {
  if (seatlessBy !== null && !takesSeat)
    faults.add(["applications", key, "seatlessBy"], {
      message: "the application takes no seat anyway",
      expected: "takesSeat: true, or no seatlessBy",
      requirement: "UA-11",
    });
  for (const { field, part, requirement, ...fault } of faultsOfFields(key, fields, seatlessBy)) {
    const path = ["applications", key, ...(field === null ? [] : ["fields", field])];
    faults.add(part === null ? path : [...path, KEYS[part]], {
      ...fault,
      ...(field === null ? { part: "KEY" as const } : {}),
      ...(requirement === null ? {} : { requirement }),
    });
  }
}

/** An administrator is an active regular user (UA-51, TU-12p). */
function checkAdministrator(draft: Draft, faults: Faults, path: (string | number)[], address: string): void {
  if (!hasUser(draft, faults, path, address)) return;
  const user = draft.users.entries.get(address);
  if (
    user === undefined ||
    (user.status !== "PENDING" && user.status !== "DELETED" && user.license === "REGULAR")
  )
    return;
  faults.add(path, {
    message: `${shown(address)} is ${user.status} with the licence ${user.license}`,
    expected: "an active user with the licence REGULAR",
    requirement: user.license === "TEAM" ? "TU-12p" : "UA-51",
  });
}
