import { inParts, oneOf, rowsOf } from "../../../database/parts.ts";
import { compareText } from "../../../kernel/text.ts";
import { FIRST_APPLICATIONS } from "../../../policy/model/application.ts";
import type { ExportRun } from "../../terms/export-run.ts";
import { differenceOf, type ImportRun, idOfKey, isSameRow, newId } from "../../terms/import-run.ts";
import { assignmentsTold } from "../../terms/told-assignments.ts";
import type { OrganizationFile } from "../section.ts";
import type { FileApplication } from "./index.ts";

/** The catalogue. Of what came with the suite a new organisation tells nothing: it has always been there. */
export async function importApplications(run: ImportRun, { applications }: OrganizationFile): Promise<void> {
  const { tx, orgId, tallies } = run;
  const rows = await tx.application.findMany({ where: { orgId } });
  const found = new Map(rows.map((row) => [row.key, row]));
  const { added, kept } = differenceOf(applications, found);
  const last = Math.max(-1, ...rows.map(({ position }) => position));
  const created = added.map(([key, application], at) => ({
    orgId,
    id: newId<"Application">(run.now),
    key,
    position: last + 1 + at,
    ...columnsOf(application),
  }));
  for (const part of inParts(created)) await tx.application.createMany({ data: rowsOf(part) });
  tallies.applications.added += created.filter(({ key }) => !FIRST_APPLICATIONS.has(key)).length;
  for (const [, application, known] of kept) {
    const columns = columnsOf(application);
    if (isSameRow(columns, known)) continue;
    await tx.application.update({ where: { orgId_id: { orgId, id: known.id } }, data: columns });
    tallies.applications.changed += 1;
  }
}

function columnsOf({ name, takesSeat, seatlessBy, actions, fields }: FileApplication) {
  return {
    name,
    takesSeat,
    seatlessBy,
    actions: { PENDING: [...actions.PENDING], ACTIVE: [...actions.ACTIVE] },
    fields: fields.map(({ options, ...field }) => ({ ...field, options: [...options] })),
  };
}

/** Who administers what, once people exist. */
export async function importAdministrators(
  run: ImportRun,
  { applications }: OrganizationFile,
): Promise<void> {
  const { tx, orgId, tallies } = run;
  const rows = await tx.application.findMany({ where: { orgId }, select: { id: true, key: true } });
  const known = Map.groupBy(
    await tx.applicationAdministrator.findMany({ where: { orgId } }),
    (each) => each.applicationId,
  );
  for (const { id: applicationId, key } of rows) {
    const wanted = new Set<string>(
      applications.get(key)?.administrators.map((address) => idOfKey(run.users, address).id),
    );
    const present = new Set(known.get(applicationId)?.map(({ userId }) => userId));
    if (!applications.has(key) || (wanted.size === present.size && wanted.isSubsetOf(present))) continue;
    await tx.applicationAdministrator.deleteMany({ where: { orgId, applicationId } });
    const data = [...wanted].map((userId) => ({ orgId, applicationId, userId }));
    for (const part of inParts(data)) await tx.applicationAdministrator.createMany({ data: rowsOf(part) });
    tallies.applications.changed += 1;
  }
}

/** Applications that the file does not name go, and with them whatever somebody had of them. */
export async function pruneApplications(run: ImportRun, { applications }: OrganizationFile): Promise<void> {
  const { tx, orgId, tallies } = run;
  const rows = await tx.application.findMany({ where: { orgId }, select: { id: true, key: true } });
  const missing = rows.filter(({ key }) => !applications.has(key));
  for (const part of inParts(missing.map(({ key }) => key))) {
    const held = await tx.applicationAssignment.findMany({ where: { orgId, application: oneOf(part) } });
    await run.tell(held.flatMap((each) => assignmentsTold(each.userId, [each], [])));
    await tx.applicationAssignment.deleteMany({ where: { orgId, application: oneOf(part) } });
    await tx.application.deleteMany({ where: { orgId, key: oneOf(part) } });
  }
  tallies.applications.removed += missing.length;
}

/** By key; what comes with the suite first. */
export function exportApplications({ org }: ExportRun): OrganizationFile["applications"] {
  return new Map(
    org.applications.map(({ id: _, key, administrators, ...settings }): [string, FileApplication] => [
      key,
      {
        ...settings,
        administrators: org.users
          .flatMap(({ id, email }) => (administrators.has(id) && email !== null ? email : []))
          .sort(compareText),
      },
    ]),
  );
}
