import { expect } from "vitest";
import { toGlobalId } from "../../../src/kernel/global-id.ts";
import { holds } from "../../oracle/oracle.ts";
import type { ModuleRow } from "../facts.ts";
import { firstOf, permits, somebodyWith, unless } from "../plausible/predict.ts";
import type { Maker } from "../step.ts";

/** More modules than these are not made. */
const MANY = 7;

/** Those that the organisation began with stay: too much hangs on them. */
const BEGAN_WITH = ["leads", "accounts", "tickets", "forecasts"];

const moduleId = ({ id }: ModuleRow) => toGlobalId("Module", id);

export const createModule: Maker = ({ facts, dice, number }) => {
  const { modules } = facts.rows;
  if (modules.length >= MANY) return null;
  const as = somebodyWith(facts, dice, "MANAGE_MODULES");
  const key = dice.weighted([
    [8, `module-${number}`],
    [0.7, "leads"],
    [0.4, "notes"],
    [0.4, "forecasts"],
  ]);
  const kind = dice.weighted([
    [4, "ORGANIZATION"],
    [1, "TEAM"],
  ] as const);
  const isOpenToTeam = dice.chance(0.4);
  return {
    mutation: "createModule",
    as,
    input: { key, label: `Module ${number}`, kind, isOpenToTeam },
    select: "module { id key }",
    expected: firstOf(
      unless(key !== "notes" && key !== "forecasts", "BAD_USER_INPUT"),
      unless(!isOpenToTeam || kind === "ORGANIZATION", "BAD_USER_INPUT"),
      unless(holds(facts.file, as, "MANAGE_MODULES", facts.now), "FORBIDDEN"),
      unless(!modules.some((module) => module.key === key), "CONFLICT"),
    ),
    check: (after) => {
      expect(after.file.modules?.[key]).toEqual({
        label: `Module ${number}`,
        kind,
        default: "PRIVATE",
        fields: {},
      });
      expect(after.file.teamUserModules?.includes(key)).toBe(isOpenToTeam);
    },
  };
};

export const updateModule: Maker = ({ facts, dice, number }) => {
  const as = somebodyWith(facts, dice, "MANAGE_MODULES");
  const module = dice.pick(facts.rows.modules);
  const isOpenToTeam = dice.chance(0.7) ? dice.chance(0.5) : null;
  const label = dice.chance(0.4) ? `Module ${number}` : null;
  return {
    mutation: "updateModule",
    as,
    input: {
      id: moduleId(module),
      ...(isOpenToTeam === null ? {} : { isOpenToTeam }),
      ...(label === null ? {} : { label }),
    },
    select: "module { id }",
    expected: firstOf(
      unless(isOpenToTeam !== true || module.kind === "ORGANIZATION", "BAD_USER_INPUT"),
      unless(holds(facts.file, as, "MANAGE_MODULES", facts.now), "FORBIDDEN"),
    ),
    check: (after) => {
      expect(after.file.modules?.[module.key]?.label).toBe(label ?? module.label);
      expect(after.file.teamUserModules?.includes(module.key)).toBe(isOpenToTeam ?? module.isOpenToTeam);
    },
  };
};

export const deleteModule: Maker = ({ facts, dice }) => {
  const { rows, file, now } = facts;
  const made = rows.modules.filter(({ key }) => !BEGAN_WITH.includes(key));
  const module = dice.pick(made.length > 0 && dice.chance(0.85) ? made : rows.modules);
  const isOld = BEGAN_WITH.includes(module.key);
  const confirm = (!isOld || module.key === "forecasts") && dice.chance(0.85);
  const as = somebodyWith(facts, dice, "MANAGE_MODULES");
  const lookups = rows.modules.filter(
    ({ id, fields }) => id !== module.id && fields.some((field) => field.lookupModuleId === module.id),
  );
  return {
    mutation: "deleteModule",
    as,
    input: { id: moduleId(module), confirm },
    select: "id",
    events: 1 + rows.rules.filter((rule) => rule.moduleId === module.id).length,
    expected: firstOf(
      unless(holds(file, as, "MANAGE_MODULES", now), "FORBIDDEN"),
      unless(holds(file, as, "RECORD_DELETE", now) && permits(facts, as, module.key, "DELETE"), "FORBIDDEN"),
      unless(confirm, "CONFIRMATION_REQUIRED"),
      unless(module.key !== "forecasts", "ACTION_NOT_AVAILABLE"),
      unless(lookups.length === 0, "CONFLICT"),
    ),
    check: (after) => {
      expect(after.rows.modules.some(({ id }) => id === module.id)).toBe(false);
      expect(after.rows.records).toHaveLength(
        rows.records.filter((record) => record.moduleId !== module.id).length,
      );
      expect(after.rows.rules).toHaveLength(rows.rules.filter((rule) => rule.moduleId !== module.id).length);
    },
  };
};
