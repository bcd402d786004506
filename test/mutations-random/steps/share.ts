import { expect } from "vitest";
import { toGlobalId } from "../../../src/kernel/global-id.ts";
import type { RuleTarget, ShareLevel } from "../../oracle/file.ts";
import { FORECASTS } from "../../oracle/gates.ts";
import { may } from "../../oracle/oracle.ts";
import type { Dice } from "../../random/dice.ts";
import { type Facts, moduleKeyOf, peopleOf, type RecordRow, recordId, rowOf } from "../facts.ts";
import { partyOf } from "../file.ts";
import { isSameParty, randomParty } from "../plausible/party.ts";
import {
  actionsOf,
  firstOf,
  mayAsk,
  mayOn,
  permits,
  somebody,
  somebodyAndRecord,
  unless,
} from "../plausible/predict.ts";
import type { Maker } from "../step.ts";
import { mayGive, mayRead, sharesOf } from "./owner.ts";

/** More shares than these are not made. */
const MANY = 40;

export const shareRecord: Maker = ({ facts, dice }) => {
  const level = dice.pick(["READ_ONLY", "READ_WRITE", "FULL"] as const);
  // Now and then by somebody who may share, but cannot do themselves what the level gives (SH-42).
  const found =
    (dice.chance(0.3) ? lesser(facts, dice, level) : null) ?? somebodyAndRecord(facts, dice, "SHARE");
  if (found === null || facts.rows.shares.length > MANY) return null;
  const { as, record } = found;
  const module = moduleKeyOf(facts.rows, record);
  const { input, party } = randomParty(facts, dice);
  const end = dice.weighted([
    [4, null],
    [3, facts.now + dice.between(1, 40) * 300_000],
    [0.5, facts.now],
  ] as const);
  const user = party !== null && party !== "everyone" && "user" in party ? party.user : null;
  return {
    mutation: "shareRecord",
    as,
    input: {
      id: recordId(record),
      with: input,
      level,
      ...(end === null ? {} : { expiresAt: new Date(end).toISOString() }),
    },
    select: "id record { id } share { id level }",
    expected: firstOf(
      unless(end === null || end > facts.now, "BAD_USER_INPUT"),
      unless(mayOn(facts, as, "READ", record) && party !== null, "NOT_FOUND"),
      unless(module !== FORECASTS, "BAD_USER_INPUT"),
      unless(mayGive(facts, as, record, level), "FORBIDDEN"),
      unless(user === null || mayRead(facts, user, module), "BAD_USER_INPUT"),
      unless(user === null || !hasAlready(facts, user, record, { level, end }), "ALREADY_VISIBLE"),
    ),
    check: (after, payload) => {
      expect(payload).toMatchObject({ id: recordId(record), record: { id: recordId(record) } });
      const line = `${JSON.stringify(party)} ${level} ${end === null ? "for ever" : new Date(end).toISOString()}`;
      const shares = sharesOf(after, record);
      expect(shares.filter((each) => each.startsWith(`${JSON.stringify(party)} `))).toEqual([line]);
    },
  };
};

/** Somebody who may share a record at some level, but not at this one. */
function lesser(facts: Facts, dice: Dice, level: ShareLevel) {
  const people = peopleOf(facts).filter((email) => mayAsk(facts, email));
  const pairs = people.flatMap((as) => facts.rows.records.map((record) => ({ as, record })));
  const fitting = pairs.filter(
    ({ as, record }) => mayOn(facts, as, "SHARE", record) && !mayGive(facts, as, record, level),
  );
  return fitting.length === 0 ? null : dice.pick(fitting);
}

/** After every expiry there is. */
const END_OF_TIME = 8.64e15;

/** SH-43: every action of the level, by other paths than a share to that very user, until the share would end. */
function hasAlready(
  facts: Facts,
  user: string,
  record: RecordRow,
  { level, end }: { readonly level: ShareLevel; readonly end: number | null },
): boolean {
  const module = moduleKeyOf(facts.rows, record);
  const place = `${module}/${record.key}`;
  const file = {
    ...facts.file,
    shares: (facts.file.shares ?? []).filter(
      ({ record: shared, to }) => shared !== place || !isSameParty(to, { user }),
    ),
  };
  const now = (end ?? END_OF_TIME) - 1;
  return actionsOf(level).every((action) => may(file, { user, action, module, recordKey: record.key, now }));
}

export const unshareRecord: Maker = ({ facts, dice }) => {
  const { rows } = facts;
  if (rows.shares.length === 0) return null;
  const share = dice.pick(rows.shares);
  const record = rowOf(rows.records, share.recordId);
  const as = somebody(facts, dice, (email) => mayOn(facts, email, "SHARE", record), 0.75);
  return {
    mutation: "unshareRecord",
    as,
    input: { share: toGlobalId("RecordShare", share.id) },
    select: "id record { id }",
    expected: firstOf(unless(mayOn(facts, as, "SHARE", record), "NOT_FOUND")),
    check: (after, payload) => {
      expect(payload.id).toBe(recordId(record));
      expect(payload.record !== null).toBe(mayOn(after, as, "READ", record));
      expect(after.rows.shares.map(({ id }) => id)).toEqual(
        rows.shares.map(({ id }) => id).filter((id) => id !== share.id),
      );
    },
  };
};

export const revokeShares: Maker = ({ facts, dice }) => {
  const { rows } = facts;
  const parties = rows.shares.map((share) => partyOf(rows, { ...share, kind: share.partyKind }));
  const named = randomParty(facts, dice);
  const { input, party } =
    parties.length > 0 && dice.chance(0.6) ? pickedOf(facts, dice.pick(parties)) : named;
  const as = somebody(facts, dice);
  const module = dice.chance(0.3) ? dice.pick(rows.modules).key : null;
  const gone = rows.shares.filter((share) => {
    const record = rowOf(rows.records, share.recordId);
    const to = partyOf(rows, { ...share, kind: share.partyKind });
    if (party === null || !isSameParty(to, party)) return false;
    if (module !== null && moduleKeyOf(rows, record) !== module) return false;
    return mayOn(facts, as, "SHARE", record);
  });
  const isOpen = rows.modules.some(
    ({ key }) => (module === null || module === key) && permits(facts, as, key, "SHARE"),
  );
  return {
    mutation: "revokeShares",
    as,
    input: { with: input, ...(module === null ? {} : { module }) },
    select: "revokedShares",
    events: gone.length,
    expected: firstOf(unless(party !== null, "NOT_FOUND"), unless(isOpen, "FORBIDDEN")),
    check: (after, payload) => {
      expect(payload.revokedShares).toBe(gone.length);
      const ids = new Set(gone.map(({ id }) => id));
      expect(after.rows.shares.map(({ id }) => id)).toEqual(
        rows.shares.map(({ id }) => id).filter((id) => !ids.has(id)),
      );
    },
  };
};

/** The party as a client names it. */
function pickedOf({ rows }: Facts, party: RuleTarget) {
  return { input: inputOf(rows, party), party };
}

function inputOf({ users, roles, groups }: Facts["rows"], party: RuleTarget): object {
  if (party === "everyone") return { everyone: true };
  if ("user" in party)
    return { user: toGlobalId("User", idOf(users.find(({ email }) => email === party.user))) };
  if ("role" in party) return { role: toGlobalId("Role", idOf(roles.find(({ key }) => key === party.role))) };
  if ("roleAndSubordinates" in party) {
    const role = roles.find(({ key }) => key === party.roleAndSubordinates);
    return { roleAndSubordinates: toGlobalId("Role", idOf(role)) };
  }
  return { group: toGlobalId("Group", idOf(groups.find(({ key }) => key === party.group))) };
}

function idOf(row: { readonly id: string } | undefined): string {
  if (row === undefined) throw new Error("a share names a party that is gone");
  return row.id;
}
