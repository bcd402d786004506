import type {
  Criteria,
  FieldEntry,
  OrganizationFile,
  RuleEntry,
  RuleSource,
  RuleTarget,
  Scalar,
  SupportEntry,
  Value,
} from "../oracle/file.ts";
import { at } from "../oracle/people.ts";
import { dateIn, startOfDayAfter } from "../oracle/support.ts";
import type { Dice } from "./dice.ts";
import { partyKey, randomMember } from "./people.ts";
import { plainSpelling, randomCriteria, type Targets } from "./values.ts";

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/** 4 to 14 rules of every form, none the twin of another (SH-38), none on `forecasts` (SH-09). */
export function setRules(dice: Dice, file: OrganizationFile, now: number, targets: Targets): void {
  const seen = new Set<string>();
  file.sharingRules = {};
  const size = Math.max(dice.between(4, 14), dice.between(4, 14));
  for (let index = 0; index < size; index++) {
    const rule = randomRule(dice, file, now, targets);
    const key = ruleKey(rule, file.modules?.[rule.module]?.fields ?? {});
    if (seen.has(key)) continue;
    seen.add(key);
    file.sharingRules[index === 3 && dice.chance(0.1) ? "valueOf" : `rule-${index}`] = rule;
  }
}

function randomRule(dice: Dice, file: OrganizationFile, now: number, targets: Targets): RuleEntry {
  const modules = Object.entries(file.modules ?? {}).filter(([key]) => key !== "forecasts");
  const closed = modules.filter(
    ([, { kind, default: access }]) => kind !== "TEAM" && (access ?? "PRIVATE") === "PRIVATE",
  );
  const [module] = dice.pick(dice.chance(0.5) ? closed : modules);
  const rule: RuleEntry = {
    module,
    to: randomTarget(dice, file),
    access: dice.pick(["READ_ONLY", "READ_WRITE", "READ_WRITE_DELETE"]),
  };
  const form = dice.weighted([
    [4, "source"],
    [5, "criteria"],
    [3, "both"],
  ] as const);
  if (form !== "criteria") rule.from = randomSource(dice, file);
  if (form !== "source") {
    const records = Object.values(file.records?.[module] ?? {});
    const valuesOf = (field: string): Value[] => records.map((record) => at(record.values, field) ?? null);
    rule.criteria = randomCriteria(dice, file.modules?.[module]?.fields ?? {}, { targets, valuesOf });
  }
  if (dice.chance(0.45)) rule.includeSuperiors = true;
  else if (dice.chance(0.2)) rule.includeSuperiors = false;
  if (dice.chance(0.1)) rule.active = false;
  else if (dice.chance(0.2)) rule.active = true;
  if (dice.chance(0.3)) rule.name = `Rule of ${module}, ${dice.between(0, 1_000_000_000)}`;
  if (dice.chance(0.35)) rule.expiresAt = expiryAround(dice, now);
  return rule;
}

function randomSource(dice: Dice, file: OrganizationFile): RuleSource {
  if (dice.chance(0.15)) return "everyone";
  const party = randomMember(dice, file, Object.keys(file.groups ?? {}));
  return "user" in party ? randomSource(dice, file) : party;
}

function randomTarget(dice: Dice, file: OrganizationFile): RuleTarget {
  return dice.chance(0.15) ? "everyone" : randomMember(dice, file, Object.keys(file.groups ?? {}));
}

/** At the instant, a millisecond to either side of it, and far away. */
function expiryAround(dice: Dice, now: number): string {
  return new Date(now + dice.pick([0, 1, 1, -1, DAY_MS, 400 * DAY_MS, -400 * DAY_MS])).toISOString();
}

/** SH-38, taken widely: trees that differ in spelling or order only count as the same. */
function ruleKey(rule: RuleEntry, fields: Record<string, FieldEntry>): string {
  const from = rule.from === undefined ? "" : partyKey(rule.from);
  const criteria = rule.criteria === undefined ? "" : criteriaKey(rule.criteria, fields);
  return [rule.module, from, criteria, partyKey(rule.to), rule.access].join(" | ");
}

function criteriaKey(criteria: Criteria, fields: Record<string, FieldEntry>): string {
  if ("all" in criteria || "any" in criteria) {
    const children = "all" in criteria ? criteria.all : criteria.any;
    return `${"all" in criteria ? "all" : "any"}(${children
      .map((child) => criteriaKey(child, fields))
      .sort()
      .join()})`;
  }
  const type = fields[criteria.field]?.type ?? "TEXT";
  const constants: Scalar[] = [criteria.value ?? []].flat();
  const spelt = constants.map((constant) => plainSpelling(type, constant));
  return `${criteria.field} ${criteria.op} ${spelt.sort().join()}`;
}

/** Up to thirty shares, one per record and party (SH-41), none in `forecasts` (SH-09). */
export function setShares(dice: Dice, file: OrganizationFile, now: number): void {
  const seen = new Set<string>();
  file.shares = [];
  const modules = Object.keys(file.records ?? {}).filter((key) => key !== "forecasts");
  for (let left = dice.between(0, 30); left > 0; left--) {
    const module = dice.pick(modules);
    const record = `${module}/${dice.pick(Object.keys(file.records?.[module] ?? {}))}`;
    const to = randomMember(dice, file, Object.keys(file.groups ?? {}));
    if (seen.has(`${record} ${partyKey(to)}`)) continue;
    seen.add(`${record} ${partyKey(to)}`);
    file.shares.push({
      record,
      to,
      access: dice.pick(["READ_ONLY", "READ_WRITE", "FULL"]),
      ...(dice.chance(0.5) ? { expiresAt: expiryAround(dice, now) } : {}),
      ...(dice.chance(0.1) ? { includeRelated: false } : {}),
    });
  }
}

/** Time zones whose days begin early, late, at odd minutes, or not at midnight. */
export const TIME_ZONES = [
  ...["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"],
  ...["Pacific/Kiritimati", "Pacific/Pago_Pago", "America/Santiago", "Africa/Cairo"],
];

/** A support grant and the instant at which to look at it: live, over, not begun, or at the very edge of one of these. */
export function randomSupport(
  dice: Dice,
  timeZone: string,
  about: number,
): { support: SupportEntry; now: number } {
  const kind = dice.pick(["live", "live", "live", "edge", "edge", "dayLong", "dayLong", "early", "unsaid"]);
  const extraDenials = dice.weighted([
    ...([
      [4, undefined],
      [1, []],
      [3, ["RECORD_DELETE"]],
      [1, ["VIEW_ALL_DATA", "MODIFY_ALL_DATA"]],
    ] as const),
    ...([
      [1, ["MODIFY_ALL_DATA"]],
      [0.5, ["VIEW_ALL_DATA", "VIEW_AUDIT_LOG"]],
    ] as const),
  ]);
  const grant = (grantedAt: number, expiresOn: string): SupportEntry => ({
    agent: "agent@vendor.test",
    grantedAt: new Date(grantedAt).toISOString(),
    expiresOn,
    ...(extraDenials === undefined ? {} : { extraDenials: [...extraDenials] }),
  });
  if (kind === "edge") {
    const lastDay = dateIn(timeZone, about);
    const end = startOfDayAfter(lastDay, timeZone);
    return {
      support: grant(end - dice.between(3, 20) * DAY_MS, lastDay),
      now: end + dice.pick([-1, 0, 0, 1]),
    };
  }
  if (kind === "dayLong") {
    const granted = about - dice.pick([DAY_MS, DAY_MS - 1, 23 * HOUR_MS, HOUR_MS]);
    return { support: grant(granted, dateIn(timeZone, granted)), now: about };
  }
  if (kind === "early") {
    const granted = about + dice.pick([1, HOUR_MS]);
    return { support: grant(granted, dateIn(timeZone, granted + 5 * DAY_MS)), now: about };
  }
  const support = grant(
    about - dice.pick([0, HOUR_MS, 9 * DAY_MS]),
    dateIn(timeZone, about + dice.between(0, 9) * DAY_MS),
  );
  if (kind === "unsaid") delete support.grantedAt;
  return { support, now: about };
}
