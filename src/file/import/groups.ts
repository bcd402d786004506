import type { Id } from "../../kernel/id.ts";
import { partyColumns } from "../../store/grants/party-columns.ts";
import type { FileGroup, FileParty } from "../organization-file.ts";
import { partyOf } from "./party.ts";
import { differenceOf, type ImportRun, idOfKey, isSameRow, newId } from "./run.ts";

/** Groups, then their members: a group may contain one that comes later. */
export async function importGroups(run: ImportRun, wanted: ReadonlyMap<string, FileGroup>): Promise<void> {
  const { tx, orgId, tallies } = run;
  const rows = await tx.group.findMany({
    where: { orgId },
    include: { members: { orderBy: { position: "asc" } } },
  });
  const difference = differenceOf(wanted, new Map(rows.map((row) => [row.key, row])));
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
  const { groupId, ...party } = partyColumns(partyOf(run, member));
  return { position, ...party, memberGroupId: groupId };
}
