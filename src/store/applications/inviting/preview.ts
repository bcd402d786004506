import { admit } from "../../core/admit.ts";
import { eachItem, type ItemRefusal } from "../../core/items.ts";
import { type Viewer, viewerHolds } from "../../core/viewer.ts";
import { type CsvRow, peopleInCsv } from "./csv.ts";
import { judgePeople, outcomesOf, readPeople } from "./invite.ts";

/** What would become of one row of CSV. */
export type PreviewedRow = CsvRow & {
  /** Null: the person can be invited. */
  readonly refusal: ItemRefusal | null;
};

/**
 * What inviting the people of a CSV would do now, and nothing of it is done (UA-65): for holders of `MANAGE_USERS`; null
 * for others.
 *
 * @throws {InvalidInput} as `peopleInCsv` does.
 */
export async function previewInvitations(
  viewer: Viewer,
  csv: string,
): Promise<readonly PreviewedRow[] | null> {
  if (!viewerHolds(viewer, "MANAGE_USERS")) return null;
  const rows = peopleInCsv(viewer, "csv", csv);
  const people = rows.map(({ person }) => person);
  const read = await readPeople(viewer, people);
  const admitted = await eachItem(read, async (person) => {
    await admit(viewer, "inviteUsers", person);
    return person;
  });
  const { nextUserSeq } = await viewer.store.database.reader.organization.findUniqueOrThrow({
    where: { id: viewer.orgId },
    select: { nextUserSeq: true },
  });
  const outcomes = outcomesOf(people, await judgePeople({ viewer }, admitted, nextUserSeq));
  return rows.map((row, at) => ({ ...row, refusal: outcomes[at]?.refusal ?? null }));
}
