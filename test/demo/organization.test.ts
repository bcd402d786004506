import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { wholeWeeks } from "../../src/demo/calendar.ts";
import { ACME_FILE, demoOrganization } from "../../src/demo/organization.ts";
import { PERSONAS } from "../../src/demo/personas.ts";
import { parseOrganizationFile } from "../../src/file/parse.ts";
import { printOrganizationFile } from "../../src/file/print.ts";
import type { FileRule } from "../../src/file/sections/rules/index.ts";
import { isLive } from "../../src/kernel/instant.ts";
import {
  DEFAULT_ACCESSES,
  FIELD_TYPES,
  RULE_LEVELS,
  SHARE_LEVELS,
  TEAM_ROLES,
} from "../../src/policy/model/org.ts";
import type { Action, OrganizationFile } from "../oracle/file.ts";
import { holds, reachable } from "../oracle/oracle.ts";

const DAY_MS = 86_400_000;
const NOW = Date.parse("2026-11-21T12:00:00Z");

const acme = parse(readFileSync(ACME_FILE, "utf8")) as OrganizationFile;
const asOf = Date.parse(acme.expect?.at ?? "");
const text = demoOrganization(NOW);
const written = parse(text) as OrganizationFile;
const file = parseOrganizationFile(text, "demo.yaml");

test("the readable half is a whole organisation file without a fault", () => {
  const read = parseOrganizationFile(readFileSync(ACME_FILE, "utf8"), "acme.yaml");
  expect(read.expect?.access.length).toBeGreaterThan(20);
});

const ACTION_OF: Readonly<Record<string, Action>> = {
  read: "READ",
  update: "UPDATE",
  delete: "DELETE",
  share: "SHARE",
};
const ROWS = (acme.expect?.access ?? []).flatMap(({ user, module, ...sets }) =>
  Object.entries(sets).map(([verb, keys]) => ({ user, module, verb, keys })),
);

test.each(ROWS)("$user may $verb in $module exactly $keys", ({ user, module, verb, keys }) => {
  expect([...reachable(acme, user, module, ACTION_OF[verb]!, asOf)].sort()).toEqual([...keys].sort());
});

test("the capabilities that the readable half expects are those of the specification", () => {
  const wrong = (acme.expect?.capabilities ?? []).flatMap(({ user, allowed = [], denied = [] }) => [
    ...allowed
      .filter((capability) => !holds(acme, user, capability, asOf))
      .map((name) => `${user} lacks ${name}`),
    ...denied
      .filter((capability) => holds(acme, user, capability, asOf))
      .map((name) => `${user} holds ${name}`),
  ]);
  expect(acme.expect?.capabilities?.length).toBeGreaterThan(0);
  expect(wrong).toEqual([]);
});

test("BU-02 the whole demo prints, reads and prints as the same bytes", () => {
  const printed = printOrganizationFile(file);
  const again = parseOrganizationFile(printed, "printed.yaml");
  expect(again).toEqual(file);
  expect(printOrganizationFile(again)).toBe(printed);
});

test("its size is that of a company of about sixty people with about five thousand records in eight modules", () => {
  const counts = Object.fromEntries(
    [...file.modules.keys()].map((key) => [key, file.records?.get(key)?.size ?? 0]),
  );
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  expect(Object.keys(counts).sort()).toEqual([
    "accounts",
    "contacts",
    "deals",
    "forecasts",
    "leads",
    "quotes",
    "tickets",
    "visits",
  ]);
  expect(Math.min(...Object.values(counts))).toBeGreaterThan(50);
  expect(total).toBeGreaterThan(4_900);
  expect(total).toBeLessThan(5_300);
  expect(file.users.size).toBeGreaterThan(55);
  expect(file.users.size).toBeLessThan(70);
});

test("roles are a forest of several trees, the tallest five levels high", () => {
  const height = (key: string): number => {
    const below = [...file.roles].filter(([, { parent }]) => parent === key);
    return 1 + Math.max(0, ...below.map(([child]) => height(child)));
  };
  const roots = [...file.roles].flatMap(([key, { parent }]) => (parent === null ? [key] : []));
  expect(roots.length).toBeGreaterThan(1);
  expect(Math.max(...roots.map(height))).toBe(5);
});

const rules = [...file.sharingRules.values()];
const shares = file.shares ?? [];
const users = [...file.users.values()];
const fields = [...file.modules.values()].flatMap((module) => [...module.fields.values()]);
const filled = (type: string) =>
  [...file.modules].some(([key, module]) =>
    [...module.fields].some(
      ([name, field]) =>
        field.type === type &&
        [...(file.records?.get(key)?.values() ?? [])].some(({ values }) => values.has(name)),
    ),
  );

test.each<[kind: string, wanted: readonly unknown[], present: readonly unknown[]]>([
  [
    "organisation default",
    DEFAULT_ACCESSES,
    [...file.modules.values()].map(({ defaultAccess }) => defaultAccess),
  ],
  ["field type", FIELD_TYPES, fields.map(({ type }) => type)],
  ["field type with values", FIELD_TYPES, FIELD_TYPES.filter(filled)],
  [
    "source of a rule",
    ["ROLE", "ROLE_AND_SUBORDINATES", "GROUP", "EVERYONE", undefined],
    rules.map(({ source }) => source?.kind),
  ],
  [
    "target of a rule",
    ["USER", "ROLE", "ROLE_AND_SUBORDINATES", "GROUP", "EVERYONE"],
    rules.map(({ target }) => target.kind),
  ],
  ["level of a rule", RULE_LEVELS, rules.map(({ level }) => level)],
  ["make of a rule", ["source", "criteria", "source and criteria"], rules.map(makeOf)],
  ["state of a rule", ["includes superiors", "inactive", "expires", "plain"], rules.map(stateOf)],
  [
    "target of a share",
    ["USER", "ROLE", "ROLE_AND_SUBORDINATES", "GROUP"],
    shares.map(({ target }) => target.kind),
  ],
  ["level of a share", SHARE_LEVELS, shares.map(({ level }) => level)],
  [
    "member of a group",
    ["USER", "ROLE", "ROLE_AND_SUBORDINATES", "GROUP"],
    [...file.groups.values()].flatMap(({ members }) => members.map(({ kind }) => kind)),
  ],
  ["team role", TEAM_ROLES, users.flatMap(({ teamRoles }) => [...teamRoles.values()])],
  ["licence", ["REGULAR", "TEAM"], users.map(({ license }) => license)],
  ["status", ["ACTIVE", "INACTIVE", "PENDING"], users.map(({ status }) => status)],
  ["kind of module", ["ORGANIZATION", "TEAM"], [...file.modules.values()].map(({ kind }) => kind)],
])("every %s occurs", (_, wanted, present) => {
  expect(wanted.filter((each) => !present.includes(each))).toEqual([]);
});

function makeOf({ source, criteria }: FileRule): string {
  if (source === null) return "criteria";
  return criteria === null ? "source" : "source and criteria";
}

function stateOf(rule: FileRule): string {
  if (rule.includeSuperiors) return "includes superiors";
  if (!rule.isActive) return "inactive";
  return rule.expiresAt === null ? "plain" : "expires";
}

test("groups are nested three deep, and nobody inactive lost their records", () => {
  const depth = (key: string): number =>
    1 +
    Math.max(
      0,
      ...(file.groups.get(key)?.members ?? []).map((member) =>
        member.kind === "GROUP" ? depth(member.group) : 0,
      ),
    );
  expect(Math.max(...[...file.groups.keys()].map(depth))).toBe(3);
  const ofUwe = [...(file.records?.get("leads")?.values() ?? [])].filter(
    ({ owner }) => owner === "uwe@acme.test",
  );
  expect(file.users.get("uwe@acme.test")?.status).toBe("INACTIVE");
  expect(ofUwe.length).toBeGreaterThan(10);
});

test.each(["2026-11-21T12:00:00Z", "2026-01-01T00:00:00Z", "2031-07-15T23:59:00Z", "2049-03-01T06:00:00Z"])(
  "on %s something is over, something is about to be, and the support agent is inside",
  (day) => {
    const now = Date.parse(day);
    const then = parseOrganizationFile(demoOrganization(now), "demo.yaml");
    const ends = [...(then.shares ?? []), ...then.sharingRules.values()].flatMap(({ expiresAt }) =>
      expiresAt === null ? [] : [expiresAt],
    );
    const soon = (end: number) => isLive(end, now) && end < now + 21 * DAY_MS;
    expect(ends.filter((end) => !isLive(end, now)).length).toBeGreaterThan(5);
    expect(ends.filter(soon).length).toBeGreaterThan(5);
    const { grantedAt, expiresOn } = then.supportAccess!;
    expect(grantedAt).toBeLessThan(now);
    expect(Date.parse(expiresOn)).toBeGreaterThan(now + 7 * DAY_MS);
    const created = [...(then.records?.values() ?? [])].flatMap((records) =>
      [...records.values()].map(({ createdAt }) => createdAt ?? NaN),
    );
    expect(created.filter((at) => !(at < now))).toEqual([]);
  },
);

test("within a week the text is the same and nothing ends; a week later only the dates have moved", () => {
  const week = 7 * DAY_MS;
  const monday = asOf + wholeWeeks(asOf, NOW) * week;
  const undated = (each: string) => each.replaceAll(/\d{4}-\d{2}-\d{2}/g, "DAY");
  expect(demoOrganization(monday)).toBe(text);
  expect(demoOrganization(monday + week - 1)).toBe(text);
  const ends = [...(file.shares ?? []), ...file.sharingRules.values()].map(({ expiresAt }) => expiresAt ?? 0);
  expect(ends.filter((end) => end > monday && end <= monday + week)).toEqual([]);
  const later = demoOrganization(monday + week);
  expect(later).not.toBe(text);
  expect(undated(later)).toBe(undated(text));
});

test("every persona is a person of the organisation, or its support agent", () => {
  const known = [...file.users.keys(), file.supportAccess?.agent];
  expect(PERSONAS.filter(({ email }) => !known.includes(email))).toEqual([]);
  const misnamed = PERSONAS.filter(
    ({ email, name }) => !name.startsWith(file.users.get(email)?.name ?? "The vendor"),
  );
  expect(misnamed).toEqual([]);
});

test("the same list of leads comes back differently for nearly every persona", () => {
  const lists = new Map(
    PERSONAS.map(({ email }) => [email, [...reachable(written, email, "leads", "READ", NOW)].join()]),
  );
  // Robin, Opal and the agent read everything; Nora and Tia nothing; all others differ.
  expect(new Set(lists.values()).size).toBe(PERSONAS.length - 3);
  const sizes = ["ray", "meg", "cleo", "root"].map(
    (who) => reachable(written, `${who}@acme.test`, "leads", "READ", NOW).size,
  );
  expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
  expect(new Set(sizes).size).toBe(4);
});
