import { z } from "zod";
import type { Id } from "../../kernel/id.ts";
import { partyColumns } from "../../store/grants/party-columns.ts";
import type { Faults } from "../reading/faults.ts";
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
import { closed, key, text } from "../terms/shape.ts";
import type { Draft, OrganizationFile, Section } from "./section.ts";

export type FileGroup = { readonly name: string; readonly members: readonly FileParty[] };

const shape = closed({ name: text, members: z.array(member) });

export const groups: Section<"groups"> = {
  shapes: { groups: z.record(key, shape).optional() },
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
  const rows = await tx.group.findMany({
    where: { orgId },
    include: { members: { orderBy: { position: "asc" } } },
  });
  const difference = differenceOf(file.groups, new Map(rows.map((row) => [row.key, row])));
  for (const row of rows) run.groups.set(row.key, row.id as Id<"Group">);
  for (const [key, group] of difference.added) {
    const id = newId<"Group">(run.now);
    await tx.group.create({ data: { orgId, id, key, name: group.name } });
    run.groups.set(key, id);
    tallies.groups.added += 1;
  }
  for (const [key, group] of difference.added) await writeMembers(run, idOfKey(run.groups, key), group);
  for (const [, group, known] of difference.kept) {
    const members = group.members.map((member, position) => memberRow(run, member, position));
    const isSame = known.name === group.name && members.length === known.members.length;
    if (isSame && members.every((member, at) => isSameRow(member, known.members[at] ?? {}))) continue;
    await tx.group.update({ where: { orgId_id: { orgId, id: known.id } }, data: { name: group.name } });
    await tx.groupMember.deleteMany({ where: { orgId, groupId: known.id } });
    await writeMembers(run, known.id as Id<"Group">, group);
    tallies.groups.changed += 1;
  }
}

async function writeMembers(run: ImportRun, groupId: Id<"Group">, group: FileGroup): Promise<void> {
  const data = group.members.map((member, position) => ({
    orgId: run.orgId,
    groupId,
    ...memberRow(run, member, position),
  }));
  if (data.length > 0) await run.tx.groupMember.createMany({ data });
}

function memberRow(run: ImportRun, member: FileParty, position: number) {
  const { groupId, ...party } = partyColumns(partyWithIds(run, member));
  return { position, ...party, memberGroupId: groupId };
}

async function prune(run: ImportRun, file: OrganizationFile): Promise<void> {
  const { tx, orgId, tallies } = run;
  const rows = await tx.group.findMany({ where: { orgId }, select: { id: true, key: true } });
  const missing = rows.filter((row) => !file.groups.has(row.key)).map((row) => row.id);
  if (missing.length === 0) return;
  await removeShares(run, { orgId, groupId: { in: missing } });
  await tx.groupMember.deleteMany({
    where: { orgId, OR: [{ groupId: { in: missing } }, { memberGroupId: { in: missing } }] },
  });
  await tx.group.deleteMany({ where: { orgId, id: { in: missing } } });
  tallies.groups.removed += missing.length;
}
