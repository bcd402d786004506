import { expect } from "vitest";
import type { Database } from "../../../src/database/database.ts";
import { applyOrganizationFile } from "../../../src/file/apply.ts";
import { asId, type RecordId, type RuleId } from "../../../src/kernel/id.ts";
import { matches } from "../../../src/policy/criteria/criteria.ts";
import { criteriaKey } from "../../../src/policy/model/grant-key.ts";
import type { SharingRule } from "../../../src/policy/model/org.ts";
import type { FieldValues } from "../../../src/policy/model/values.ts";
import { type Jobs, type JobsOptions, openJobs } from "../../../src/store/core/jobs/jobs.ts";
import { type Viewer, viewerOf } from "../../../src/store/core/viewer.ts";
import { createRecord } from "../../../src/store/records/create.ts";
import { deleteRecord } from "../../../src/store/records/delete.ts";
import { updateRecord } from "../../../src/store/records/update.ts";
import { createSharingRule } from "../../../src/store/sharing/rule/create.ts";
import { BACKGROUND, type Store, storeOver } from "../../../src/store/store.ts";
import type { OpenDatabase } from "../../database.ts";

export const NOW = Date.parse("2026-12-01T12:00:00Z");
export const RECORDS = 40;

/** Forty records, `r-00` to `r-39` in the order of their ids, of which every fourth is won. */
export const FILE = `sightline: 1
organization: { key: acme, name: Acme, timeZone: UTC, edition: ENTERPRISE, seats: { regular: 9, team: 0 }, superAdmin: root@acme.test }
roles: { ceo: { name: CEO }, rep: { name: Rep, parent: ceo }, clerk: { name: Clerk, parent: ceo } }
users:
  root@acme.test: { name: Root, role: ceo, profile: administrator }
  ray@acme.test: { name: Ray, role: rep }
  cy@acme.test: { name: Cy, role: clerk }
modules:
  leads: { label: Leads, fields: { status: { type: PICKLIST, options: [new, won] }, size: { type: NUMBER } } }
  other: { label: Other }
records:
  other: { o-1: { owner: ray@acme.test, name: Other } }
  leads:
${Array.from({ length: RECORDS }, (_, at) => {
  const n = String(at).padStart(2, "0");
  return `    r-${n}: { owner: ray@acme.test, name: R ${n}, values: { status: ${at % 4 === 0 ? "won" : "new"}, size: ${at} }, createdAt: 2026-10-01T08:00:${n}Z }`;
}).join("\n")}
shares: [ { record: leads/r-00, to: { user: cy@acme.test }, access: READ_ONLY } ]
`;

export const WON = { compare: { field: "status", op: "EQ", value: "won" } } as const;
export const BIG = { compare: { field: "size", op: "GTE", value: 30 } } as const;
/** How many records of the file are won, and how many are big. */
export const OF_WON = RECORDS / 4;
export const OF_BIG = RECORDS - 30;

export type World = {
  readonly store: Store;
  readonly database: Database;
  readonly url: string;
  readonly clock: { at: number };
  /** A person under the policy of now. */
  readonly as: (email: string) => Promise<Viewer>;
  /** Background work over the database, or over one that behaves otherwise; batches of at most five. */
  readonly background: (database?: Database, options?: JobsOptions) => Jobs;
  /** Makes a rule on leads to clerks. The store itself does nothing in the background. */
  readonly make: (criteria: typeof WON | typeof BIG, more?: object) => Promise<RuleId>;
  readonly record: (key: string) => Promise<RecordId>;
  readonly setStatus: (key: string, status: "new" | "won") => Promise<void>;
  readonly add: (status: "new" | "won") => Promise<RecordId>;
  readonly remove: (key: string) => Promise<void>;
  readonly row: (id: RuleId) => Promise<Row>;
  /** The records that are stored as matches of the rule's generation, and those that should be, in one order. */
  readonly found: (
    id: RuleId,
  ) => Promise<{ readonly stored: readonly string[]; readonly right: readonly string[] }>;
  /** How many rows are stored under keys of the rule, of any generation. */
  readonly stored: (id: RuleId) => Promise<number>;
};

type Row = Awaited<ReturnType<Database["reader"]["sharingRule"]["findFirstOrThrow"]>>;

export async function openWorld(open: OpenDatabase): Promise<World> {
  const { database, url } = await open();
  await applyOrganizationFile(database, { text: FILE, name: "acme.yaml" }, null, { now: NOW });
  const clock = { at: NOW };
  const store = storeOver(database, { now: () => clock.at });
  await store.jobs.stop();

  async function as(email: string): Promise<Viewer> {
    const policy = await store.policies.get("acme");
    const user = policy?.usersByEmail.get(email);
    if (!policy || !user) throw new Error(`${email} is not there`);
    return viewerOf(store, policy, user, clock.at);
  }

  async function record(key: string): Promise<RecordId> {
    const row = await database.reader.record.findFirstOrThrow({ where: { key }, select: { id: true } });
    return asId(row.id);
  }

  const row = (id: RuleId) => database.reader.sharingRule.findFirstOrThrow({ where: { id } });
  const grants = () => database.reader.recordGrant.findMany({ select: { key: true, recordId: true } });
  let count = 0;
  return {
    store,
    database,
    url,
    clock,
    as,
    background: (over = database, options = {}) =>
      openJobs(BACKGROUND, { database: over, clock: { now: () => clock.at } }, { maxBatch: 5, ...options }),
    async make(criteria, more = {}) {
      const root = await as("root@acme.test");
      count += 1;
      const { ruleId } = await createSharingRule(root, {
        module: "leads",
        name: `Rule ${count}`,
        key: `rule-${count}`,
        source: null,
        criteria,
        target: {
          kind: "ROLE",
          roleId: [...root.policy.roles.values()].find((role) => role.key === "clerk")!.id,
        },
        level: "READ_ONLY",
        includeSuperiors: false,
        expiresAt: null,
        ...more,
      });
      return ruleId;
    },
    record,
    async setStatus(key, status) {
      await updateRecord(await as("ray@acme.test"), { recordId: await record(key), values: { status } });
    },
    async add(status) {
      const made = { module: "leads", name: "New", values: { status, size: 0 }, ownerId: null };
      return (await createRecord(await as("ray@acme.test"), made)).recordId;
    },
    async remove(key) {
      await deleteRecord(await as("root@acme.test"), await record(key));
    },
    row,
    async found(id) {
      const rule = (await as("root@acme.test")).policy.org.rules.find(
        (each) => each.id === id,
      ) as SharingRule;
      const records = await database.reader.record.findMany({
        where: { module: { key: "leads" } },
        orderBy: { id: "asc" },
      });
      const { criteria } = rule;
      if (criteria === null || criteria === "UNREADABLE") throw new Error("the rule has no criteria");
      return {
        stored: (await grants())
          .filter(({ key }) => key === criteriaKey(rule))
          .map(({ recordId }) => recordId)
          .sort(),
        right: records
          .filter(({ values }) => matches(criteria, values as FieldValues))
          .map((each) => each.id),
      };
    },
    stored: async (id) => (await grants()).filter(({ key }) => key.startsWith(`c:${id}#`)).length,
  };
}

/** A database that does something of its own after its n-th write, before whoever wrote goes on. */
export function afterWrite(database: Database, nth: number, then: () => Promise<void>): Database {
  let count = 0;
  return {
    ...database,
    async write(work, options) {
      const result = await database.write(work, options);
      count += 1;
      if (count === nth) await then();
      return result;
    },
  };
}

/** A database that fails from its n-th write on, as one does whose process dies; `times` of them in all. */
export function failingAt(database: Database, nth: number, times = Number.POSITIVE_INFINITY): Database {
  let count = 0;
  return {
    ...database,
    write(work, options) {
      count += 1;
      if (count >= nth && count < nth + times) return Promise.reject(new Error("the process died"));
      return database.write(work, options);
    },
  };
}

/** A database that keeps its first write open, when its work is done, until it is told to go on. */
export function heldOpen(database: Database) {
  const reached = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  let isFirst = true;
  const holding: Database = {
    ...database,
    write: (work, options) =>
      database.write(async (tx) => {
        const result = await work(tx);
        if (isFirst) {
          isFirst = false;
          reached.resolve();
          await held.promise;
        }
        return result;
      }, options),
  };
  return { database: holding, reached: reached.promise, release: () => held.resolve() };
}

/** A database that tells when its first write has begun. */
export function begun(database: Database) {
  const hasBegun = Promise.withResolvers<void>();
  const telling: Database = {
    ...database,
    write: (work, options) =>
      database.write((tx) => {
        hasBegun.resolve();
        return work(tx);
      }, options),
  };
  return { database: telling, hasBegun: hasBegun.promise };
}

/** The rule is in force, with the matches that its criteria mean, each once. */
export async function expectApplied(world: World, id: RuleId, count: number): Promise<void> {
  const { stored, right } = await world.found(id);
  expect(stored).toEqual(right);
  expect(stored).toHaveLength(count);
  const records = await world.database.reader.record.count({ where: { module: { key: "leads" } } });
  expect(await world.row(id)).toMatchObject({
    status: "ACTIVE",
    appliedRecords: records,
    totalRecords: records,
    appliedUpToId: null,
    isBroken: false,
  });
}
