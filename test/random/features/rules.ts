import type { FieldType, OrganizationFile } from "../../oracle/file.ts";
import { OPERATORS } from "../values.ts";
import { compares, each, endsJustAfter, type Feature, kindOf, reporting, withoutRules } from "./edits.ts";

/** Rules of every form, and every operator on every type. */
export const RULES: Feature[] = [
  ...["everyone", "role", "roleAndSubordinates", "group", "none"].map((kind) => ({
    title: `SH-31 a rule whose source is ${kind}`,
    without: (file: OrganizationFile) => withoutRules(file, (rule) => kindOf(rule.from) === kind),
  })),
  {
    title: "SH-32 a rule with a source and criteria",
    without: (file) => withoutRules(file, (rule) => rule.from !== undefined && rule.criteria !== undefined),
  },
  ...["everyone", "role", "roleAndSubordinates", "group", "user"].map((kind) => ({
    title: `SH-33 a rule whose target is ${kind}`,
    without: (file: OrganizationFile) => withoutRules(file, (rule) => kindOf(rule.to) === kind),
  })),
  ...["READ_ONLY", "READ_WRITE", "READ_WRITE_DELETE"].map((level) => ({
    title: `SH-34 a rule of the level ${level}`,
    without: (file: OrganizationFile) => withoutRules(file, (rule) => rule.access === level),
  })),
  ...["role", "roleAndSubordinates", "group", "user"].flatMap((kind) =>
    [true, false].map((byReports) => ({
      title: `SH-35 includeSuperiors of ${kind} under ${byReports ? "REPORTING" : "ROLE"}`,
      without: (file: OrganizationFile) =>
        reporting(file) === byReports &&
        each(
          Object.values(file.sharingRules ?? {}),
          (rule) => rule.includeSuperiors === true && kindOf(rule.to) === kind,
          (rule) => delete rule.includeSuperiors,
        ),
    })),
  ),
  {
    title: "SH-37 a deactivated rule",
    without: (file) =>
      each(
        Object.values(file.sharingRules ?? {}),
        (rule) => rule.active === false,
        (rule) => delete rule.active,
      ),
  },
  {
    title: "EN-08 a rule that ends at the very instant",
    without: (file) =>
      each(
        Object.values(file.sharingRules ?? {}),
        (rule) => rule.expiresAt === file.expect?.at,
        (rule) => delete rule.expiresAt,
      ),
  },
  {
    title: "EN-08 a rule that ends a millisecond later",
    without: (file) => withoutRules(file, (rule) => endsJustAfter(file, rule.expiresAt)),
  },
  {
    title: "SH-31 rules in a team module",
    without: (file) => withoutRules(file, (rule) => file.modules?.[rule.module]?.kind === "TEAM"),
  },
  ...Object.entries(OPERATORS).flatMap(([type, operators]) =>
    operators.map((op) => ({
      title: `SH-32 criteria ${type} ${op}`,
      without: (file: OrganizationFile) =>
        withoutRules(file, (rule) => compares(file, rule, type as FieldType, op)),
    })),
  ),
  {
    title: "SH-32 criteria with all",
    without: (file) =>
      withoutRules(file, (rule) => JSON.stringify(rule.criteria ?? null).includes('{"all":')),
  },
  {
    title: "SH-32 criteria with any",
    without: (file) =>
      withoutRules(file, (rule) => JSON.stringify(rule.criteria ?? null).includes('{"any":')),
  },
];
