import { describe, expect, test } from "vitest";
import { asId } from "../../../src/kernel/id.ts";
import {
  aboveAmong,
  type ChangingPeople,
  circleThrough,
  misreportsMadeByOne,
  peopleOf,
  withChanged,
} from "../../../src/policy/model/changing-people.ts";
import type { Org, User } from "../../../src/policy/model/org.ts";
import { compile } from "../../../src/policy/model/policy.ts";
import { aboveSomebody, misreportsMadeBy } from "../../../src/policy/model/reporting.ts";
import { findCycle } from "../../../src/policy/model/tree.ts";
import { type Dice, diceOf } from "../../random/dice.ts";
import { orgOf } from "../build.ts";

const ROLES = 6;
const USERS = 9;
const SEEDS = 40;
const CHANGES = 12;

/** A forest of roles, and people whose chain of managers has no circle; some report past the role tree. */
function randomOrg(dice: Dice): Org {
  const keys = Array.from({ length: ROLES }, (_, at) => `role${at}`);
  const roles = Object.fromEntries(
    keys.map((key, at) => [key, at === 0 || dice.chance(0.2) ? null : dice.pick(keys.slice(0, at))]),
  );
  const names = Array.from({ length: USERS }, (_, at) => `user${at}`);
  const users = Object.fromEntries(
    names.map((name, at) => [
      name,
      {
        ...(dice.chance(0.15) ? {} : { role: dice.pick(keys) }),
        ...(at === 0 || dice.chance(0.2) ? {} : { reportsTo: dice.pick(names.slice(0, at)) }),
      },
    ]),
  );
  return orgOf({ roles, users });
}

type Met = { circles: number; misreports: number; others: number; above: number };

/** Changes one person as they may be changed, and compares what is told; the organisation with the change, if it stands. */
function change(dice: Dice, org: Org, people: ChangingPeople, met: Met): readonly [Org, ChangingPeople] {
  const user = dice.pick(org.users);
  const changed: User = {
    ...user,
    ...(dice.chance(0.6) ? { roleId: dice.chance(0.1) ? null : dice.pick(org.roles).id } : {}),
    ...(dice.chance(0.6) ? { reportsToId: dice.chance(0.1) ? null : dice.pick(org.users).id } : {}),
  };
  const then = { ...org, users: org.users.map((each) => (each.id === user.id ? changed : each)) };
  const circle = circleThrough(people, changed);
  const whole = findCycle(new Map(then.users.map((each) => [each.id, each.reportsToId])));
  expect(new Set(circle?.map(({ id }) => id))).toEqual(new Set(whole ?? []));
  if (circle !== null) {
    met.circles += 1;
    expect([circle[0]?.id, circle.at(-1)?.id]).toEqual([user.id, user.id]);
    return [org, people];
  }
  const broken = misreportsMadeByOne(people, changed).map(({ id }) => id);
  expect(broken).toEqual(misreportsMadeBy(org, then).map(({ id }) => id));
  met.misreports += broken.length;
  met.others += broken.filter((id) => id !== user.id).length;
  return [then, withChanged(people, changed)];
}

describe("SH-25 what the change of one can affect is what everybody tells of it", () => {
  test.each(Array.from({ length: 5 }, (_, at) => at))("UA-65 one change after another, part %i", (part) => {
    const met: Met = { circles: 0, misreports: 0, others: 0, above: 0 };
    for (let at = 0; at < SEEDS; at += 1) {
      const dice = diceOf(part * SEEDS + at);
      let org = randomOrg(dice);
      let people = peopleOf(compile(org));
      for (let step = 0; step < CHANGES; step += 1) {
        [org, people] = change(dice, org, people, met);
        for (const { id } of org.users) {
          const above = aboveAmong(people, id);
          expect(above).toEqual(aboveSomebody(org, id));
          met.above += above.size;
        }
      }
    }
    for (const [what, n] of Object.entries(met)) expect(n, what).toBeGreaterThan(10);
  });

  test("SH-25 who is new is asked about like anybody", () => {
    const people = peopleOf(compile(orgOf({ roles: { ceo: null, rep: "ceo" }, users: { hal: "rep" } })));
    const hal = people.policy.users.get(asId("hal"));
    if (hal === undefined) throw new Error("Hal is there");
    const fresh: User = { ...hal, id: asId("new"), seq: 7, reportsToId: hal.id };
    expect(misreportsMadeByOne(people, fresh)).toEqual([fresh]);
    expect(misreportsMadeByOne(people, { ...fresh, reportsToId: null })).toEqual([]);
  });
});
