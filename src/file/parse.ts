import { InvalidPolicy } from "../kernel/fault.ts";
import { readDraft } from "./draft.ts";
import { Faults, type Found } from "./reading/faults.ts";
import { refuseLongScalars } from "./reading/long-scalars.ts";
import type { DocumentPath } from "./reading/node.ts";
import { NotSliceable } from "./reading/record-slices.ts";
import { openSliced, openWhole, type Source } from "./reading/source.ts";
import { IN_ORDER, ofEach } from "./sections/index.ts";
import type { OrganizationFile } from "./sections/section.ts";
import type { OnRecord } from "./terms/entries.ts";

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
  refuseLongScalars(text, name);
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
  found: readonly (readonly [path: DocumentPath, found: Found])[],
): InvalidPolicy {
  const faults = new Faults();
  for (const [path, each] of found) faults.add(path, each);
  return new InvalidPolicy(faults.placed(name, openSliced(text) ?? openWhole(text)));
}

function read(source: Source, name: string, onRecord: OnRecord): OrganizationFile {
  const faults = new Faults();
  if (source.syntax.length > 0) throw new InvalidPolicy(faults.placed(name, source));
  const draft = readDraft(source, faults, onRecord);
  for (const section of IN_ORDER) section.check(draft, faults);
  const placed = faults.placed(name, source);
  if (placed.length > 0) throw new InvalidPolicy(placed);
  return ofEach<OrganizationFile>((section) => section.complete(draft));
}
