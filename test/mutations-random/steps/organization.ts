import { expect } from "vitest";
import { holds } from "../../oracle/oracle.ts";
import { firstOf, somebodyWith, unless } from "../plausible/predict.ts";
import type { Maker } from "../step.ts";

export const updateOrganization: Maker = ({ facts, dice }) => {
  const as = somebodyWith(facts, dice, "MANAGE_ORGANIZATION");
  const language = dice.pick(["EN", "DE", "JA", "ZH", null] as const);
  return {
    mutation: "updateOrganization",
    as,
    input: { language },
    select: "organization { language }",
    expected: firstOf(
      unless(language !== null, "BAD_USER_INPUT"),
      unless(holds(facts.file, as, "MANAGE_ORGANIZATION", facts.now), "FORBIDDEN"),
    ),
    check: ({ rows }) => expect(rows.organization.language).toBe(language),
  };
};
