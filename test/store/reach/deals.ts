import type { Database } from "../../../src/database/database.ts";
import { asId, type Id } from "../../../src/kernel/id.ts";
import { FOREVER } from "../../../src/kernel/instant.ts";
import type { Reach } from "../../../src/policy/ask/reach.ts";
import type { Field, FieldType } from "../../../src/policy/model/org.ts";
import { addSeq, emptyMask, type SeqMask } from "../../../src/policy/model/owners.ts";
import type { Operand, Reached } from "../../../src/store/reach/query.ts";
import { type Inserted, insertRecords } from "../../../src/store/reach/rows/insert.ts";

/** Every id of this world by what it is of, and back: a statement is read by names. */
export const NAMES = new Map<string, string>();

/** The same id for the same noun and name, always; ids of records rise as they are named. */
export function named<Noun extends string>(noun: Noun, name: string): Id<Noun> {
  const known = [...NAMES].find(([, each]) => each === `${noun.toLowerCase()} ${name}`)?.[0];
  if (known !== undefined) return asId(known);
  const id = `00000000-0000-7000-8000-${String(NAMES.size + 1).padStart(12, "0")}`;
  NAMES.set(id, `${noun.toLowerCase()} ${name}`);
  return asId(id);
}

export const NOW = Date.parse("2026-12-01T12:00:00Z");

export const ORG = named("Organization", "acme");
export const DEALS = named("Module", "deals");
export const ACCOUNTS = named("Module", "accounts");
const ROLES = ["sales", "service"] as const;
/** By `User.seq`. */
const PEOPLE = ["root", "ann", "ben", "cem", "dee", "eva", "fay", "gus", "hal", "ida", "jon", "kim"] as const;
export type Person = (typeof PEOPLE)[number];

export const roleId = (name: (typeof ROLES)[number]) => named("Role", name);
export const userId = (name: Person) => named("User", name);
export const dealId = (at: number) => named("Record", `deal ${at}`);
export const accountId = (at: number) => named("Record", `account ${at}`);

/** Keys of grants: of a share with a user or a group, and of the matches of a rule. */
export const SHARED_WITH_ANN = `u:${userId("ann")}`;
export const SHARED_WITH_REPS = `g:${named("Group", "reps")}`;
export const HOT_DEALS = `c:${named("Rule", "hot deals")}#1`;
export const OLD_DEALS = `c:${named("Rule", "old deals")}#3`;

const DEAL_COUNT = 12;
for (let at = 1; at <= DEAL_COUNT; at += 1) dealId(at);
accountId(1);

/** Fills an empty database: deals of ann's and ben's, so that a page of them is full without any grant. */
export async function makeDeals(database: Database): Promise<void> {
  const { kind } = database;
  await database.write(async (tx) => {
    const createdAt = new Date(NOW);
    const org = {
      id: ORG,
      key: "acme",
      name: "Acme",
      timeZone: "UTC",
      regularSeats: 20,
      teamSeats: 0,
      createdAt,
    };
    await tx.organization.create({ data: { ...org, edition: "ENTERPRISE" } });
    await tx.role.createMany({ data: ROLES.map((key) => ({ orgId: ORG, id: roleId(key), key, name: key })) });
    await tx.user.createMany({
      data: PEOPLE.map((name, seq) => ({
        ...{ orgId: ORG, id: userId(name), seq, name, createdAt },
        ...{ status: "ACTIVE" as const, license: "REGULAR" as const },
      })),
    });
    const modules = [DEALS, ACCOUNTS].map((id, position) => ({
      orgId: ORG,
      id,
      position,
      key: NAMES.get(id) ?? "",
    }));
    await tx.module.createMany({ data: modules.map((module) => ({ ...module, label: module.key })) });
    const deals = Array.from({ length: DEAL_COUNT }, (_, at) => deal(at + 1, at % 2 === 0 ? "ann" : "ben"));
    await insertRecords(kind, tx, { orgId: ORG, moduleId: DEALS }, deals);
    const account = { ...deal(1, "ann"), id: accountId(1), values: {} };
    await insertRecords(kind, tx, { orgId: ORG, moduleId: ACCOUNTS }, [account]);
  });
}

export function deal(at: number, owner: Person): Inserted {
  return {
    id: dealId(at),
    key: `deal-${at}`,
    name: `Deal ${at}`,
    ownerId: userId(owner),
    ownerSeq: seqOf(owner),
    ownerRoleId: roleId("sales"),
    createdById: userId(owner),
    values: { amount: 100 * at, account: accountId(1) },
    createdAt: new Date(NOW),
  };
}

const seqOf = (name: Person): number => PEOPLE.indexOf(name);

export function ownersOf(...people: readonly Person[]): SeqMask {
  const mask = emptyMask(PEOPLE.length);
  for (const name of people) addSeq(mask, seqOf(name));
  return mask;
}

/** A reach with a condition; what is not said is empty. */
function some(parts: Partial<Extract<Reach, { kind: "SOME" }>>): Reach {
  return {
    ...{
      kind: "SOME",
      validUntil: FOREVER,
      ownerMask: ownersOf(),
      roles: [],
      loneOwners: [],
      movingOwners: [],
      keys: new Map(),
    },
    ...parts,
  };
}

/** Who asks, in the words that begin the sentence of a question. */
export const REACHES = {
  everything: { kind: "EVERYTHING", validUntil: FOREVER },
  own: some({ ownerMask: ownersOf("ann"), loneOwners: [userId("ann")] }),
  team: some({
    ownerMask: ownersOf("ann", "ben", "cem", "dee"),
    roles: [roleId("sales"), roleId("service")],
    loneOwners: [userId("dee")],
    keys: new Map([
      [SHARED_WITH_ANN, null],
      [SHARED_WITH_REPS, null],
    ]),
  }),
  grants: some({
    keys: new Map([
      [SHARED_WITH_ANN, null],
      [SHARED_WITH_REPS, null],
    ]),
  }),
  rules: some({
    ownerMask: ownersOf("ann", "ben"),
    roles: [roleId("sales")],
    keys: new Map([
      [SHARED_WITH_ANN, null],
      [SHARED_WITH_REPS, ownersOf("cem", "dee")],
      [HOT_DEALS, null],
      [OLD_DEALS, null],
    ]),
  }),
  crowd: some({
    ownerMask: ownersOf(...PEOPLE.slice(1, 10)),
    roles: [roleId("sales")],
    loneOwners: PEOPLE.slice(2, 10).map(userId),
  }),
} as const satisfies { readonly [name: string]: Reach };

export function reached(reach: Reach, moduleId = DEALS): Reached {
  return { orgId: ORG, moduleId, reach, action: "READ", now: NOW };
}

/** A field of deals; `account` is a lookup, of whose targets `reach` is what is seen. */
export function field(key: string, type: FieldType, reach?: Reach): Operand {
  const lookupModuleId = type === "LOOKUP" ? ACCOUNTS : null;
  const about: Omit<Field, "type" | "lookupModuleId"> = {
    id: named("Field", key),
    key,
    label: null,
    isRequired: false,
    options: [],
    version: 0,
  };
  return {
    kind: "FIELD",
    field: { ...about, type, lookupModuleId },
    target: reach === undefined ? null : reached(reach, ACCOUNTS),
  };
}
