import { foldEmail } from "../../../kernel/text.ts";
import { type ReadCondition, readCondition } from "../../../policy/criteria/check.ts";
import { canonical, mapConstants, textConstants } from "../../../policy/criteria/criteria.ts";
import { RESERVED_MODULES } from "../../../policy/model/naming.ts";
import { FORECASTS } from "../../../policy/model/org.ts";
import { type Faults, shown } from "../../reading/faults.ts";
import { checkParty, partyText } from "../../terms/party.ts";
import { hasModule, hasUser, isRecord, noRecord } from "../../terms/references.ts";
import type { Draft } from "../section.ts";
import type { DraftRule } from "./index.ts";

/** Sharing rules are about modules that take rules, say whose records or which, and are written once (SH-30…SH-38). */
export function checkRules(draft: Draft, faults: Faults): void {
  const names = new Map<string, string>();
  const meanings = new Map<string, string>();
  for (const [key, rule] of draft.sharingRules.entries) {
    const path = ["sharingRules", key];
    checkModule(draft, faults, key, rule);
    if (rule.source !== null) checkParty(draft, faults, [...path, "from"], rule.source);
    checkParty(draft, faults, [...path, "to"], rule.target);
    if (rule.source === null && rule.criteria === undefined) {
      faults.add(path, {
        message: "neither from nor criteria",
        expected: "from, criteria, or both",
        part: "KEY",
        requirement: "SH-30",
      });
    }
    if (rule.criteria !== undefined) checkCriteria(draft, faults, key, rule);
    const name = JSON.stringify([rule.module, rule.name ?? key]);
    const namesake = names.get(name);
    if (namesake !== undefined) {
      faults.add(rule.name === null ? path : [...path, "name"], {
        message: `${shown(namesake)} has this name in the module already`,
        expected: "a name that is unique in the module",
        code: "CONFLICT",
        requirement: "SH-30",
      });
    }
    names.set(name, namesake ?? key);
    const meaning = meaningOf(draft, rule);
    const twin = meaning === null ? undefined : meanings.get(meaning);
    if (twin !== undefined) {
      faults.add(path, {
        message: `an exact duplicate of ${shown(twin)}`,
        expected: "another module, source, criteria, target or level",
        part: "KEY",
        code: "CONFLICT",
        requirement: "SH-38",
      });
    }
    if (meaning !== null) meanings.set(meaning, twin ?? key);
  }
}

function checkModule(draft: Draft, faults: Faults, key: string, rule: DraftRule): void {
  const path = ["sharingRules", key, "module"];
  if (rule.module === FORECASTS) {
    faults.add(path, {
      message: "forecasts is always private",
      expected: "another module",
      requirement: "SH-09",
    });
  } else if (RESERVED_MODULES.includes(rule.module)) {
    faults.add(path, {
      message: `${shown(rule.module)} follows the record it hangs on`,
      expected: "another module",
      requirement: "SH-08",
    });
  } else {
    hasModule(draft, faults, path, rule.module);
  }
}

function checkCriteria(draft: Draft, faults: Faults, key: string, rule: DraftRule): void {
  const read = readCriteria(draft, rule);
  if (read === null) return;
  const path = ["sharingRules", key, "criteria"];
  if (read.kind === "FAULTS") {
    for (const { path: inner, at, message, expected } of read.faults) {
      faults.add([...path, ...inner], { message, expected, part: at, requirement: "SH-32" });
    }
    return;
  }
  for (const { field, constant, path: inner } of textConstants(read.condition)) {
    const type = draft.modules.entries.get(rule.module)?.fields.get(field);
    const place = [...path, ...inner];
    if (type?.type === "USER") hasUser(draft, faults, place, constant);
    const lookedUp = type?.lookupModule ?? null;
    if (lookedUp === null || isRecord(draft, lookedUp, constant)) continue;
    faults.add(place, noRecord(draft, lookedUp, constant));
  }
}

/**
 * A rule's criteria under the fields of its module, addresses of USER constants in lower case; null when the rule has
 * none or its module is malformed or missing.
 */
export function readCriteria(draft: Draft, rule: DraftRule): ReadCondition | null {
  const fields = draft.modules.entries.get(rule.module)?.fields;
  if (fields === undefined || rule.criteria === undefined) return null;
  const read = readCondition(
    rule.criteria,
    [...fields].map(([key, field]) => ({ key, ...field })),
  );
  if (read.kind === "FAULTS") return read;
  return {
    kind: "CONDITION",
    condition: mapConstants(read.condition, (constant, field) =>
      fields.get(field)?.type === "USER" ? foldEmail(String(constant)) : constant,
    ),
  };
}

/** What makes two rules duplicates, as one text; null when the criteria are not readable. */
function meaningOf(draft: Draft, rule: DraftRule): string | null {
  const read = readCriteria(draft, rule);
  if (rule.criteria !== undefined && read?.kind !== "CONDITION") return null;
  return JSON.stringify([
    rule.module,
    rule.source && partyText(rule.source),
    read?.kind === "CONDITION" ? canonical(read.condition) : null,
    partyText(rule.target),
    rule.level,
  ]);
}
