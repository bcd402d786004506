import { contradictions } from "./rules.ts";
import { flag, type Setting, type SettingFault } from "./setting.ts";
import { DEVELOPMENT_SECRET, type JwtAlgorithm, type Purpose, type Settings, TABLE } from "./table.ts";

export {
  DEVELOPMENT_SECRET,
  type JwtAlgorithm,
  KEY_SET_ALGORITHMS,
  type LogLevel,
  type Purpose,
  SECRET_ALGORITHMS,
  SECRET_BYTES,
  type Settings,
} from "./table.ts";

/** The settings are wrong: every fault of them, one line each. */
export class InvalidSettings extends Error {
  override readonly name = "InvalidSettings";
  readonly faults: readonly SettingFault[];

  constructor(faults: readonly SettingFault[]) {
    super(faults.map((fault) => `${fault.variable}: ${fault.problem}`).join("\n"));
    this.faults = faults;
  }
}

/**
 * The settings of this process. The only reader of its environment; what is `given` comes before it.
 *
 * @throws {InvalidSettings}
 */
export function settingsOfProcess(purpose: Purpose, given: Readonly<Record<string, string>> = {}): Settings {
  return readSettings({ ...process.env, ...given }, purpose);
}

/**
 * Reads every setting at once (AP-33).
 *
 * An empty variable counts as absent; a `SIGHTLINE_…` variable that the table does not know is refused, so that a
 * mistyped name does not pass for a setting that was made.
 *
 * @throws {InvalidSettings} with every fault that was found.
 */
export function readSettings(
  environment: Readonly<Record<string, string | undefined>>,
  purpose: Purpose,
): Settings {
  const faults: SettingFault[] = [];
  const isDevelopment = flag.parse(environment[TABLE.isDevelopment.variable] ?? "") ?? false;
  const rows: readonly (readonly [string, Setting<unknown>])[] = Object.entries(TABLE);
  const values = Object.fromEntries(
    rows.map(([name, row]) => [name, readValue(row, environment, isDevelopment, faults)]),
  ) as Settings;

  const known = new Set<string>(Object.values(TABLE).map((row) => row.variable));
  for (const variable of Object.keys(environment).sort()) {
    if (variable.startsWith("SIGHTLINE_") && !known.has(variable)) {
      faults.push({ variable, problem: "is no setting of Sightline; `sightline serve --help` lists them" });
    }
  }
  // A value that could not be read would only be reported a second time by the rules between settings.
  const unread = new Set(faults.map((fault) => fault.variable));
  faults.push(...contradictions(values, purpose).filter((fault) => !unread.has(fault.variable)));
  if (faults.length > 0) throw new InvalidSettings(faults);
  return { ...values, jwtAlgorithms: algorithmsOf(values) };
}

/** The table for people: variable, what is expected, preset and meaning, two lines each. */
export function describeSettings(): string {
  return Object.values(TABLE)
    .map((row) => {
      const preset = row.presetText === "" ? "" : ` [${row.presetText}]`;
      return `  ${row.variable}${preset}\n      ${row.meaning} Expects ${row.expects}.`;
    })
    .join("\n");
}

/** The addresses that may be let in at all: on the vendor's list, with a position that is listed too (SA-02). */
export function admissibleAgents(settings: Settings): ReadonlySet<string> {
  const agents = settings.supportAgents.filter((agent) => settings.supportPositions.includes(agent.position));
  return new Set(agents.map((agent) => agent.email));
}

/** The secret that verifies HS256 tokens, and in development signs them. */
export function secretOf(settings: Settings): string {
  if (settings.jwtSecret !== null) return settings.jwtSecret;
  if (settings.isDevelopment) return DEVELOPMENT_SECRET;
  throw new InvalidSettings([{ variable: TABLE.jwtSecret.variable, problem: "expected a key (AP-22)" }]);
}

function readValue(
  row: Setting<unknown>,
  environment: Readonly<Record<string, string | undefined>>,
  isDevelopment: boolean,
  faults: SettingFault[],
): unknown {
  const preset = typeof row.preset === "function" ? row.preset(isDevelopment) : row.preset;
  const given = environment[row.variable] ?? "";
  if (given === "") return preset;
  const value = row.parse(given);
  if (value !== undefined) return value;
  const got = row.isSecret ? "" : `, got ${JSON.stringify(given)}`;
  faults.push({ variable: row.variable, problem: `expected ${row.expects}${got}` });
  return preset;
}

function algorithmsOf(values: Settings): readonly JwtAlgorithm[] {
  if (values.jwtAlgorithms.length > 0) return values.jwtAlgorithms;
  return values.jwksUrl === null ? ["HS256"] : ["RS256", "PS256", "ES256", "EdDSA"];
}
