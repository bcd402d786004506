import { expect } from "vitest";
import { holds } from "../../oracle/oracle.ts";
import { firstOf, somebodyWith, unless } from "../plausible/predict.ts";
import type { Maker } from "../step.ts";

const ACCESSES = [
  ...(["PRIVATE", "PRIVATE", "PUBLIC_READ_ONLY"] as const),
  ...(["PUBLIC_READ_WRITE", "PUBLIC_READ_WRITE_DELETE"] as const),
];

/** No default can be set for these (SH-08, SH-09), or they are not there. */
const WRONG = ["forecasts", "notes", "tickets", "no-such-module"];

export const setOrganizationDefaults: Maker = ({ facts, dice }) => {
  const as = somebodyWith(facts, dice, "MANAGE_DATA_SHARING");
  const open = facts.rows.modules.filter(({ kind, key }) => kind === "ORGANIZATION" && key !== "forecasts");
  const defaults = dice
    .sample(open, dice.between(1, 2))
    .map(({ key: module }) => ({ module, access: dice.pick(ACCESSES) }));
  const [first] = defaults;
  if (first === undefined) return null;
  const wrong = dice.weighted([
    [8, []],
    [1, [first]],
    [1, [{ module: dice.pick(WRONG), access: "PRIVATE" as const }]],
  ] as const);
  return {
    mutation: "setOrganizationDefaults",
    as,
    input: { defaults: [...defaults, ...wrong] },
    select: "ids modules { key defaultAccess }",
    events: defaults.length,
    expected: firstOf(
      unless(wrong.length === 0, "BAD_USER_INPUT"),
      unless(holds(facts.file, as, "MANAGE_DATA_SHARING", facts.now), "FORBIDDEN"),
    ),
    check: (after, payload) => {
      expect(payload.modules).toEqual(
        defaults.map(({ module, access }) => ({ key: module, defaultAccess: access })),
      );
      for (const { module, access } of defaults) expect(after.file.modules?.[module]?.default).toBe(access);
    },
  };
};
