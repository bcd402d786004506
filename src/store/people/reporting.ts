import { InvalidInput } from "../../kernel/fault.ts";
import { toGlobalId } from "../../kernel/global-id.ts";
import { type ChangingPeople, misreportsMadeByOne } from "../../policy/model/changing-people.ts";
import type { Org, User } from "../../policy/model/org.ts";
import { misreportsMadeBy } from "../../policy/model/reporting.ts";
import type { Viewer } from "../core/viewer.ts";

/** The sentence names so many people; the details have the ids of all. */
const NAMED = 5;

/**
 * Refuses a change after which somebody would report to a manager whose role is not above theirs (SH-25).
 *
 * @param after the organisation with the change, roles still a forest.
 * @throws {InvalidInput} `CONFLICT` with the `users` who would.
 */
export function requireManagersAbove(
  { policy }: Viewer,
  field: string,
  after: Pick<Org, "users" | "roles">,
): void {
  requireNoMisreport(field, misreportsMadeBy(policy.org, after));
}

/**
 * The same for the change of one among people who are changing.
 *
 * @param after who they become.
 * @throws {InvalidInput} `CONFLICT` with the `users` who would.
 */
export function requireManagersAboveOf(people: ChangingPeople, field: string, after: User): void {
  requireNoMisreport(field, misreportsMadeByOne(people, after));
}

function requireNoMisreport(field: string, users: readonly User[]): void {
  if (users.length === 0) return;
  const names = users.slice(0, NAMED).map(({ name }) => name);
  const more = users.length > NAMED ? ` and ${users.length - NAMED} more` : "";
  throw new InvalidInput(
    field,
    `A manager's role is above the user's, and would not be for ${names.join(", ")}${more}. First give them another manager or none (reportsTo), or a role below their manager's.`,
    {
      code: "CONFLICT",
      requirement: "SH-25",
      details: { users: users.map(({ id }) => toGlobalId("User", id)) },
    },
  );
}
