import { CRM, isPlaceType } from "../../../policy/model/application.ts";
import { type Faults, shown } from "../../reading/faults.ts";
import { hasUser } from "../../terms/references.ts";
import type { Draft } from "../section.ts";
import type { FileApplication } from "./index.ts";

/** What an application asks can be answered, and who administers it is there. */
export function checkApplications(draft: Draft, faults: Faults): void {
  for (const [key, application] of draft.applications.entries) {
    checkFields(faults, key, application);
    checkSeatless(faults, key, application);
    if (key === CRM) checkCrm(faults, application);
    for (const [at, address] of application.administrators.entries())
      checkAdministrator(draft, faults, ["applications", key, "administrators", at], address);
  }
}

function checkFields(faults: Faults, application: string, { fields }: FileApplication): void {
  for (const { key, type, isRequired, options } of fields) {
    const path = ["applications", application, "fields", key];
    if (isPlaceType(type) && application !== CRM)
      faults.add([...path, "type"], {
        message: `${type} is the person's own place, which only CRM asks for`,
        expected: "TEXT, OPTION or BOOLEAN",
        requirement: "UA-31",
      });
    if (type === "OPTION" && options.length === 0)
      faults.add(path, { message: '"options" is missing', expected: "the values offered", part: "KEY" });
    if (type !== "OPTION" && options.length > 0)
      faults.add([...path, "options"], { message: `a ${type} offers no values`, expected: "no options" });
    if (type === "BOOLEAN" && isRequired)
      faults.add([...path, "required"], {
        message: "what is not said is no",
        expected: "a field of another type, or required: false",
      });
  }
}

function checkSeatless(
  faults: Faults,
  key: string,
  { fields, seatlessBy, takesSeat }: FileApplication,
): void {
  if (seatlessBy === null) return;
  const path = ["applications", key, "seatlessBy"];
  if (!takesSeat)
    faults.add(path, {
      message: "the application takes no seat anyway",
      expected: "takesSeat: true, or no seatlessBy",
      requirement: "UA-11",
    });
  else if (!fields.some((field) => field.key === seatlessBy && field.type === "BOOLEAN"))
    faults.add(path, {
      message: `${shown(seatlessBy)} is no field of type BOOLEAN of the application`,
      expected: "one of its fields of type BOOLEAN, or null",
      requirement: "UA-11",
    });
}

/** CRM's role and profile stay required, and each part of a place is asked for once (UA-31). */
function checkCrm(faults: Faults, { fields }: FileApplication): void {
  const path = ["applications", CRM, "fields"];
  for (const [type, least] of [
    ["ROLE", 1],
    ["PROFILE", 1],
    ["MANAGER", 0],
  ] as const) {
    const asked = fields.filter((field) => field.type === type);
    if (asked.length >= least && asked.length <= 1 && asked.every((each) => each.isRequired || least === 0))
      continue;
    faults.add(path, {
      message: `CRM asks for a ${type} ${asked.length === 0 ? "nowhere" : `in ${asked.length} fields`}`,
      expected: least === 0 ? "one field at most" : "one required field",
      requirement: "UA-31",
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
