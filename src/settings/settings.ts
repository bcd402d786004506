import type { AuditKeys } from "../kernel/audit-key.ts";
import { nearest } from "../kernel/nearest.ts";
import {
  contradictions,
  DEVELOPMENT_AUDIT_KEY,
  DEVELOPMENT_SECRET,
  type Purpose,
  type SettingFault,
} from "./rules.ts";
import { type Settings, TABLE } from "./table.ts";

export { DEVELOPMENT_AUDIT_KEY, DEVELOPMENT_SECRET, type Purpose } from "./rules.ts";
export type { Settings } from "./table.ts";

type Environment = Readonly<Record<string, string | undefined>>;

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
export function settingsOfProcess(purpose: Purpose, given: Environment = {}): Settings {
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
export function readSettings(environment: Environment, purpose: Purpose): Settings {
  const faults: SettingFault[] = [];
  const { variable, value } = TABLE.isDevelopment;
  const mode = value.safeParse(environment[variable]).data === true ? "development" : "production";
  const values = Object.fromEntries(
    Object.entries(TABLE).map(([name, { variable, value, preset, isSecret }]) => {
      const unlessSet = typeof preset === "object" ? preset[mode] : preset;
      const given = environment[variable] || unlessSet;
      const read = value.safeParse(given);
      if (read.success) return [name, read.data];
      const got = isSecret ? "" : `, got ${JSON.stringify(given)}`;
      faults.push({ variable, problem: `expected ${value.description}${got}` });
      return [name, value.parse(unlessSet)];
    }),
  ) as Settings;

  const known = new Set<string>(Object.values(TABLE).map(({ variable }) => variable));
  for (const variable of Object.keys(environment).sort()) {
    if (variable.startsWith("SIGHTLINE_") && !known.has(variable)) {
      const near = nearest(variable, known);
      const meant = near === null ? "" : ` (did you mean ${near}?)`;
      faults.push({
        variable,
        problem: `is no setting of Sightline${meant}; \`sightline serve --help\` lists them`,
      });
    }
  }
  // A value that could not be read would only be reported a second time by the rules between settings.
  const unread = new Set(faults.map(({ variable }) => variable));
  faults.push(...contradictions(values, purpose).filter(({ variable }) => !unread.has(variable)));
  if (faults.length > 0) throw new InvalidSettings(faults);
  return { ...values, jwtAlgorithms: algorithmsOf(values) };
}

/** The table for people: variable, what is expected, preset and meaning, two lines each. */
export function describeSettings(): string {
  return Object.values(TABLE)
    .map(({ variable, value, preset, meaning }) => {
      const unlessSet =
        typeof preset === "object"
          ? `${preset.development} in development, else ${preset.production}`
          : preset;
      const shown = unlessSet === undefined ? "" : ` [${unlessSet}]`;
      return `  ${variable}${shown}\n      ${meaning} Expects ${value.description}.`;
    })
    .join("\n");
}

/**
 * Who may be let in at all: on the vendor's list, with a position that is listed too (SA-02). Positions by address, in
 * the order of the list.
 */
export function admissibleAgents({ supportAgents, supportPositions }: Settings): ReadonlyMap<string, string> {
  const agents = supportAgents.filter(({ position }) => supportPositions.includes(position));
  return new Map(agents.map(({ email, position }) => [email, position]));
}

/** The secret that verifies HS256 tokens, and in development signs them. */
export function secretOf({ jwtSecret, isDevelopment }: Settings): string {
  if (jwtSecret !== null) return jwtSecret;
  if (isDevelopment) return DEVELOPMENT_SECRET;
  throw new InvalidSettings([{ variable: "SIGHTLINE_JWT_SECRET", problem: "expected a key" }]);
}

/** The keys that sign the audit log, in development a known one unless others are set; null when there is none (SA-21). */
export function auditKeysOf({ auditKeys, isDevelopment }: Settings): AuditKeys | null {
  const [signing, ...earlier] = auditKeys;
  if (signing !== undefined) return [signing, ...earlier];
  return isDevelopment ? [DEVELOPMENT_AUDIT_KEY] : null;
}

function algorithmsOf({ jwtAlgorithms, jwksUrl }: Settings): Settings["jwtAlgorithms"] {
  if (jwtAlgorithms.length > 0) return jwtAlgorithms;
  return jwksUrl === null ? ["HS256"] : ["RS256", "PS256", "ES256", "EdDSA"];
}

/** What npm says of itself where it runs the command; null where it does not. */
export function npmOfProcess(): { readonly calledIn: string } | null {
  const { npm_lifecycle_event: script, INIT_CWD: calledIn } = process.env;
  return script === undefined || calledIn === undefined ? null : { calledIn };
}
