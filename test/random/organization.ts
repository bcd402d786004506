import type {
  DefaultAccess,
  FieldEntry,
  FieldType,
  ModuleEntry,
  OrganizationFile,
  RecordEntry,
} from "../oracle/file.ts";
import { type Dice, diceOf } from "./dice.ts";
import {
  HOSTILE_KEYS,
  livingUsers,
  randomProfiles,
  randomRoles,
  randomUsers,
  setForecastManagers,
  setGroups,
  setManagers,
} from "./people.ts";
import { randomSupport, setRules, setShares, TIME_ZONES } from "./sharing.ts";
import { OPTIONS, presentValue, spelled, type Targets } from "./values.ts";

export { allowedShare, instantOf, interesting, viewersOf } from "./interesting.ts";

/** A random organisation says at which instant to look at it: its expiries and its support grant are around it. */
export type RandomOrganization = OrganizationFile & { expect: { at: string } };

const INSTANTS = [
  "2026-12-01T12:00:00.000Z",
  "2026-03-29T00:30:00.123Z",
  "2026-12-31T23:59:59.999Z",
  "2028-02-29T10:00:00.001Z",
];

/**
 * A valid organisation file, the same for the same seed.
 *
 * 8 to 25 users of every status and licence, a forest of roles, nested groups, four to six organisation modules under
 * all defaults, `forecasts`, one or two team modules, rules and shares of every form, and in half of them a support
 * grant. `expect.at` is the instant to look at it.
 */
export function randomOrganization(seed: number): RandomOrganization {
  const dice = diceOf(seed);
  const timeZone = dice.pick(TIME_ZONES);
  const about = Date.parse(dice.pick(INSTANTS));
  const visit = dice.chance(0.5) ? randomSupport(dice, timeZone, about) : undefined;
  const now = visit?.now ?? about;

  const ordinary = ["leads", "deals", "accounts", "contacts", "visits", "Leads"].slice(0, dice.between(4, 6));
  const team = ["tickets", "tasks"].slice(0, dice.between(1, 2));
  const modules = randomModules(dice, ordinary, team);
  const roles = randomRoles(dice);
  const file: RandomOrganization = {
    sightline: 1,
    organization: {
      key: `acme-${seed}`,
      name: "Acme",
      timeZone,
      edition: dice.pick(["ENTERPRISE", "STANDARD", "ULTIMATE"]),
      seats: { regular: 60, team: 40 },
      superAdmin: "root@acme.test",
      hierarchy: dice.chance(0.45) ? "REPORTING" : "ROLE",
      language: "JA",
    },
    roles,
    profiles: randomProfiles(dice, [...ordinary, "forecasts"]),
    users: randomUsers(dice, Object.keys(roles), team),
    modules,
    teamUserModules: dice.sample(ordinary, dice.between(0, 4)),
    expect: { at: new Date(now).toISOString() },
  };
  setManagers(dice, file);
  setForecastManagers(dice, file);
  setGroups(dice, file);
  const targets = setRecords(dice, file);
  setRules(dice, file, now, targets);
  setShares(dice, file, now);
  if (visit !== undefined) file.supportAccess = visit.support;
  return file;
}

const DEFAULTS: readonly DefaultAccess[] = [
  "PRIVATE",
  "PUBLIC_READ_ONLY",
  "PUBLIC_READ_WRITE",
  "PUBLIC_READ_WRITE_DELETE",
];

/** Every default is there; what is beyond four modules is private, mostly. */
function randomModules(dice: Dice, ordinary: string[], team: string[]): Record<string, ModuleEntry> {
  const modules: Record<string, ModuleEntry> = {};
  const defaults = dice.sample(DEFAULTS, DEFAULTS.length);
  for (const [index, key] of ordinary.entries()) {
    const access = defaults[index] ?? dice.pick(["PRIVATE", "PRIVATE", "PUBLIC_READ_ONLY"]);
    modules[key] = { label: `Module ${key}`, fields: randomFields(dice, ordinary) };
    if (access !== "PRIVATE" || dice.chance(0.5)) modules[key].default = access;
  }
  if (dice.chance(0.5)) modules.forecasts = { label: "Forecasts", fields: randomFields(dice, ordinary) };
  for (const key of team)
    modules[key] = { label: `Module ${key}`, kind: "TEAM", fields: randomFields(dice, ordinary) };
  return modules;
}

const TYPES: readonly FieldType[] = [
  ...(["TEXT", "NUMBER", "BOOLEAN", "DATE", "DATETIME"] as const),
  ...(["PICKLIST", "MULTI_PICKLIST", "EMAIL", "LOOKUP", "USER"] as const),
];

function randomFields(dice: Dice, lookedUp: string[]): Record<string, FieldEntry> {
  const fields: Record<string, FieldEntry> = {};
  for (const type of dice.sample(TYPES, dice.between(4, TYPES.length))) {
    const field: FieldEntry = { type };
    if (type === "PICKLIST" || type === "MULTI_PICKLIST")
      field.options = dice.sample(OPTIONS, dice.between(2, 5));
    if (type === "LOOKUP") field.module = dice.pick(lookedUp);
    if (dice.chance(0.12)) field.required = true;
    fields[type === "TEXT" && dice.chance(0.1) ? dice.pick(HOSTILE_KEYS) : fieldKey(type)] = field;
  }
  return fields;
}

function fieldKey(type: FieldType): string {
  return `${type.toLowerCase().replaceAll("_", "-")}.1`;
}

/** 6 to 14 records per module; owners of every status, in organisation modules without the team licence (TU-22). */
function setRecords(dice: Dice, file: OrganizationFile): Targets {
  const targets: Targets = {
    recordKeys: {},
    users: regularUsers(file).filter((email) => livingUsers(file).includes(email)),
  };
  const keys = [...new Set([...Object.keys(file.modules ?? {}), "forecasts"])];
  for (const module of keys) {
    targets.recordKeys[module] = Array.from({ length: dice.between(6, 14) }, (_, index) =>
      recordKey(dice, module, index),
    );
  }
  file.records = {};
  for (const module of keys) {
    const entries: Record<string, RecordEntry> = {};
    const isTeam = file.modules?.[module]?.kind === "TEAM";
    for (const key of targets.recordKeys[module] ?? []) {
      const owner = spelled(dice, dice.pick(isTeam ? Object.keys(file.users) : regularUsers(file)));
      entries[key] = { owner, name: `${module} ${key}`, ...valuesOf(dice, file, module, targets) };
      if (dice.chance(0.2)) entries[key].createdAt = "2026-01-15T08:00:00Z";
    }
    file.records[module] = entries;
  }
  return targets;
}

/** Keys that differ in case only, or that every object has, now and then. */
function recordKey(dice: Dice, module: string, index: number): string {
  if (index === 1 && dice.chance(0.3)) return `${module}-0`.toUpperCase();
  if (index === 2 && dice.chance(0.2)) return dice.pick(HOSTILE_KEYS);
  return `${module}-${index}`;
}

function regularUsers(file: OrganizationFile): string[] {
  return Object.keys(file.users).filter((email) => file.users[email]?.license !== "TEAM");
}

function valuesOf(
  dice: Dice,
  file: OrganizationFile,
  module: string,
  targets: Targets,
): Pick<RecordEntry, "values"> {
  const values: NonNullable<RecordEntry["values"]> = {};
  for (const [key, field] of Object.entries(file.modules?.[module]?.fields ?? {})) {
    if (field.required === true || dice.chance(0.65)) {
      const value = presentValue(dice, field, targets);
      if (value !== undefined) values[key] = value;
    } else if (dice.chance(0.4)) {
      values[key] = null;
    }
  }
  return Object.keys(values).length === 0 && dice.chance(0.5) ? {} : { values };
}
