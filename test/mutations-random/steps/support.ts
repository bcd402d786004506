import { expect } from "vitest";
import { toGlobalId } from "../../../src/kernel/global-id.ts";
import { CAPABILITIES } from "../../oracle/capabilities.ts";
import { holds } from "../../oracle/oracle.ts";
import { dateIn, isSupportLive } from "../../oracle/support.ts";
import { addressOf, type Facts } from "../facts.ts";
import { AGENT } from "../instance.ts";
import { firstOf, members, somebodyWith, unless } from "../plausible/predict.ts";
import type { Maker, Scene } from "../step.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** A day of the organisation from yesterday to the day after tomorrow. */
function anyDay({ facts: { now, file }, dice }: Scene): string {
  return dateIn(file.organization.timeZone, now + dice.between(-1, 12) * 0.25 * DAY_MS);
}

/** SA-02. */
function isOver({ file, now }: Facts, day: string): boolean {
  return day < dateIn(file.organization.timeZone, now);
}

/** The grant of which the facts speak, which is the one that began last. */
function lastGrant({ rows }: Facts) {
  return rows.supportGrants.toSorted((a, b) => b.grantedAt.getTime() - a.grantedAt.getTime())[0];
}

export const grantSupportAccess: Maker = (scene) => {
  const { facts, dice, number } = scene;
  const as = somebodyWith(facts, dice, "MANAGE_SUPPORT_ACCESS");
  const agent = dice.weighted([
    [4, undefined],
    [4, AGENT],
    [1, dice.pick(members(facts))],
    [1, "nobody@vendor.test"],
  ]);
  const isAcknowledged = dice.chance(0.8);
  const expiresOn = anyDay(scene);
  const extraDenials = dice.chance(0.5) ? dice.sample(CAPABILITIES, dice.between(0, 2)) : [];
  const named = agent ?? AGENT;
  const isMember = facts.rows.users.some((user) => user.license !== "SUPPORT" && user.email === named);
  // A tombstone has no address, and its stand-in is not on the list.
  const isListed = named === AGENT;
  return {
    mutation: "grantSupportAccess",
    as,
    input: {
      expiresOn,
      reason: `Visit ${number}`,
      extraDenials,
      ...(agent === undefined ? {} : { agent }),
      ...(isAcknowledged ? { acknowledgeDataVisible: true } : {}),
    },
    select: "supportAccess { id isOpen }",
    expected: firstOf(
      unless(holds(facts.file, as, "MANAGE_SUPPORT_ACCESS", facts.now), "FORBIDDEN"),
      unless(!isOver(facts, expiresOn), "BAD_USER_INPUT"),
      unless(isListed || isMember, "BAD_USER_INPUT"),
      unless(isAcknowledged, "CONFIRMATION_REQUIRED"),
      unless(!isMember, "CONFLICT"),
      unless(!isSupportLive(facts.file, facts.now), "CONFLICT"),
    ),
    check: (after, payload) => {
      expect(payload.supportAccess.isOpen).toBe(true);
      expect(isSupportLive(after.file, after.now)).toBe(true);
      const grant = lastGrant(after);
      expect(grant && toGlobalId("SupportAccess", grant.id)).toBe(payload.supportAccess.id);
      expect(grant && addressOf(grant.agent)).toBe(AGENT);
    },
  };
};

export const updateSupportAccess: Maker = (scene) => {
  const { facts, dice } = scene;
  const as = somebodyWith(facts, dice, "MANAGE_SUPPORT_ACCESS");
  const expiresOn = anyDay(scene);
  const named = dice.chance(0.3) ? dice.pick(facts.rows.supportGrants) : null;
  const isHolder = holds(facts.file, as, "MANAGE_SUPPORT_ACCESS", facts.now);
  const isLive = isSupportLive(facts.file, facts.now);
  return {
    mutation: "updateSupportAccess",
    as,
    input: { expiresOn, ...(named === null ? {} : { id: toGlobalId("SupportAccess", named.id) }) },
    select: "supportAccess { expiresOn isOpen }",
    expected: firstOf(
      unless(named === null || isHolder, "NOT_FOUND"),
      unless(isHolder, "FORBIDDEN"),
      unless(!isOver(facts, expiresOn), "BAD_USER_INPUT"),
      unless(isLive && (named === null || named.id === lastGrant(facts)?.id), "CONFLICT"),
    ),
    check: (after, payload) => {
      expect(payload.supportAccess).toEqual({ expiresOn, isOpen: true });
      expect(isSupportLive(after.file, after.now)).toBe(true);
    },
  };
};

export const revokeSupportAccess: Maker = ({ facts, dice }) => {
  // Not all the time, or there would hardly be an agent.
  if (dice.chance(0.5)) return null;
  const as = somebodyWith(facts, dice, "MANAGE_SUPPORT_ACCESS");
  const confirm = dice.chance(0.7);
  const isHolder = holds(facts.file, as, "MANAGE_SUPPORT_ACCESS", facts.now);
  return {
    mutation: "revokeSupportAccess",
    as,
    input: confirm ? { confirm } : {},
    select: "supportAccess { isOpen secondsLeft }",
    expected: firstOf(
      unless(isHolder, "FORBIDDEN"),
      unless(confirm, "CONFIRMATION_REQUIRED"),
      unless(isSupportLive(facts.file, facts.now), "CONFLICT"),
    ),
    check: (after, payload) => {
      expect(payload.supportAccess).toEqual({ isOpen: false, secondsLeft: 0 });
      expect(isSupportLive(after.file, after.now)).toBe(false);
    },
  };
};
