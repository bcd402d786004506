import { FORECASTS } from "../../policy/model/org.ts";
import { shown } from "../reading/faults.ts";
import { type Check, checkParty } from "./references.ts";

/** Record shares are of records of the file, to parties of the file. */
export const checkShares: Check = (draft, faults) => {
  for (const { index, entry } of draft.shares ?? []) {
    const { module, key } = entry.record;
    const path = ["shares", index];
    if (module === FORECASTS) {
      faults.add([...path, "record"], {
        message: "forecasts is always private",
        expected: "another module",
        requirement: "SH-09",
      });
    }
    if (draft.records?.get(module)?.keys.has(key) !== true) {
      faults.add([...path, "record"], {
        message: `there is no record ${shown(`${module}/${key}`)}`,
        expected: "a record of the file",
      });
    }
    checkParty(draft, faults, [...path, "to"], entry.target);
  }
};
