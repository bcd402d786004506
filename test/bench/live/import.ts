import { once } from "node:events";
import { readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type ImportFile, type Style, writeImportFile } from "./import-file.ts";
import { spawnSightline } from "./server.ts";

/** What one `sightline apply` took, as a process of its own. */
export type Imported = {
  readonly style: Style;
  readonly records: number;
  readonly fileMiB: number;
  readonly seconds: number;
  /** The most that the process held at once. */
  readonly peakMiB: number;
};

const PEAK = pathToFileURL(join(import.meta.dirname, "peak.ts")).href;

export type ImportOptions = {
  /** Where the file is written. */
  readonly folder: string;
  /** An empty database. */
  readonly url: string;
  /** What its objects may take, in MiB; whatever Node presets when null. */
  readonly heapMiB: number | null;
};

/** Imports a file as `sightline apply` does (BU-06). @throws when it is refused. */
export async function importFile(
  file: ImportFile,
  { folder, url, heapMiB }: ImportOptions,
): Promise<Imported> {
  const path = join(folder, `import-${process.pid}.${file.style === "json" ? "json" : "yaml"}`);
  const peakFile = join(folder, `import-${process.pid}.peak`);
  try {
    await writeImportFile(path, file);
    const flags = ["--import", PEAK, ...(heapMiB === null ? [] : [`--max-old-space-size=${heapMiB}`])];
    const child = spawnSightline(["apply", path], { DATABASE_URL: url, PEAK_FILE: peakFile }, flags);
    let said = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (said += text));
    const [code] = await once(child, "close");
    if (code !== 0) throw new Error(`the import of ${file.records} records ended with ${code}: ${said}`);
    const peak = JSON.parse(await readFile(peakFile, "utf8")) as { bytes: number; seconds: number };
    return {
      ...file,
      fileMiB: (await stat(path)).size / 2 ** 20,
      seconds: peak.seconds,
      peakMiB: Math.round(peak.bytes / 2 ** 20),
    };
  } finally {
    await rm(path, { force: true });
    await rm(peakFile, { force: true });
  }
}

/** The table of imports, in lines, and what each further record takes between the smallest and the largest of a style. */
export function importLines(imports: readonly Imported[]): readonly string[] {
  const lines = imports.map(
    ({ style, records, fileMiB, seconds, peakMiB }) =>
      `${style.padEnd(5)}  ${String(records).padStart(7)} records  ${fileMiB.toFixed(1).padStart(6)} MiB file  ${seconds.toFixed(1).padStart(6)} s  peak ${String(peakMiB).padStart(5)} MiB`,
  );
  const growth = [...Map.groupBy(imports, ({ style }) => style)].flatMap(([style, of]) => {
    const [least, most] = [of[0], of.at(-1)];
    if (least === undefined || most === undefined || least === most) return [];
    const bytes = ((most.peakMiB - least.peakMiB) * 2 ** 20) / (most.records - least.records);
    return [`${style}: ${Math.round(bytes)} bytes of memory for each further record`];
  });
  return [...lines, ...growth];
}
