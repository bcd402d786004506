import type { Faults } from "./reading/faults.ts";
import { unknownKey } from "./reading/faults.ts";
import type { Source } from "./reading/source.ts";
import { fileShape, ofEach } from "./sections/index.ts";
import type { Draft } from "./sections/section.ts";
import { isWritten, type OnRecord, readValue } from "./terms/entries.ts";

/** Reads every section by itself, so that one malformed entry does not hide the faults of the others. */
export function readDraft(source: Source, faults: Faults, onRecord: OnRecord): Draft {
  const reading = { source, faults, onRecord };
  refuseSections(source, faults);
  if (isWritten(reading, "sightline"))
    readValue(reading, ["sightline"], fileShape.shape.sightline, source.read("sightline"));
  return ofEach<Draft>((section) => section.read(reading));
}

/** What stands in every file as it is. */
const WRITTEN: Readonly<Record<string, string>> = { sightline: "sightline: 1, the version of this format" };

/** Adds a fault for every unknown key of the file, and for every one that it needs and does not have. */
function refuseSections({ sections }: Source, faults: Faults): void {
  const known = Object.keys(fileShape.shape);
  if (sections === null) {
    faults.add([], { message: "the file is no map", expected: `a map with ${known.join(", ")}` });
    return;
  }
  for (const section of sections) {
    if (!known.includes(section)) faults.add([section], unknownKey(section, known));
  }
  for (const [section, type] of Object.entries(fileShape.shape)) {
    if (type.safeParse(undefined).success || sections.includes(section)) continue;
    faults.add([], {
      message: `${JSON.stringify(section)} is missing`,
      expected: WRITTEN[section] ?? `the section ${section}`,
    });
  }
}
