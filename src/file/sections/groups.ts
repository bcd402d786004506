import { z } from "zod";
import { inParts, oneOf, rowsOf } from "../../database/parts.ts";
import type { Id } from "../../kernel/id.ts";
import { partyColumns } from "../../store/grants/party-columns.ts";
import type { Faults } from "../reading/faults.ts";
import { refuseLeftCircles } from "../terms/conflict.ts";
import { cyclesOf, cycleText } from "../terms/cycles.ts";
import { lastOfEach, readEntries } from "../terms/entries.ts";
import { byKey } from "../terms/export-run.ts";
import {
  differenceOf,
  type ImportRun,
  idOfKey,
  isSameRow,
  newId,
  removeShares,
} from "../terms/import-run.ts";
import { section } from "../terms/lines.ts";
import { checkParty, type FileParty, member, partyText, partyWithIds, printedParty } from "../terms/party.ts";
import { closed, key, name } from "../terms/shape.ts";
import type { Draft, OrganizationFile, Section } from "./section.ts";

export type FileGroup = { readonly name: string; readonly members: readonly FileParty[] };

const shape = closed({
  name: name.describe("What people call it."),
  members: z.array(member).describe("Who belongs to it, now and whenever one of these changes."),
});

export const groups: Section<"groups"> = {
  shapes: {
    groups: z
      .record(key, shape)
      .optional()
      .describe("Users, roles, roles with their subordinates, and other groups under one name."),
  },
  read: (reading) => readEntries(reading, "groups", () => shape),
  check,
  complete: (draft) =>
    new Map(
      [...draft.groups.entries].map(([key, group]) => [
        key,
        { ...group, members: lastOfEach(group.members, partyText) },
      ]),
    ),
  print: ({ groups }) =>
    groups.size === 0
      ? []
      : section("groups", groups, ({ name, members }) => ({ name, members: members.map(printedParty) })),
  rows: { namingPeople: importGroups, prune },
  export: ({ org, names }) =>
    new Map(
      byKey(org.groups).map(({ key, name, members }) => [key, { name, members: members.map(names.party) }]),
    ),
};

/** Members exist; no group contains itself (SH-40). */
function check(draft: Draft, faults: Faults): void {
  const { entries } = draft.groups;
  for (const [key, { members }] of entries) {
    for (const [index, member] of members.entries()) {
      checkParty(draft, faults, ["groups", key, "members", index], member);
    }
  }
  const nested = (key: string) =>
    (entries.get(key)?.members ?? []).flatMap((member) => (member.kind === "GROUP" ? [member.group] : []));
  for (const cycle of cyclesOf(entries.keys(), nested)) {
    const last = cycle.at(-1) ?? "";
    const members = entries.get(last)?.members ?? [];
    const index = members.findIndex((member) => member.kind === "GROUP" && member.group === cycle[0]);
    faults.add(["groups", last, "members", index], {
      message: `a group inside itself: ${cycleText(cycle)}`,
      expected: "a group that does not contain this one",
      requirement: "SH-40",
    });
  }
}

/** Groups, then their members: a group may contain one that comes later. */
async function importGroups(run: ImportRun, file: OrganizationFile): Promise<void> {
  const { tx, orgId, tallies } = run;
  const rows = await tx.group.findMany({ where: { orgId, isRemoved: false } });
  const memberRows = await tx.groupMember.findMany({ where: { orgId }, orderBy: { position: "asc" } });
  const membersOf = Map.groupBy(memberRows, (member) => member.groupId);
  const difference = differenceOf(file.groups, new Map(rows.map((row) => [row.key, row])));
  for (const row of rows) run.groups.set(row.key, row.id as Id<"Group">);
  if (!run.prune) {
    const keyOf = new Map(rows.map(({ id, key }) => [id, key]));
    const inside = new Map(
      difference.missing.map(([key, { id }]) => [
        key,
        (membersOf.get(id) ?? []).map(({ memberGroupId }) => keyOf.get(memberGroupId ?? "") ?? ""),
      ]),
    );
    refuseLeftCircles(
      "groups",
      cyclesOf(inside.keys(), (key) => inside.get(key) ?? []),
    );
  }
  const created = difference.added.map(([key, { name }]) => {
    const id = newId<"Group">(run.now);
    run.groups.set(key, id);
    return { orgId, id, key, name };
  });
  for (const part of inParts(created)) await tx.group.createMany({ data: rowsOf(part) });
  tallies.groups.added += created.length;

  const written = difference.added.map(([key, group]) => [idOfKey(run.groups, key), group] as const);
  for (const [, group, known] of difference.kept) {
    const members = group.members.map((member, position) => memberRow(run, member, position));
    const before = membersOf.get(known.id) ?? [];
    const isSame = known.name === group.name && members.length === before.length;
    if (isSame && members.every((member, at) => isSameRow(member, before[at] ?? {}))) continue;
    await tx.group.update({ where: { orgId_id: { orgId, id: known.id } }, data: { name: group.name } });
    await tx.groupMember.deleteMany({ where: { orgId, groupId: known.id } });
    written.push([known.id as Id<"Group">, group]);
    tallies.groups.changed += 1;
  }
  for (const part of inParts(membersIn(run, written)))
    await tx.groupMember.createMany({ data: rowsOf(part) });
}

function* membersIn(run: ImportRun, groups: readonly (readonly [Id<"Group">, FileGroup])[]) {
  for (const [groupId, { members }] of groups) {
    for (const [position, member] of members.entries())
      yield { orgId: run.orgId, groupId, ...memberRow(run, member, position) };
  }
}

function memberRow(run: ImportRun, member: FileParty, position: number) {
  const { groupId, ...party } = partyColumns(partyWithIds(run, member));
  return { position, ...party, memberGroupId: groupId };
}

async function prune(run: ImportRun, file: OrganizationFile): Promise<void> {
  const { tx, orgId, tallies } = run;
  const rows = await tx.group.findMany({
    where: { orgId, isRemoved: false },
    select: { id: true, key: true },
  });
  const missing = rows.filter((row) => !file.groups.has(row.key)).map((row) => row.id);
  if (missing.length === 0) return;
  for (const part of inParts(missing)) {
    const them = oneOf(part);
    await removeShares(run, { orgId, groupId: them });
    await tx.groupMember.deleteMany({ where: { orgId, groupId: them } });
    await tx.groupMember.deleteMany({ where: { orgId, memberGroupId: them } });
  }
  for (const part of inParts(missing)) await tx.group.deleteMany({ where: { orgId, id: oneOf(part) } });
  tallies.groups.removed += missing.length;
}
