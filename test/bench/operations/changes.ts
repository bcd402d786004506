import { toGlobalId } from "../../../src/kernel/global-id.ts";
import type { Bench } from "../bench.ts";
import type { DataSet } from "../data-set/data-set.ts";
import { lineOf } from "../data-set/party.ts";
import type { ViewerName } from "../data-set/viewers.ts";
import type { Gateway } from "../gateway.ts";

/** Something that a mutation changes and another undoes. */
export type Change = {
  readonly name: string;
  /** What its undoing is called. */
  readonly undone: string;
  /** Whose first page shows it. */
  readonly viewer: ViewerName;
  /** Whether it changes policy and no record. */
  readonly isPolicy: boolean;
  readonly act: (gateway: Gateway) => Promise<unknown>;
  readonly undo: (gateway: Gateway) => Promise<unknown>;
  /** Brings back what the data set says, also after a run that was broken off. */
  readonly restore: (gateway: Gateway) => Promise<unknown>;
  /** The data set with the change, for the reference. */
  readonly changed: DataSet;
};

const RULE = "bench-change";
const BY = "administrator";

/** The changes that are measured: each makes something visible that is newer than all that its viewer sees. */
export function changesOf(bench: Bench): readonly Change[] {
  return [ruleOf(bench), moveOf(bench), ownerOf(bench)];
}

/** A rule that shares the records of one role with one user. */
function ruleOf(bench: Bench): Change {
  const { dataSet, known } = bench;
  const { staff, rules } = dataSet;
  const place = newestHidden(bench, "rep");
  const role = staff.users[dataSet.ownerOf(0, place)]?.role ?? 0;
  const rule = {
    key: RULE,
    module: 0,
    source: { kind: "ROLE", at: role },
    criteria: null,
    target: { kind: "USER", at: staff.viewers.rep },
    level: "READ_ONLY",
    includeSuperiors: false,
  } as const;
  const input = {
    key: RULE,
    name: RULE,
    module: "deals",
    level: rule.level,
    source: { role: toGlobalId("Role", known.roleIds[role] ?? "") },
    target: { user: toGlobalId("User", known.userIds[staff.viewers.rep] ?? "") },
  };
  let made: string | null = null;
  const remove = async (gateway: Gateway, id: string) =>
    gateway.data(BY, "mutation ($id: ID!) { deleteSharingRule(input: { id: $id }) { id } }", { id });
  return {
    name: "add a rule",
    undone: "remove the rule",
    viewer: "rep",
    isPolicy: true,
    async act(gateway) {
      const answer = await gateway.data(
        BY,
        "mutation ($input: CreateSharingRuleInput!) { createSharingRule(input: $input) { id } }",
        { input },
      );
      made = answer.createSharingRule.id;
    },
    async undo(gateway) {
      await remove(gateway, made ?? "");
    },
    async restore(gateway) {
      const where = { orgId: known.orgId, key: RULE };
      const left = await bench.database.reader.sharingRule.findMany({ where, select: { id: true } });
      for (const { id } of left) await remove(gateway, toGlobalId("SharingRule", id));
    },
    changed: { ...dataSet, rules: [...rules, rule] },
  };
}

/** An owner who moves to a role below that of the viewer. */
function moveOf(bench: Bench): Change {
  const { dataSet, known } = bench;
  const { staff } = dataSet;
  const owner = dataSet.ownerOf(0, newestHidden(bench, "lead"));
  const from = staff.users[owner]?.role ?? 0;
  const to = [...staff.roles.keys()].find((role) => lineOf(staff.roles, role)[1] === staff.tree.lead) ?? 0;
  const move = (gateway: Gateway, role: number) =>
    gateway.data(BY, "mutation ($input: UpdateUserInput!) { updateUser(input: $input) { user { id } } }", {
      input: {
        id: toGlobalId("User", known.userIds[owner] ?? ""),
        role: toGlobalId("Role", known.roleIds[role] ?? ""),
      },
    });
  const users = staff.users.map((user, at) => (at === owner ? { ...user, role: to } : user));
  return {
    name: "move to a role",
    undone: "move back",
    viewer: "lead",
    isPolicy: false,
    act: (gateway) => move(gateway, to),
    undo: (gateway) => move(gateway, from),
    async restore(gateway) {
      const where = { id: known.userIds[owner] ?? "" };
      const { roleId } = await bench.database.reader.user.findFirstOrThrow({
        where,
        select: { roleId: true },
      });
      if (roleId !== known.roleIds[from]) await move(gateway, from);
    },
    changed: { ...dataSet, staff: { ...staff, users } },
  };
}

/** A record that is handed over to the viewer. */
function ownerOf(bench: Bench): Change {
  const { dataSet, known } = bench;
  const place = newestHidden(bench, "rep");
  const id = dataSet.places.id(0, place);
  const [from, to] = [dataSet.ownerOf(0, place), dataSet.staff.viewers.rep];
  const hand = (gateway: Gateway, owner: number) =>
    gateway.data(BY, "mutation ($input: ChangeOwnerInput!) { changeOwner(input: $input) { id } }", {
      input: {
        id: toGlobalId("Record", id),
        owner: toGlobalId("User", known.userIds[owner] ?? ""),
      },
    });
  return {
    name: "change an owner",
    undone: "change it back",
    viewer: "rep",
    isPolicy: false,
    act: (gateway) => hand(gateway, to),
    undo: (gateway) => hand(gateway, from),
    async restore(gateway) {
      const found = await bench.database.reader.record.findFirstOrThrow({
        where: { orgId: known.orgId, id },
        select: { ownerId: true },
      });
      if (found.ownerId !== known.userIds[from]) await hand(gateway, from);
    },
    changed: {
      ...dataSet,
      ownerOf: (module, at) => (module === 0 && at === place ? to : dataSet.ownerOf(module, at)),
    },
  };
}

/** The newest record that the viewer does not see. */
function newestHidden({ reference }: Bench, viewer: ViewerName): number {
  return reference.visible(viewer).at.lastIndexOf(0);
}
