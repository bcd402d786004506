import { describe, expect, test } from "vitest";
import { asId } from "../../../src/kernel/id.ts";
import { explain } from "../../../src/policy/ask/explain.ts";
import { type GrantRow, judgedRecord } from "../../../src/policy/ask/reach.ts";
import { ACTIONS } from "../../../src/policy/model/org.ts";
import { allows, MATCH, NOW, policyOf, type Rows, recordOf, shareRow, userIn } from "../build.ts";

const WON = { field: "status", op: "EQ", value: "won" } as const;

const WORLD: Rows = {
  roles: { ceo: null, head: "ceo", rep: { parent: "head", peers: true }, desk: null },
  profiles: { reader: { modules: { leads: ["VIEW"] } }, none: {} },
  users: {
    cid: { role: "ceo", profile: "administrator" },
    hal: { role: "head", profile: "reader" },
    ray: "rep",
    rue: "rep",
    dan: "desk",
    non: { role: "head", profile: "none" },
    ina: { role: "head", status: "INACTIVE", profile: "none" },
    tia: { role: "head", license: "TEAM", team: { tickets: "MEMBER" } },
    agent: { license: "SUPPORT" },
  },
  groups: { mix: ["user:dan"] },
  modules: { leads: "PRIVATE", deals: "PUBLIC_READ_WRITE", forecasts: "PRIVATE", tickets: "TEAM" },
  rules: {
    live: { from: "role:rep", to: "role:desk", level: "READ_WRITE", superiors: true },
    won: { criteria: WON, to: "everyone", expiresAt: NOW + 1000 },
    applying: { criteria: WON, to: "everyone", level: "READ_WRITE_DELETE", status: "APPLYING" },
  },
  supportGrants: [{ agent: "agent", from: NOW - 1, until: NOW + 1 }],
};
const policy = policyOf(WORLD);
const explained = (
  user: string,
  action: (typeof ACTIONS)[number],
  owner: string,
  module = "leads",
  grants = {},
) =>
  explain(
    policy,
    userIn(policy, user),
    action,
    { judged: recordOf(policy, owner, module, grants), name: "One" },
    NOW,
  );

describe("SH-70 an explanation", () => {
  test("SH-70 names every path, in the order of the kinds, with rule, key, role path and level", () => {
    const { allowed, paths, refusals, absences, remedy } = explained("cid", "READ", "ray", "leads", {
      "u:cid": shareRow("READ_ONLY"),
      "c:won#1": MATCH,
    });
    expect({ allowed, refusals, absences, remedy }).toEqual({
      allowed: true,
      refusals: [],
      absences: [],
      remedy: null,
    });
    expect(
      paths.map(({ kind, rule, key, level, rolePath }) => ({
        kind,
        rule: rule?.key ?? null,
        key,
        level,
        rolePath,
      })),
    ).toEqual([
      { kind: "ADMINISTRATOR", rule: null, key: null, level: "MODIFY_ALL_DATA", rolePath: [] },
      { kind: "HIERARCHY", rule: null, key: null, level: "FULL", rolePath: ["Ceo", "Head", "Rep"] },
      { kind: "SHARING_RULE", rule: "won", key: "c:won#1", level: "READ_ONLY", rolePath: [] },
      { kind: "RECORD_SHARE", rule: null, key: "u:cid", level: null, rolePath: [] },
    ]);
  });

  test("SH-70 names the paths of an owner whose gate is shut, and the gate: they do not count", () => {
    const { allowed, paths, refusals, absences } = explained("non", "READ", "non");
    expect(allowed).toBe(false);
    expect(paths.map(({ sentence }) => sentence)).toEqual(["Non owns the record."]);
    expect(refusals.map(({ gate, sentence }) => `${gate}: ${sentence}`)).toEqual([
      "PROFILE: The profile None lacks VIEW in Leads.",
    ]);
    expect(absences).toEqual([]);
  });

  test("SH-70 names every gate that is shut", () => {
    expect(explained("ina", "UPDATE", "ray").refusals.map(({ sentence }) => sentence)).toEqual([
      "Ina is inactive, not active.",
      "The profile None lacks VIEW and EDIT in Leads.",
    ]);
    expect(explained("tia", "SHARE", "ray").refusals.map(({ requirement }) => requirement)).toEqual([
      "TU-12e",
      undefined,
    ]);
  });

  test("SH-70 EN-07 says what each kind would have needed, the rule that is being applied included", () => {
    const { allowed, paths, absences } = explained("dan", "DELETE", "hal", "leads", {
      "c:applying#1": MATCH,
    });
    expect({ allowed, paths }).toEqual({ allowed: false, paths: [] });
    expect(absences.map(({ kind, sentence }) => `${kind}: ${sentence}`)).toEqual([
      "OWNERSHIP: The record belongs to Hal, not to Dan.",
      "ADMINISTRATOR: Dan does not hold MODIFY_ALL_DATA.",
      "ORGANIZATION_DEFAULT: The organisation default of Leads, PRIVATE, does not give DELETE.",
      "HIERARCHY: Dan does not stand above the owner, Hal.",
      "SHARING_RULE: No sharing rule in force gives Dan DELETE on this record. The rule applying is still being applied.",
      "RECORD_SHARE: No live record share gives Dan DELETE.",
    ]);
  });

  test("SH-70 is as deep as its module: forecasts and team modules have their own absences", () => {
    expect(explained("dan", "READ", "hal", "forecasts").absences.map(({ kind }) => kind)).toEqual([
      "OWNERSHIP",
      "ADMINISTRATOR",
      "ORGANIZATION_DEFAULT",
      "HIERARCHY",
      "FORECAST_MANAGER",
    ]);
    expect(explained("tia", "UPDATE", "hal", "tickets").absences.map(({ kind }) => kind)).toEqual([
      "ADMINISTRATOR",
      "SHARING_RULE",
      "RECORD_SHARE",
      "TEAM_ROLE",
    ]);
  });

  test("SH-70 EN-07 a record of a module that is not in the policy is refused, with nothing to say", () => {
    const judged = judgedRecord({ moduleId: asId("gone"), ownerSeq: 0, grants: new Map() });
    expect(explain(policy, userIn(policy, "root"), "READ", { judged, name: "One" }, NOW)).toEqual({
      allowed: false,
      paths: [],
      refusals: [],
      absences: [],
      remedy: null,
    });
  });

  const GRANTS: readonly { readonly [key: string]: GrantRow }[] = [
    {},
    { "c:won#1": MATCH, "c:applying#1": MATCH, "u:ray": shareRow("READ_WRITE", NOW) },
    { "g:mix": shareRow("FULL"), "r:rep": shareRow("READ_ONLY") },
  ];
  const QUESTIONS = policy.org.modules.flatMap((module) =>
    policy.org.users.flatMap((owner) =>
      GRANTS.flatMap((grants) =>
        ACTIONS.map((action) => ({ action, judged: recordOf(policy, owner.id, module.id, grants) })),
      ),
    ),
  );

  test.each(policy.org.users)(
    "EN-01 SH-70 for $id: allowed exactly when the check is, and refused for a reason",
    (viewer) => {
      for (const { action, judged } of QUESTIONS) {
        const { allowed, paths, refusals, absences } = explain(
          policy,
          viewer,
          action,
          { judged, name: "One" },
          NOW,
        );
        expect(allowed).toBe(allows(policy, viewer.id, action, judged));
        // Either a gate is shut, or nothing admits and it is said what was missing.
        expect(allowed || refusals.length > 0 || (paths.length === 0 && absences.length > 0)).toBe(true);
      }
    },
  );
});
