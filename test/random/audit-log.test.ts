import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Database } from "../../src/database/database.ts";
import { applyOrganization } from "../../src/file/apply.ts";
import { parseOrganizationFile } from "../../src/file/parse.ts";
import { type NodeType, toGlobalId } from "../../src/kernel/global-id.ts";
import { asId } from "../../src/kernel/id.ts";
import { type EventListArgs, listEvents } from "../../src/store/audit/read/list.ts";
import type { AuditRow } from "../../src/store/audit/scope/row.ts";
import { changesOf, targetOf } from "../../src/store/audit/shown/changes.ts";
import { appendAuditEvents } from "../../src/store/core/append-audit.ts";
import type { AuditEntry, Happening } from "../../src/store/core/audit-event.ts";
import { type Viewer, viewerOf } from "../../src/store/core/viewer.ts";
import { storeOver } from "../../src/store/store.ts";
import { describeOnBoth } from "../database.ts";
import type { OrganizationFile } from "../oracle/file.ts";
import { holds, may } from "../oracle/oracle.ts";
import { findPerson, isSuperior, sameEmail } from "../oracle/people.ts";
import { diceOf } from "./dice.ts";
import { instantOf, interesting, randomOrganization, viewersOf } from "./organization.ts";

/** What an event of a test is about, in the words of the file. */
type About =
  | { readonly type: "Record"; readonly module: string; readonly key: string }
  | { readonly type: "Profile"; readonly key: string }
  | { readonly type: "SharingRule" | "Role" | "Group" | "Module" | "User" }
  | { readonly type: "GONE"; readonly of: "Record" | "Role" };

type Planned = {
  readonly actor: string | null;
  readonly about: About;
  readonly id: string;
  readonly at: number;
};

const EVENTS = 120;

describeOnBoth("SA-22 the log in random organisations", (open) => {
  test.each(Array.from({ length: 12 }, (_, at) => at + 1))(
    "SA-22 what each person reads of it is what the oracle says, seed %i",
    async (seed) => {
      const world = randomOrganization(seed);
      if (!interesting(world)) return;
      const { database } = await open();
      const now = instantOf(world);
      const file = parseOrganizationFile(JSON.stringify(world), `seed ${seed}`);
      const { orgId } = await applyOrganization(database, file, { now: now - 1_000_000 });
      const planned = await planEvents(database, world, seed, now);
      const userIds = await emailsById(database);
      await database.write((tx) =>
        appendAuditEvents(
          database,
          tx,
          orgId,
          planned.map((each) => entryOf(each, orgId, userIds)),
        ),
      );
      const store = storeOver(database, { now: () => now });
      const policy = await store.policies.get(world.organization.key);
      if (policy === null) throw new Error("the world is not there");
      const later = new Date(now - 900_000);
      for (const email of viewersOf(world)) {
        const user = policy.usersByEmail.get(email.toLowerCase());
        if (user === undefined) throw new Error(`${email} is not there`);
        const viewer = viewerOf(store, policy, user, now);
        const read = planned.filter((each) => reads(world, email, each, now)).toReversed();
        const rows = await walked(viewer, { filter: { from: later } }, 1 + (seed % 50));
        expect(
          rows.map(({ requestId }) => requestId),
          email,
        ).toEqual(read.map(({ id }) => id));
        for (const [at, row] of rows.entries()) {
          const isTold = tells(world, email, read[at]!.about, now);
          const [target, changes] = [await targetOf(viewer, row), await changesOf(viewer, row)];
          expect([target !== null, changes !== null], `${email} ${row.targetType}`).toEqual([isTold, isTold]);
        }
        for (const each of diceOf(seed).sample(planned, 12)) await agreeOnFilters(viewer, email, each);
      }

      async function agreeOnFilters(viewer: Viewer, email: string, { id, about, actor }: Planned) {
        const row = await database.reader.auditEvent.findFirstOrThrow({ where: { orgId, requestId: id } });
        const read = planned.filter((each) => reads(world, email, each, now)).toReversed();
        const target = toGlobalId(row.targetType as NodeType, row.targetId ?? "");
        const isTold = tells(world, email, about, now);
        const sameTarget = new Set(
          (await database.reader.auditEvent.findMany({ where: { orgId, targetId: row.targetId } })).map(
            ({ requestId }) => requestId,
          ),
        );
        const byTarget = await walked(viewer, { filter: { from: later, target } }, 100);
        expect(byTarget.map(({ requestId }) => requestId)).toEqual(
          isTold ? read.filter((each) => sameTarget.has(each.id)).map((each) => each.id) : [],
        );
        if (actor === null) return;
        const byActor = await walked(
          viewer,
          { filter: { from: later, actor: toGlobalId("User", userIds.get(actor) ?? "") } },
          100,
        );
        expect(byActor.map(({ requestId }) => requestId)).toEqual(
          read.filter((each) => each.actor === actor).map((each) => each.id),
        );
      }
    },
  );
});

async function emailsById(database: Database): Promise<ReadonlyMap<string, string>> {
  const rows = await database.reader.user.findMany({ select: { id: true, email: true } });
  return new Map(rows.flatMap(({ id, email }) => (email === null ? [] : [[email, id] as const])));
}

/** Events of anybody on anything, one after another. */
async function planEvents(
  database: Database,
  world: OrganizationFile,
  seed: number,
  now: number,
): Promise<readonly (Planned & { readonly targetId: string })[]> {
  const dice = diceOf(seed);
  const { reader } = database;
  const actors = [...Object.keys(world.users).map((email) => email.toLowerCase()), null];
  if (world.supportAccess !== undefined) actors.push(world.supportAccess.agent.toLowerCase());
  const records = await reader.record.findMany({ include: { module: { select: { key: true } } } });
  const profiles = await reader.profile.findMany();
  const others = {
    SharingRule: await reader.sharingRule.findMany({ select: { id: true } }),
    Role: await reader.role.findMany({ select: { id: true } }),
    Group: await reader.group.findMany({ select: { id: true } }),
    Module: await reader.module.findMany({ select: { id: true } }),
    User: await reader.user.findMany({ where: { license: { not: "SUPPORT" } }, select: { id: true } }),
  };
  return Array.from({ length: EVENTS }, (_, at) => {
    const event = { actor: dice.pick(actors), id: randomUUID(), at: now - 800_000 + Math.floor(at / 3) };
    const kind = dice.pick(["Record", "Record", "Record", "Profile", "GONE", "OTHER", "OTHER"]);
    if (kind === "Record" && records.length > 0) {
      const { id, key, module } = dice.pick(records);
      return { ...event, targetId: id, about: { type: "Record", module: module.key, key } };
    }
    if (kind === "Profile") {
      const { id, key } = dice.pick(profiles);
      return { ...event, targetId: id, about: { type: "Profile", key } };
    }
    const type = dice.pick(["SharingRule", "Role", "Group", "Module", "User"] as const);
    if (kind === "OTHER" && others[type].length > 0)
      return { ...event, targetId: dice.pick(others[type]).id, about: { type } };
    return { ...event, targetId: randomUUID(), about: { type: "GONE", of: dice.pick(["Record", "Role"]) } };
  });
}

function entryOf(
  { actor, about, id, at, targetId }: Planned & { readonly targetId: string },
  orgId: string,
  users: ReadonlyMap<string, string>,
): AuditEntry {
  const type = about.type === "GONE" ? about.of : about.type;
  // Whatever was done: what is read of it goes by what it was done to.
  const happening = {
    action: "UPDATE_ROLE",
    target: { type, id: targetId },
    before: { name: "Before" },
    after: { name: "After" },
  } as unknown as Happening;
  const actorId = actor === null ? null : asId<"User">(users.get(actor) ?? "");
  return { ...happening, orgId: asId(orgId), at, actorId, requestId: id };
}

/** In the words of the specification: all of it, or one's own and those of subordinates. */
function reads(world: OrganizationFile, email: string, { actor }: Planned, now: number): boolean {
  if (holds(world, email, "VIEW_AUDIT_LOG", now)) return true;
  if (actor === null) return false;
  if (sameEmail(actor, email)) return true;
  const [upper, lower] = [findPerson(world, email), findPerson(world, actor)];
  return upper !== undefined && lower !== undefined && isSuperior(world, upper, lower);
}

/** Whether the reader may read the target now; of what is gone, holders. */
function tells(world: OrganizationFile, email: string, about: About, now: number): boolean {
  const isHolder = holds(world, email, "VIEW_AUDIT_LOG", now);
  switch (about.type) {
    case "Record":
      return may(world, { user: email, action: "READ", module: about.module, recordKey: about.key, now });
    case "SharingRule":
      return holds(world, email, "MANAGE_DATA_SHARING", now);
    case "Profile":
      return holds(world, email, "MANAGE_PROFILES", now) || ownProfile(world, email) === about.key;
    case "GONE":
      return isHolder;
    case "Role":
    case "Group":
    case "Module":
    case "User":
      return true;
  }
}

function ownProfile(world: OrganizationFile, email: string): string | undefined {
  const entry = findPerson(world, email)?.entry;
  return entry && (entry.license === "TEAM" ? "team-user" : (entry.profile ?? "standard"));
}

async function walked(viewer: Viewer, args: EventListArgs, size: number): Promise<readonly AuditRow[]> {
  const rows: AuditRow[] = [];
  for (let after: string | null = null; ; ) {
    const page = await listEvents(viewer, { ...args, first: size, after });
    rows.push(...page.edges.map(({ node }) => node));
    if (!(await page.hasNextPage())) return rows;
    after = page.edges.at(-1)?.cursor ?? null;
  }
}
