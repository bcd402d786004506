import { InvalidPolicy } from "../kernel/fault.ts";
import { CHECKS } from "./check/index.ts";
import { complete } from "./complete.ts";
import { type OnRecord, readDraft } from "./draft.ts";
import type { OrganizationFile } from "./organization-file.ts";
import { Faults, type Found } from "./reading/faults.ts";
import type { Path } from "./reading/node.ts";
import { NotSliceable } from "./reading/record-slices.ts";
import { openSliced, openWhole, type Source } from "./reading/source.ts";

/**
 * Reads an organisation file: YAML 1.2 or JSON.
 *
 * @param name the file's name, for faults.
 * @param onRecord called for every record read: reading 100,000 takes seconds (BU-06).
 * @throws InvalidPolicy with every fault of the file, in its order, each with line, column and what was expected
 * (BU-01). While the text itself is broken, only the faults of the text are told.
 */
export function parseOrganizationFile(
  text: string,
  name: string,
  onRecord: OnRecord = () => {},
): OrganizationFile {
  const sliced = openSliced(text);
  if (sliced !== null) {
    try {
      return read(sliced, name, onRecord);
    } catch (error) {
      if (!(error instanceof NotSliceable)) throw error;
    }
  }
  return read(openWhole(text), name, onRecord);
}

/** Faults that were found after reading, at their places in the text. */
export function faultsAt(
  text: string,
  name: string,
  found: readonly (readonly [path: Path, found: Found])[],
): InvalidPolicy {
  const faults = new Faults();
  for (const [path, each] of found) faults.add(path, each);
  return new InvalidPolicy(faults.placed(name, openSliced(text) ?? openWhole(text)));
}

function read(source: Source, name: string, onRecord: OnRecord): OrganizationFile {
  const faults = new Faults();
  if (source.syntax.length > 0) throw new InvalidPolicy(faults.placed(name, source));
  const draft = readDraft(source, faults, onRecord);
  for (const check of CHECKS) check(draft, faults);
  const placed = faults.placed(name, source);
  const { organization } = draft;
  if (placed.length > 0 || organization === null) throw new InvalidPolicy(placed);
  return complete(draft, organization);
}
