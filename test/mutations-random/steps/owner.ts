import { expect } from "vitest";
import type { ShareEntry, ShareLevel } from "../../oracle/file.ts";
import { FORECASTS, isTeamModule, mayInGates } from "../../oracle/gates.ts";
import { at, findPerson } from "../../oracle/people.ts";
import { addressOf, type Facts, moduleKeyOf, type RecordRow, recordId, userId } from "../facts.ts";
import {
  actionsOf,
  firstOf,
  isEligible,
  mayOn,
  permits,
  somebody,
  somebodyAndRecord,
  unless,
} from "../plausible/predict.ts";
import type { Maker } from "../step.ts";
import { ineligible, isReadIffReached, ownerOf } from "./record.ts";

export const changeOwner: Maker = ({ facts, dice }) => {
  const found = somebodyAndRecord(facts, dice, "CHANGE_OWNER");
  if (found === null) return null;
  const { as, record } = found;
  const module = moduleKeyOf(facts.rows, record);
  const people = facts.rows.users;
  const eligible = people.filter((user) => isEligible(facts, addressOf(user), module));
  const owner = dice.pick(eligible.length > 0 && dice.chance(0.8) ? eligible : people);
  const keepShares = dice.weighted([
    [3, undefined],
    [2, false],
    [1, true],
  ] as const);
  const keeps = dice.weighted([
    [4, undefined],
    [1, "NOTHING"],
    [1, "READ_ONLY"],
    [1, "READ_WRITE"],
    [1, "FULL"],
  ] as const);
  const level = keeps === "NOTHING" ? undefined : keeps;
  const previous = ownerOf(facts, record);
  const isThere = (email: string) => (findPerson(facts.file, email)?.entry.status ?? "DELETED") !== "DELETED";
  return {
    mutation: "changeOwner",
    as,
    input: {
      id: recordId(record),
      owner: userId(owner),
      ...(keepShares === undefined ? {} : { keepShares }),
      ...(keeps === undefined ? {} : { previousOwnerKeeps: keeps }),
    },
    select: "id record { id owner { id } }",
    expected: firstOf(
      unless(mayOn(facts, as, "READ", record), "NOT_FOUND"),
      unless(isThere(addressOf(owner)), "NOT_FOUND"),
      unless(level === undefined || module !== FORECASTS, "BAD_USER_INPUT"),
      unless(level === undefined || isThere(previous), "NOT_FOUND"),
      unless(mayOn(facts, as, "CHANGE_OWNER", record), "FORBIDDEN"),
      unless(level === undefined || mayGive(facts, as, record, level), "FORBIDDEN"),
      ineligible(facts, addressOf(owner), module),
      unless(level === undefined || mayRead(facts, previous, module), "BAD_USER_INPUT"),
      unless(addressOf(owner) !== previous, "CONFLICT"),
    ),
    check: (after, payload) => {
      const handed = after.rows.records.find(({ id }) => id === record.id);
      if (!handed) throw new Error("the record is gone");
      expect(ownerOf(after, handed)).toBe(addressOf(owner));
      isReadIffReached(after, as, handed, payload);
      const keeping = { keepShares: keepShares ?? true, keeps };
      expect(sharesOf(after, handed)).toEqual(
        sharesWanted(facts, record, { ...keeping, previous, owner: addressOf(owner) }),
      );
    },
  };
};

/** UA-64: what goes is decided record by record in the background; here, whether it may begin. */
export const massChangeOwner: Maker = ({ facts, dice }) => {
  const { rows, file, now } = facts;
  const from = dice.pick(rows.users);
  const to = dice.pick(rows.users);
  const modules = dice.chance(0.8) ? dice.sample(rows.modules, dice.between(1, 2)) : null;
  const keys = (modules ?? rows.modules).map(({ key }) => key);
  const hands = (user: string, module: string) =>
    mayInGates(file, { user, action: "READ", module, recordKey: "", now }) &&
    permits(facts, user, module, "CHANGE_OWNER");
  const as = somebody(facts, dice, (email) => keys.every((key) => hands(email, key)), 0.8);
  const mayIn = (module: string) => hands(as, module);
  const isThere = (user: (typeof rows.users)[number]) => user.license !== "SUPPORT";
  const open = modules === null ? keys.filter(mayIn) : keys;
  return {
    mutation: "massChangeOwner",
    as,
    input: {
      from: userId(from),
      to: userId(to),
      ...(modules === null ? {} : { modules: modules.map(({ key }) => key) }),
    },
    select: "transfer { id endedAt }",
    expected: firstOf(
      unless(isThere(from), "NOT_FOUND"),
      unless(isThere(to) && to.status !== "DELETED", "NOT_FOUND"),
      unless(modules === null ? keys.some(mayIn) : keys.every(mayIn), "FORBIDDEN"),
      unless(from.id !== to.id, "BAD_USER_INPUT"),
      ...(modules === null ? [] : keys.map((key) => ineligible(facts, addressOf(to), key))),
      unless(
        open.some((key) => isEligible(facts, addressOf(to), key)),
        "BAD_USER_INPUT",
      ),
      ...running(
        facts,
        as,
        from.id,
        to.id,
        open.filter((key) => isEligible(facts, addressOf(to), key)),
      ),
    ),
    check: (after, { transfer }) => {
      expect(transfer.endedAt).toBeNull();
      expect(after.rows.transfers.map(({ id }) => id)).toContain(transfer.id);
    },
  };
};

/** UA-64: the very same is refused as long as it runs, and more than five of one person's are. */
function running({ rows }: Facts, as: string, fromId: string, toId: string, keys: readonly string[]) {
  const starter = rows.users.find((user) => addressOf(user) === as);
  const begun = rows.transfers.filter(
    ({ startedById, endedAt }) => startedById === starter?.id && endedAt === null,
  );
  const ids = rows.modules.filter(({ key }) => keys.includes(key)).map(({ id }) => id);
  const isSame = begun.some(
    (each) =>
      each.fromId === fromId &&
      each.toId === toId &&
      each.scope === "ADMITTED" &&
      [...(each.modules as string[])].sort().join() === [...ids].sort().join(),
  );
  return [unless(!isSame, "CONFLICT"), unless(begun.length < 5, "LIMIT_EXCEEDED")];
}

/** SH-42: a level may be given by who may share, and may do each of its actions. */
export function mayGive(facts: Facts, as: string, record: RecordRow, level: ShareLevel): boolean {
  return ["SHARE" as const, ...actionsOf(level)].every((action) => mayOn(facts, as, action, record));
}

/** SH-43: active, with `VIEW` on the module. */
export function mayRead({ file, now }: Facts, user: string, module: string): boolean {
  return mayInGates(file, { user, action: "READ", module, recordKey: "", now });
}

/** The shares of a record, sorted. */
export function sharesOf({ rows, file }: Facts, record: RecordRow): readonly string[] {
  const place = `${moduleKeyOf(rows, record)}/${record.key}`;
  return (file.shares ?? [])
    .filter((share) => share.record === place)
    .map(lineOf)
    .sort();
}

function lineOf({ to, access, expiresAt }: Omit<ShareEntry, "record">): string {
  return `${JSON.stringify(to)} ${access} ${expiresAt ?? "for ever"}`;
}

type Handed = {
  readonly previous: string;
  readonly owner: string;
  readonly keepShares: boolean;
  readonly keeps: ShareLevel | "NOTHING" | undefined;
};

/** SH-45: shares stay unless said otherwise, that to the new owner too; what the previous owner keeps; TU-21. */
function sharesWanted(before: Facts, record: RecordRow, handed: Handed): readonly string[] {
  const { rows, file } = before;
  const { previous, keepShares, keeps } = handed;
  const module = moduleKeyOf(rows, record);
  const shares = (file.shares ?? []).filter((share) => share.record === `${module}/${record.key}`);
  const isTo = (email: string) => (share: ShareEntry) => "user" in share.to && share.to.user === email;
  const others = shares.filter((share) => !isTo(previous)(share));
  const kept = keepShares ? others.map(lineOf) : [];
  if (keeps === "NOTHING") return kept.sort();
  if (keeps !== undefined) return [...kept, lineOf({ to: { user: previous }, access: keeps })].sort();
  const own = keepShares ? shares.find(isTo(previous)) : undefined;
  const role = at(findPerson(file, previous)?.entry.teamModules, module);
  const isRequester = isTeamModule(file, module) && role === "REQUESTER";
  if (isRequester && (own === undefined || own.expiresAt !== undefined))
    return [...kept, lineOf({ to: { user: previous }, access: "READ_ONLY" })].sort();
  return [...kept, ...(own === undefined ? [] : [lineOf(own)])].sort();
}
