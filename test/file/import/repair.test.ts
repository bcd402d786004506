import { expect, test } from "vitest";
import type { Database, Tx } from "../../../src/database/database.ts";
import { inParts, rowsOf } from "../../../src/database/parts.ts";
import { applyOrganizationFile } from "../../../src/file/apply.ts";
import { exportOrganization } from "../../../src/file/export.ts";
import { printOrganizationFile } from "../../../src/file/print.ts";
import { storeOver } from "../../../src/store/store.ts";
import { describeOnBoth } from "../../database.ts";

const NOW = Date.parse("2026-12-01T12:00:00Z");

const ACME = `sightline: 1
organization: { key: acme, name: Acme, timeZone: UTC, edition: ENTERPRISE, seats: { regular: 9, team: 0 }, superAdmin: root@acme.test }
roles:
  ceo: { name: CEO }
  rep: { name: Rep, parent: ceo }
  desk: { name: Desk }
profiles:
  clerk: { name: Clerk, modules: { leads: [VIEW, EDIT] }, capabilities: [EXPORT_DATA] }
users:
  root@acme.test: { name: Root, role: ceo, profile: administrator }
  ray@acme.test: { name: Ray, role: rep, reportsTo: root@acme.test }
  dina@acme.test: { name: Dina, role: desk, profile: clerk }
groups:
  all: { name: All, members: [ { group: few }, { user: ray@acme.test } ] }
  few: { name: Few, members: [ { user: dina@acme.test } ] }
modules:
  leads: { label: Leads, fields: { status: { type: PICKLIST, options: [new, won] } } }
sharingRules:
  won: { name: Won, module: leads, criteria: { field: status, op: EQ, value: won }, to: { group: few }, access: READ_ONLY }
records:
  leads:
    one: { owner: ray@acme.test, name: One, values: { status: won } }
    two: { owner: ray@acme.test, name: Two, values: { status: new } }
shares:
  - { record: leads/two, to: { group: all }, access: FULL, expiresAt: 2027-01-01T00:00:00Z }
supportAccess: { agent: agent@vendor.test, grantedAt: 2026-11-30T00:00:00Z, expiresOn: 2026-12-24 }
`;

/** Asked inside of the import: whoever reads what, once it is as the file says. */
const ASKED = `${ACME}expect:
  access:
    - { user: root@acme.test, module: leads, read: [one, two] }
    - { user: ray@acme.test, module: leads, read: [one, two] }
    - { user: dina@acme.test, module: leads, read: [one, two], update: [two] }
`;

type Ids = (table: "role" | "group" | "user" | "profile" | "module", key: string) => Promise<string>;
type State = {
  readonly title: string;
  readonly make: (tx: Tx, orgId: string, id: Ids) => Promise<unknown>;
  /** Whether what is wrong is something that the file does not name. */
  readonly isLeftOver?: true;
  /** What is said when that cannot stay in force. */
  readonly refused?: RegExp;
};

const MANY = 1_100;
const DEEP = 6_000;

function ids(prefix: string, count: number): readonly string[] {
  return Array.from(
    { length: count },
    (_, at) => `00000000-0000-7000-8${prefix}-${at.toString(16).padStart(12, "0")}`,
  );
}

/** What released versions accepted, or a restored backup and a hand in the database may leave. */
const STATES: readonly State[] = [
  {
    title: "roles in a circle",
    make: async (tx, orgId, id) =>
      tx.role.update({
        where: { orgId_id: { orgId, id: await id("role", "ceo") } },
        data: { parentId: await id("role", "rep") },
      }),
  },
  {
    title: "roles in a circle that the file does not name",
    isLeftOver: true,
    refused:
      /^acme\.yaml:\d+:\d+: roles: CONFLICT: .* circle: (a → b → a|b → a → b) \(expected "[ab]" in the file too, or --prune\)$/,
    make: async (tx, orgId) => {
      const [a = "", b = ""] = ids("001", 2);
      await tx.role.create({ data: { orgId, id: a, key: "a", name: "A" } });
      await tx.role.create({ data: { orgId, id: b, key: "b", name: "B", parentId: a } });
      await tx.role.update({ where: { orgId_id: { orgId, id: a } }, data: { parentId: b } });
    },
  },
  {
    title: "people who report to each other",
    make: async (tx, orgId, id) =>
      tx.user.update({
        where: { orgId_id: { orgId, id: await id("user", "root@acme.test") } },
        data: { reportsToId: await id("user", "ray@acme.test") },
      }),
  },
  {
    title: "people who report to each other and whom the file does not name",
    isLeftOver: true,
    refused:
      /^acme\.yaml:\d+:\d+: users: CONFLICT: .* circle: (a@acme.test → b@acme.test → a@acme.test|b@acme.test → a@acme.test → b@acme.test) \(expected "[ab]@acme.test" in the file too, or --prune\)$/,
    make: async (tx, orgId, id) => {
      const [a = "", b = ""] = ids("005", 2);
      const { profileId } = await tx.user.findFirstOrThrow({ where: { orgId, email: "ray@acme.test" } });
      const person = {
        orgId,
        status: "ACTIVE",
        license: "REGULAR",
        profileId,
        createdAt: new Date(NOW),
      } as const;
      const roleId = await id("role", "rep");
      const { nextUserSeq: seq } = await tx.organization.findUniqueOrThrow({ where: { id: orgId } });
      await tx.organization.update({ where: { id: orgId }, data: { nextUserSeq: seq + 2 } });
      await tx.user.create({ data: { ...person, id: a, seq, email: "a@acme.test", name: "A", roleId } });
      await tx.user.create({
        data: { ...person, id: b, seq: seq + 1, email: "b@acme.test", name: "B", roleId, reportsToId: a },
      });
      await tx.user.update({ where: { orgId_id: { orgId, id: a } }, data: { reportsToId: b } });
    },
  },
  {
    title: "groups inside each other",
    make: async (tx, orgId, id) =>
      tx.groupMember.create({
        data: {
          ...{ orgId, groupId: await id("group", "few"), position: 7, kind: "GROUP" },
          memberGroupId: await id("group", "all"),
        },
      }),
  },
  {
    title: "groups inside each other that the file does not name",
    isLeftOver: true,
    refused:
      /^acme\.yaml:\d+:\d+: groups: CONFLICT: .* circle: (a → b → a|b → a → b) \(expected "[ab]" in the file too, or --prune\)$/,
    make: async (tx, orgId, id) => {
      const [a = "", b = ""] = ids("002", 2);
      await tx.group.createMany({
        data: [
          { orgId, id: a, key: "a", name: "A" },
          { orgId, id: b, key: "b", name: "B" },
        ],
      });
      const inside = { orgId, position: 0, kind: "GROUP" } as const;
      await tx.groupMember.create({ data: { ...inside, groupId: a, memberGroupId: b } });
      await tx.groupMember.create({ data: { ...inside, groupId: b, memberGroupId: a } });
      const member = { orgId, groupId: a, position: 1, kind: "GROUP" } as const;
      await tx.groupMember.create({ data: { ...member, memberGroupId: await id("group", "all") } });
    },
  },
  {
    title: `${DEEP} nested groups`,
    isLeftOver: true,
    make: async (tx, orgId) => {
      const groups = ids("003", DEEP);
      for (const part of inParts(groups.map((id, at) => ({ orgId, id, key: `n${at}`, name: `N${at}` }))))
        await tx.group.createMany({ data: rowsOf(part) });
      const members = groups.slice(1).map((id, at) => ({
        ...{ orgId, groupId: groups[at] ?? "", position: 0, kind: "GROUP" as const, memberGroupId: id },
      }));
      for (const part of inParts(members)) await tx.groupMember.createMany({ data: rowsOf(part) });
    },
  },
  {
    title: `${MANY} profiles`,
    isLeftOver: true,
    make: async (tx, orgId, id) => {
      const profiles = ids("004", MANY);
      const rows = profiles.map((id, at) => ({
        ...{ orgId, id, key: `p${at}`, name: `P${at}`, kind: "CUSTOM" as const, capabilities: [] },
      }));
      for (const part of inParts(rows)) await tx.profile.createMany({ data: rowsOf(part) });
      const moduleId = await id("module", "leads");
      const inModules = profiles.map((profileId) => ({ orgId, profileId, moduleId, permissions: ["VIEW"] }));
      for (const part of inParts(inModules)) await tx.profileModule.createMany({ data: rowsOf(part) });
    },
  },
  {
    title: "names that nobody sees, and longer ones than are allowed",
    make: async (tx, orgId) => {
      await tx.role.updateMany({ where: { orgId, key: "rep" }, data: { name: "\u200b" } });
      await tx.group.updateMany({ where: { orgId, key: "all" }, data: { name: " ".repeat(3) } });
      await tx.record.updateMany({ where: { orgId, key: "one" }, data: { name: "x".repeat(20_000) } });
      await tx.user.updateMany({ where: { orgId, email: "ray@acme.test" }, data: { name: "\u2060" } });
      await tx.profile.updateMany({ where: { orgId, key: "clerk" }, data: { name: "" } });
      await tx.module.updateMany({ where: { orgId, key: "leads" }, data: { label: "\u00ad" } });
      await tx.sharingRule.updateMany({ where: { orgId, key: "won" }, data: { name: "\u200b" } });
    },
  },
  {
    title: "a criterion that no longer reads",
    make: (tx, orgId) =>
      tx.sharingRule.updateMany({
        where: { orgId, key: "won" },
        data: { criteria: { field: "gone", op: "LIKES", value: { deep: [1] } } },
      }),
  },
  {
    title: "a rule that is broken",
    make: (tx, orgId) =>
      tx.sharingRule.updateMany({ where: { orgId, key: "won" }, data: { isBroken: true } }),
  },
  {
    title: "a rule that is being applied, by nobody any more",
    make: (tx, orgId) =>
      tx.sharingRule.updateMany({
        where: { orgId, key: "won" },
        data: { status: "APPLYING", generation: 9 },
      }),
  },
  {
    title: "a rule to nobody",
    make: (tx, orgId) =>
      tx.sharingRule.updateMany({
        where: { orgId, key: "won" },
        data: { targetGroupId: null },
      }),
  },
  {
    title: "permissions, capabilities, denials and options that do not read",
    make: async (tx, orgId) => {
      await tx.profile.updateMany({ where: { orgId, key: "clerk" }, data: { capabilities: { all: true } } });
      await tx.profileModule.updateMany({ where: { orgId }, data: { permissions: "VIEW" } });
      await tx.supportGrant.updateMany({ where: { orgId }, data: { extraDenials: 7 } });
      await tx.field.updateMany({ where: { orgId, key: "status" }, data: { options: { new: 1 } } });
    },
  },
  {
    title: "values that fit no field",
    make: (tx, orgId) =>
      tx.record.updateMany({
        where: { orgId, key: "one" },
        data: { values: { status: ["won", { of: 1 }], gone: 9e15 } },
      }),
  },
  {
    title: "a member that is nobody, a person without role or profile",
    make: async (tx, orgId, id) => {
      await tx.groupMember.updateMany({
        where: { orgId, groupId: await id("group", "few") },
        data: { userId: null },
      });
      await tx.user.updateMany({
        where: { orgId, email: "dina@acme.test" },
        data: { roleId: null, profileId: null },
      });
    },
  },
  {
    title: "the super administrator deactivated, and of another profile",
    make: async (tx, orgId, id) =>
      tx.user.updateMany({
        where: { orgId, email: "root@acme.test" },
        data: { status: "INACTIVE", profileId: await id("profile", "clerk") },
      }),
  },
  {
    title: "records in the lists of a role that their owner has left, and counted wrongly",
    make: async (tx, orgId, id) => {
      const ownerRoleId = await id("role", "desk");
      await tx.record.updateMany({ where: { orgId }, data: { ownerRoleId } });
    },
  },
];

function apply(database: Database, text: string, prune = false) {
  const options = { now: NOW, prune, confirmDeletions: true };
  return applyOrganizationFile(database, { text, name: "acme.yaml" }, null, options);
}

async function exported(database: Database): Promise<string> {
  return printOrganizationFile(await exportOrganization(database, "acme"));
}

/** Whoever was deleted is in the file all the same. */
function withoutTombstones(text: string): string {
  return text.replace(/^.*status: DELETED.*\n/gm, "");
}

async function put(database: Database, { make }: State): Promise<void> {
  await database.write(async (tx) => {
    const { id: orgId } = await tx.organization.findUniqueOrThrow({ where: { key: "acme" } });
    const named: Ids = async (table, key) => {
      if (table === "user") return (await tx.user.findFirstOrThrow({ where: { orgId, email: key } })).id;
      if (table === "role") return (await tx.role.findFirstOrThrow({ where: { orgId, key } })).id;
      if (table === "group") return (await tx.group.findFirstOrThrow({ where: { orgId, key } })).id;
      if (table === "module") return (await tx.module.findFirstOrThrow({ where: { orgId, key } })).id;
      return (await tx.profile.findFirstOrThrow({ where: { orgId, key } })).id;
    };
    await make(tx, orgId, named);
    await tx.organization.update({ where: { id: orgId }, data: { version: { increment: 1 } } });
  });
}

describeOnBoth("whatever state an organisation is in", (open) => {
  test.each(STATES.map((state) => [state.title, state] as const))(
    "BU-01 SH-40 a good file repairs it: %s",
    async (_, state) => {
      const { database } = await open();
      await apply(database, ASKED);
      const sound = await exported(database);
      await put(database, state);

      // Without pruning, what the file names is as it says, and everybody can be asked.
      if (state.refused !== undefined) {
        await expect(apply(database, ASKED)).rejects.toThrow(state.refused);
      } else {
        const { version } = await apply(database, ASKED);
        const policy = await storeOver(database, { now: () => NOW }).policies.get("acme");
        expect(policy?.org.version).toBe(version);
        if (!state.isLeftOver) expect(await exported(database)).toBe(sound);
      }

      await apply(database, ASKED, true);
      expect(withoutTombstones(await exported(database))).toBe(sound);
      expect((await apply(database, ASKED, true)).isChanged).toBe(false);
    },
  );
});
