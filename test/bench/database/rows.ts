import { asId } from "../../../src/kernel/id.ts";
import { FOREVER, NEVER } from "../../../src/kernel/instant.ts";
import { fieldsOf, matches } from "../../../src/policy/criteria/criteria.ts";
import { criteriaKey, partyKey } from "../../../src/policy/model/grant-key.ts";
import type { Party as PolicyParty } from "../../../src/policy/model/org.ts";
import { type DataSet, valuesOf } from "../data-set/data-set.ts";
import type { Party } from "../data-set/party.ts";
import { FIRST_AT } from "../data-set/place.ts";
import { PER_OTHER } from "../data-set/size.ts";
import { MODULES } from "../data-set/values.ts";
import type { Cell } from "./bulk.ts";
import { type Known, recipientOf } from "./known.ts";

type Rows = Iterable<readonly Cell[]>;

export const RECORD =
  "orgId id moduleId key name ownerId ownerSeq ownerRoleId createdById values createdAt updatedAt".split(" ");

/** Every record of every module, about in the order of time. @param count hears of every record's owner. */
export function* recordRows(
  dataSet: DataSet,
  known: Known,
  count: (module: number, owner: number) => void,
): Rows {
  const { places, staff } = dataSet;
  const userId = (user: number) => known.userIds[user] ?? "";
  const row = (module: number, place: number): readonly Cell[] => {
    const owner = dataSet.ownerOf(module, place);
    count(module, owner);
    const createdAt = new Date(places.createdAt(module, place));
    return [
      known.orgId,
      places.id(module, place),
      known.moduleIds[module] ?? null,
      `k${String(place).padStart(7, "0")}`,
      dataSet.nameOf(module, place),
      userId(owner),
      owner,
      known.roleIds[staff.users[owner]?.role ?? -1] ?? null,
      userId(owner),
      JSON.stringify(valuesOf(dataSet, module, place, userId)),
      createdAt,
      createdAt,
    ];
  };
  for (let place = 0; place < places.count(0); place += 1) {
    yield row(0, place);
    if ((place + 1) % PER_OTHER > 0) continue;
    for (const module of MODULES.slice(1)) yield row(module, Math.floor(place / PER_OTHER));
  }
}

export const SHARE =
  "orgId id recordId party partyKind userId roleId groupId level expiresAt includeRelated sharedById createdAt".split(
    " ",
  );

export function* shareRows(dataSet: DataSet, known: Known): Rows {
  const createdAt = new Date(FIRST_AT);
  let at = 0;
  for (const { module, place, party, level, expiresAt } of dataSet.shares()) {
    const { userId, roleId, groupId } = recipientOf(known, party);
    yield [
      known.orgId,
      shareId(at),
      dataSet.places.id(module, place),
      partyKey(policyParty(known, party)),
      party.kind,
      userId,
      roleId,
      groupId,
      level,
      expiresAt === null ? null : new Date(expiresAt),
      false,
      null,
      createdAt,
    ];
    at += 1;
  }
}

export const GRANT =
  "orgId moduleId key recordId ownerSeq readUntil updateUntil deleteUntil shareUntil".split(" ");

/** The grants that shares give, each until the share's end, and none for what its level does not admit. */
export function* grantRowsOfShares(dataSet: DataSet, known: Known): Rows {
  for (const { module, place, party, level, expiresAt } of dataSet.shares()) {
    const until = expiresAt ?? FOREVER;
    const isWriting = level !== "READ_ONLY";
    const isFull = level === "FULL";
    yield [
      known.orgId,
      known.moduleIds[module] ?? null,
      partyKey(policyParty(known, party)),
      dataSet.places.id(module, place),
      dataSet.ownerOf(module, place),
      until,
      isWriting ? until : NEVER,
      isFull ? until : NEVER,
      isFull ? until : NEVER,
    ];
  }
}

/** The matches of the criteria rules, by the policy's own evaluation. All of them are about the big module. */
export function* grantRowsOfCriteria(dataSet: DataSet, known: Known, seen: () => void): Rows {
  const userId = (user: number) => known.userIds[user] ?? "";
  const rules = dataSet.rules.flatMap(({ criteria }, at) => {
    const id = asId<"SharingRule">(known.ruleIds[at] ?? "");
    return criteria === null ? [] : [{ criteria, key: criteriaKey({ id, generation: 1 }) }];
  });
  // No others are made: a record has ten of them.
  const fields = new Set(rules.flatMap(({ criteria }) => [...fieldsOf(criteria)]));
  for (let place = 0; place < dataSet.places.count(0); place += 1) {
    const values = valuesOf(dataSet, 0, place, userId, fields);
    for (const { criteria, key } of rules) {
      if (!matches(criteria, values)) continue;
      const id = dataSet.places.id(0, place);
      const owner = dataSet.ownerOf(0, place);
      yield [known.orgId, known.moduleIds[0] ?? null, key, id, owner, FOREVER, FOREVER, FOREVER, FOREVER];
    }
    seen();
  }
}

function policyParty(known: Known, party: Party): PolicyParty {
  const { userId, roleId, groupId } = recipientOf(known, party);
  switch (party.kind) {
    case "USER":
      return { kind: "USER", userId: asId(userId ?? "") };
    case "ROLE":
    case "ROLE_AND_SUBORDINATES":
      return { kind: party.kind, roleId: asId(roleId ?? "") };
    case "GROUP":
      return { kind: "GROUP", groupId: asId(groupId ?? "") };
  }
}

/** Ids of shares are nothing but different. */
function shareId(at: number): string {
  return `${FIRST_AT.toString(16)
    .padStart(12, "0")
    .replace(/^(.{8})/, "$1-")}-7000-8000-${at.toString(16).padStart(12, "0")}`;
}
