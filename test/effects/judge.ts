import { toGlobalId } from "../../src/kernel/global-id.ts";
import { capabilityRow } from "../../src/policy/capability.ts";
import {
  addressOf,
  type Facts,
  moduleKeyOf,
  personOf,
  rowOf,
  type UserRow,
} from "../mutations-random/facts.ts";
import { permits } from "../mutations-random/plausible/predict.ts";
import { HELD_BY_STANDARD } from "../oracle/capabilities.ts";
import type { Action } from "../oracle/file.ts";
import { holds, may } from "../oracle/oracle.ts";
import { isAgent } from "../oracle/support.ts";
import type { Change } from "./tables.ts";

type Seen = { readonly before: Facts; readonly after: Facts; readonly as: string };

/**
 * What the caller lacked to make this change, by the text of the specification and without regard to which mutation
 * made it; null when it was theirs to make.
 */
export function lackedFor(change: Change, seen: Seen): string | null {
  const { before, as } = seen;
  const lacking = (capability: string) =>
    holds(before.file, as, capability, before.now) ? null : capability;
  const was = change.before as Shown | null;
  const is = change.after as Shown | null;
  switch (change.table) {
    case "user":
      return lackedForPerson(was, is, seen, lacking);
    case "role":
      // Who is deleted reads no forecasts any more (UA-61).
      if (is !== null && is.forecastManagerId === null && isDeletedNow(seen, was?.forecastManagerId))
        return lackedForEnding(lacking);
      return lacking("MANAGE_ROLES") ?? lackedAboveSuper(seen, lacking);
    case "profile":
    case "profileModule":
      return lackedForProfile(change, seen, lacking);
    case "group":
      return lacking("MANAGE_GROUPS");
    case "groupMember":
      if (is === null && isDeletedNow(seen, was?.userId)) return lackedForEnding(lacking);
      return is === null && isGone(seen, "roles", was?.roleId)
        ? lacking("MANAGE_ROLES")
        : lacking("MANAGE_GROUPS");
    case "module":
      return JSON.stringify({ ...was, defaultAccess: 0 }) === JSON.stringify({ ...is, defaultAccess: 0 })
        ? lacking("MANAGE_DATA_SHARING")
        : lacking("MANAGE_MODULES");
    case "teamMembership":
      return lackedForMembership(was, is, seen, lacking);
    case "field":
      return lacking("MANAGE_MODULES");
    case "applicationAssignment":
      // Ending somebody's work ends their applications (UA-50).
      if (is?.isEnabled !== true && was?.isEnabled === true && lackedForEnding(lacking) === null) return null;
      return lackedForAssignment(is ?? was, is?.isEnabled === true, seen, lacking);
    case "application":
      return lackedForApplication(was, seen);
    case "applicationAdministrator":
      return lacking("MANAGE_ADMIN_PERMISSIONS");
    case "sharingRule":
      return lacking("MANAGE_DATA_SHARING") === null ? null : lackedForRule(was, is, seen, lacking);
    case "record":
      return lackedForRecord(was, is, seen, lacking);
    case "recordShare":
      return lackedForShare(was, is, seen, lacking);
    case "supportGrant":
      return lacking("MANAGE_SUPPORT_ACCESS");
    case "organization":
      return was?.language === is?.language ? lacking("MANAGE_SUBSCRIPTION") : lacking("MANAGE_ORGANIZATION");
    case "mailedToken":
      return lackedForToken(was, is, seen, lacking);
  }
}

/** TU-20: who is invited may be told their team roles at once; UA-61: who is deleted has none any more. */
function lackedForMembership(was: Shown, is: Shown, seen: Seen, lacking: Lacking): string | null {
  const isNew = was === null && !seen.before.rows.users.some(({ id }) => id === is?.userId);
  if (isNew) return lacking("MANAGE_USERS");
  if (is === null && isDeletedNow(seen, was?.userId)) return lackedForEnding(lacking);
  return lacking("MANAGE_MODULES");
}

/** UA-01, UA-31: who manages people and administers the application; CRM of oneself and of the super administrator is more. */
function lackedForAssignment(
  { userId: of, application: key }: Shown,
  isOn: boolean,
  seen: Seen,
  lacking: Lacking,
): string | null {
  const { rows } = seen.before;
  const person = [...rows.users, ...seen.after.rows.users].find(({ id }) => id === of);
  const isTouchy = of === personOf(seen.before, seen.as).id || of === rows.organization.superAdminId;
  return (
    lacking("MANAGE_USERS") ??
    lackedForApplication(rows.applications.find((each) => each.key === key) ?? null, seen) ??
    (key === "CRM" && isTouchy ? lacking("MANAGE_ADMIN_PERMISSIONS") : null) ??
    (isOn && person?.status === "INACTIVE" ? lacking("MANAGE_ADMIN_PERMISSIONS") : null)
  );
}

/** UA-03: the suite's administrators administer every application, others those for which they are named. */
function lackedForApplication(application: Shown | null, { before, as }: Seen): string | null {
  const { id, isAdministrator } = personOf(before, as);
  if (isAdministrator || id === before.rows.organization.superAdminId) return null;
  const named = before.rows.applications.find((each) => each.id === application?.id)?.administrators ?? [];
  return named.some(({ userId }) => userId === id) ? null : "the administration of the application";
}

// biome-ignore lint/suspicious/noExplicitAny: a row as the tables have it.
type Shown = any;
type Lacking = (capability: string) => string | null;

/** D02, UA-31, SH-60, CA-02: whoever is moved, and whatever is said of a person. A tombstone is nobody. */
function lackedForPerson(was: Shown, is: Shown, seen: Seen, lacking: Lacking): string | null {
  const { before, as } = seen;
  // The agent is a hidden user, made when it first comes in (SA-06).
  if (was === null && is.license === "SUPPORT") return lacking("MANAGE_SUPPORT_ACCESS");
  if (is === null) return "any right to remove people";
  if (was === null) return lackedToInvite(is, seen, lacking);
  if (was.status === "DELETED") return lacking("MANAGE_ROLES") === null ? null : lacking("MANAGE_PROFILES");
  if (was.status === "PENDING" && is.status === "ACTIVE") return lackedToAccept(was, is, seen);
  if (was.status !== is.status || was.isAdministrator !== is.isAdministrator) return lackedForEnding(lacking);
  if (was.email !== is.email) return lackedForAddress(was, is, seen, lacking);
  const isMoved = ["roleId", "profileId", "reportsToId"].some((column) => was[column] !== is[column]);
  const isTouchy = addressOf(was) === as || was.id === before.rows.organization.superAdminId;
  return (
    lacking("MANAGE_USERS") ??
    (isMoved && isTouchy ? lacking("MANAGE_ADMIN_PERMISSIONS") : null) ??
    (was.profileId === is.profileId ? null : lackedForGiving(was.profileId, is.profileId, seen, lacking)) ??
    lackedAboveSuper(seen, lacking)
  );
}

/** UA-01, UA-20, UA-31: who manages people invites them, and gives no more than they hold. */
function lackedToInvite(is: Shown, seen: Seen, lacking: Lacking): string | null {
  if (is.status !== "PENDING" || is.isAdministrator) return "any right to make people of another kind";
  return (
    lacking("MANAGE_USERS") ??
    (is.profileId === null || is.license === "TEAM"
      ? null
      : lackedForGiving(null, is.profileId, seen, lacking))
  );
}

/** UA-20: whoever shows the token of their invitation is active then, and nothing else. */
function lackedToAccept(was: Shown, is: Shown, { before, after }: Seen): string | null {
  const tokens = ({ rows }: Facts) =>
    rows.tokens.filter(({ userId, purpose }) => userId === was.id && purpose === "INVITATION").length;
  const isSame = JSON.stringify({ ...was, status: 0 }) === JSON.stringify({ ...is, status: 0 });
  const isAccepted = was.status === "PENDING" && is.status === "ACTIVE";
  return isSame && isAccepted && tokens(before) === 1 && tokens(after) === 0 ? null : "a token used up";
}

/** UA-63: one's own by the token that went to it; another's by every guard on giving that person's profile. */
function lackedForAddress(was: Shown, is: Shown, seen: Seen, lacking: Lacking): string | null {
  const { rows } = seen.before;
  if (addressOf(was) === seen.as) {
    const isAsked = ({ userId, address, purpose }: Facts["rows"]["tokens"][number]) =>
      userId === was.id && address === is.email && purpose === "ADDRESS_CONFIRMATION";
    return rows.tokens.some(isAsked) ? null : "the mail that asks";
  }
  if (was.id === rows.organization.superAdminId) return "to be the super administrator";
  return (
    lacking("MANAGE_USERS") ??
    (was.isAdministrator ? lacking("MANAGE_ADMIN_PERMISSIONS") : null) ??
    (was.profileId === null ? null : lackedForGiving(null, was.profileId, seen, lacking))
  );
}

/** UA-21, UA-63: invitations are for who manages people, one's own address to ask for; what is open ends with its use. */
function lackedForToken(was: Shown, is: Shown, { before, as }: Seen, lacking: Lacking): string | null {
  if (is === null) return null;
  if (is.purpose === "INVITATION") return lacking("MANAGE_USERS");
  const holder = before.rows.users.find(({ id }) => id === (was ?? is).userId);
  if (holder === undefined) return lacking("MANAGE_USERS");
  return addressOf(holder) === as ? null : "to be the person";
}

/** UA-02: who ends somebody's work is an administrator, who manages people too. */
function lackedForEnding(lacking: Lacking): string | null {
  return lacking("MANAGE_ADMIN_PERMISSIONS") ?? lacking("MANAGE_USERS");
}

function isDeletedNow({ before, after }: Seen, id: string | null | undefined): boolean {
  const statusIn = ({ rows }: Facts) => rows.users.find((user) => user.id === id)?.status;
  return statusIn(after) === "DELETED" && statusIn(before) !== "DELETED";
}

function lackedForGiving(
  from: string | null,
  to: string | null,
  { before }: Seen,
  lacking: Lacking,
): string | null {
  const profiles = [from, to].flatMap((id) => (id === null ? [] : [rowOf(before.rows.profiles, id)]));
  if (profiles.some(({ kind }) => kind === "ADMINISTRATOR")) return lacking("MANAGE_ADMIN_PERMISSIONS");
  const [had, has] = [from, to].map((id) => (id === null ? [] : capabilitiesOf(before, id)));
  return (has ?? []).flatMap((each) => (had?.includes(each) ? [] : (lacking(each) ?? [])))[0] ?? null;
}

/** CA-02: what the profile lists, or what its kind holds. */
function capabilitiesOf({ rows }: Facts, id: string): readonly string[] {
  const profile = rows.profiles.find((each) => each.id === id);
  if (profile === undefined) return [];
  const listed = profile.capabilities as string[] | null;
  if (listed !== null) return listed;
  return profile.kind === "STANDARD" ? HELD_BY_STANDARD : [];
}

/** Who stands above the super administrator by role or as a manager, and did not. */
function lackedAboveSuper({ before, after }: Seen, lacking: Lacking): string | null {
  const known = aboveSuper(before);
  return [...aboveSuper(after)].every((id) => known.has(id)) ? null : lacking("MANAGE_ADMIN_PERMISSIONS");
}

function aboveSuper({ rows }: Facts): ReadonlySet<string> {
  const above = new Set<string>();
  const climb = (id: string | null | undefined, next: (id: string) => string | null | undefined) => {
    for (let at = id; at != null && !above.has(at); at = next(at)) above.add(at);
  };
  const chief = rowOf(rows.users, rows.organization.superAdminId);
  climb(chief.reportsToId, (id) => rowOf<UserRow>(rows.users, id).reportsToId);
  climb(
    chief.roleId === null ? null : rowOf(rows.roles, chief.roleId).parentId,
    (id) => rowOf(rows.roles, id).parentId,
  );
  return above;
}

/** CA-02, SA-07: a profile is changed; nothing is given that the caller lacks; of email, support changes nothing. */
function lackedForProfile(change: Change, seen: Seen, lacking: Lacking): string | null {
  const { before, after, as } = seen;
  const row = (change.before ?? change.after) as Shown;
  const id: string = change.table === "profile" ? row.id : row.profileId;
  if (change.table === "profileModule" && change.after === null && isGone(seen, "modules", row.moduleId))
    return lacking("MANAGE_MODULES");
  const own = lacking("MANAGE_PROFILES");
  if (own !== null) return own;
  const [had, has] = [before, after].map((facts) => capabilitiesOf(facts, id));
  const given = (has ?? []).filter((each) => !had?.includes(each));
  const taken = (had ?? []).filter((each) => !has?.includes(each));
  const isGoneNow = isGone(seen, "profiles", id);
  const email = isAgent(before.file, as) && !isGoneNow ? taken.filter(isEmail) : [];
  const opened =
    change.table === "profileModule" && isAgent(before.file, as)
      ? (((change.after as Shown)?.permissions ?? []) as string[]).filter(
          (each) => !((change.before as Shown)?.permissions ?? []).includes(each),
        )
      : [];
  const behind = opened.flatMap((each) =>
    each === "EXPORT" ? ["EXPORT_DATA"] : each.endsWith("DELETE") ? ["RECORD_DELETE"] : [],
  );
  return [...given, ...email, ...behind].flatMap((each) => lacking(each) ?? [])[0] ?? null;
}

const isEmail = (name: string) => capabilityRow(name as Parameters<typeof capabilityRow>[0]).denial === "D06";

/** A rule that goes with its module, or is void because a field has gone. */
function lackedForRule(was: Shown, is: Shown, seen: Seen, lacking: Lacking): string | null {
  if (is === null && isGone(seen, "modules", was.moduleId)) return lacking("MANAGE_MODULES");
  if (is?.isBroken === true) return lacking("MANAGE_MODULES");
  return "MANAGE_DATA_SHARING";
}

/** A record is made, changed, or vanishes: by who may do so with that very record, or to the module as a whole. */
function lackedForRecord(was: Shown, is: Shown, seen: Seen, lacking: Lacking): string | null {
  const { before, as } = seen;
  if (was === null) {
    const module = rowOf(before.rows.modules, is.moduleId).key;
    return permits(before, as, module, "CREATE") ? null : `CREATE in ${module}`;
  }
  const module = moduleKeyOf(before.rows, was);
  const can = (action: Action) =>
    may(before.file, { user: as, action, module, recordKey: was.key, now: before.now });
  if (is === null) {
    if (can("DELETE")) return lacking("RECORD_DELETE");
    if (!isGone(seen, "modules", was.moduleId)) return "DELETE on the record";
    return (
      lacking("MANAGE_MODULES") ??
      lacking("RECORD_DELETE") ??
      (permits(before, as, module, "DELETE") ? null : `DELETE in ${module}`)
    );
  }
  if (was.ownerId !== is.ownerId) return can("CHANGE_OWNER") ? null : "CHANGE_OWNER on the record";
  if (can("UPDATE")) return null;
  const lost = Object.keys(was.values).some(
    (key) => JSON.stringify(was.values[key]) !== JSON.stringify(is.values[key]),
  );
  return lacking("MANAGE_MODULES") ?? (lost ? lacking("RECORD_DELETE") : null);
}

/** A share is given or taken by who may share the record, or goes with what it hangs on. */
function lackedForShare(was: Shown, is: Shown, seen: Seen, lacking: Lacking): string | null {
  const { before, after, as } = seen;
  const share = was ?? is;
  const record = before.rows.records.find(({ id }) => id === share.recordId);
  if (record === undefined || !after.rows.records.some(({ id }) => id === record.id)) return null;
  if (is === null && isGone(seen, "roles", share.roleId)) return lacking("MANAGE_ROLES");
  if (is === null && isGone(seen, "groups", share.groupId)) return lacking("MANAGE_GROUPS");
  if (is === null && isDeletedNow(seen, share.userId)) return lackedForEnding(lacking);
  const module = moduleKeyOf(before.rows, record);
  const can = (action: Action) =>
    may(before.file, { user: as, action, module, recordKey: record.key, now: before.now });
  return can("SHARE") ? null : `SHARE on ${toGlobalId("Record", record.id)}`;
}

function isGone(
  { before, after }: Seen,
  noun: "roles" | "groups" | "modules" | "profiles",
  id: string | null | undefined,
): boolean {
  const has = ({ rows }: Facts) => rows[noun].some((each: { readonly id: string }) => each.id === id);
  return has(before) && !has(after);
}
