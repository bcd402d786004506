import { matches } from "./criteria.ts";
import type {
  Action,
  DefaultAccess,
  OrganizationFile,
  Question,
  RecordEntry,
  RuleEntry,
  RuleLevel,
  ShareEntry,
  ShareLevel,
  TeamRole,
} from "./file.ts";
import { FORECASTS, isTeamModule } from "./gates.ts";
import { holds } from "./holds.ts";
import { at, findPerson, isAboveTarget, isIn, isSuperior, sameEmail } from "./people.ts";

/** Grants only widen: does at least one admit? */
export function isGranted(file: OrganizationFile, question: Question, record: RecordEntry): boolean {
  if (isAdministrator(file, question)) return true;
  if (isTeamModule(file, question.module)) return isGrantedByTeamRole(file, question, record);
  return (
    isOwner(question, record) ||
    isGrantedByDefault(file, question) ||
    isGrantedByHierarchy(file, question, record) ||
    isGrantedToPeer(file, question, record) ||
    isGrantedToForecastManager(file, question, record) ||
    isGrantedByRule(file, question, record) ||
    isGrantedByShare(file, question)
  );
}

function isOwner({ user }: Question, record: RecordEntry): boolean {
  return sameEmail(record.owner, user);
}

/** SH-60: `MODIFY_ALL_DATA` is everything with every record, `VIEW_ALL_DATA` is reading it. */
function isAdministrator(file: OrganizationFile, { user, action, now }: Question): boolean {
  if (holds(file, user, "MODIFY_ALL_DATA", now)) return true;
  return action === "READ" && holds(file, user, "VIEW_ALL_DATA", now);
}

/** SH-01, SH-09: private unless said, and `forecasts` whatever is said. */
function defaultOf(file: OrganizationFile, module: string): DefaultAccess {
  return module === FORECASTS ? "PRIVATE" : (at(file.modules, module)?.default ?? "PRIVATE");
}

/** SH-02 to SH-05: read, update and delete are separate verbs; a default never gives sharing (SH-42). */
function isGrantedByDefault(file: OrganizationFile, { module, action }: Question): boolean {
  const given: Record<DefaultAccess, Action[]> = {
    PRIVATE: [],
    PUBLIC_READ_ONLY: ["READ"],
    PUBLIC_READ_WRITE: ["READ", "UPDATE"],
    PUBLIC_READ_WRITE_DELETE: ["READ", "UPDATE", "DELETE"],
  };
  return given[defaultOf(file, module)].includes(action);
}

/** SH-20, SH-24, SH-25, UA-61: a superior has the owner's reach, in private modules only; the owner's status is not asked. */
function isGrantedByHierarchy(
  file: OrganizationFile,
  { user, module }: Question,
  record: RecordEntry,
): boolean {
  if (defaultOf(file, module) !== "PRIVATE") return false;
  const viewer = findPerson(file, user);
  const owner = findPerson(file, record.owner);
  return viewer !== undefined && owner !== undefined && isSuperior(file, viewer, owner);
}

/** SH-21: users of a role that shares with its peers reach each other's records as superiors do. */
function isGrantedToPeer(file: OrganizationFile, { user, module }: Question, record: RecordEntry): boolean {
  if (defaultOf(file, module) !== "PRIVATE") return false;
  const viewer = findPerson(file, user);
  const owner = findPerson(file, record.owner);
  if (viewer === undefined || owner === undefined || viewer.entry.role !== owner.entry.role) return false;
  return at(file.roles, owner.entry.role)?.shareDataWithPeers === true;
}

/** SH-22: a role's forecast manager reads the forecasts of users of the same role, the manager's own. */
function isGrantedToForecastManager(
  file: OrganizationFile,
  { user, module, action }: Question,
  record: RecordEntry,
): boolean {
  if (module !== FORECASTS || action !== "READ") return false;
  const viewer = findPerson(file, user);
  const owner = findPerson(file, record.owner);
  if (viewer === undefined || owner === undefined || viewer.entry.role !== owner.entry.role) return false;
  const named = at(file.roles, owner.entry.role)?.forecastManager;
  return named !== undefined && sameEmail(named, user);
}

function isGrantedByRule(file: OrganizationFile, question: Question, record: RecordEntry): boolean {
  for (const rule of Object.values(file.sharingRules ?? {})) {
    if (doesRuleAdmit(file, rule, question, record)) return true;
  }
  return false;
}

function doesRuleAdmit(
  file: OrganizationFile,
  rule: RuleEntry,
  question: Question,
  record: RecordEntry,
): boolean {
  return (
    rule.module === question.module &&
    question.module !== FORECASTS &&
    isRuleInForce(rule, question.now) &&
    actionsOfRule(rule.access).includes(question.action) &&
    isCovered(file, rule, record) &&
    isTargeted(file, rule, question.user)
  );
}

/** SH-37, EN-08: deactivated and expired rules admit nothing; at the very instant of expiry it is over. */
function isRuleInForce(rule: RuleEntry, now: number): boolean {
  return rule.active !== false && !isExpired(rule.expiresAt, now);
}

function isExpired(expiresAt: string | undefined, now: number): boolean {
  return expiresAt !== undefined && Date.parse(expiresAt) <= now;
}

/** SH-34; SH-42: a sharing rule does not give the share action. */
function actionsOfRule(level: RuleLevel): Action[] {
  switch (level) {
    case "READ_ONLY":
      return ["READ"];
    case "READ_WRITE":
      return ["READ", "UPDATE"];
    case "READ_WRITE_DELETE":
      return ["READ", "UPDATE", "DELETE"];
  }
}

/** SH-32: with a source *and* criteria both must hold. A rule with neither covers nothing. */
function isCovered(file: OrganizationFile, rule: RuleEntry, record: RecordEntry): boolean {
  if (rule.from === undefined && rule.criteria === undefined) return false;
  if (rule.from !== undefined && !isFromSource(file, rule, record)) return false;
  return (
    rule.criteria === undefined ||
    matches(at(file.modules, rule.module)?.fields, record.values, rule.criteria)
  );
}

/** SH-31, UA-61: records owned by users in the source, whatever has become of them. */
function isFromSource(file: OrganizationFile, rule: RuleEntry, record: RecordEntry): boolean {
  if (rule.from === undefined) return false;
  if (rule.from === "everyone") return true;
  const owner = findPerson(file, record.owner);
  return owner !== undefined && isIn(file, owner, rule.from);
}

/** SH-33, SH-35; SA-08: the support agent, which has no role, is in `everyone` alone. */
function isTargeted(file: OrganizationFile, rule: RuleEntry, user: string): boolean {
  if (rule.to === "everyone") return true;
  const viewer = findPerson(file, user);
  if (viewer === undefined) return false;
  return (
    isIn(file, viewer, rule.to) || (rule.includeSuperiors === true && isAboveTarget(file, viewer, rule.to))
  );
}

/** SH-41: a share does not climb to the recipient's superiors; a second share to the same party replaces the first. */
function isGrantedByShare(
  file: OrganizationFile,
  { user, module, recordKey, action, now }: Question,
): boolean {
  const viewer = findPerson(file, user);
  if (viewer === undefined) return false;
  const shares = (file.shares ?? []).filter((share) => share.record === `${module}/${recordKey}`);
  for (const [position, share] of shares.entries()) {
    if (share.includeRelated === true)
      throw new Error("SH-44: a file names no sharer, so includeRelated has no meaning here");
    if (shares.slice(position + 1).some((later) => isSameParty(later, share))) continue;
    if (isExpired(share.expiresAt, now)) continue;
    if (actionsOfShare(share.access).includes(action) && isIn(file, viewer, share.to)) return true;
  }
  return false;
}

function isSameParty({ to: one }: ShareEntry, { to: other }: ShareEntry): boolean {
  if ("user" in one && "user" in other) return sameEmail(one.user, other.user);
  return JSON.stringify(one) === JSON.stringify(other);
}

/** SH-41, SH-42, SH-46: only `FULL` shares on, and what admits sharing admits changing the owner. */
function actionsOfShare(level: ShareLevel): Action[] {
  switch (level) {
    case "READ_ONLY":
      return ["READ"];
    case "READ_WRITE":
      return ["READ", "UPDATE"];
    case "FULL":
      return ["READ", "UPDATE", "DELETE", "SHARE", "CHANGE_OWNER"];
  }
}

/** The table of TU-21. */
const CELLS: Record<TeamRole, Record<Action, "all" | "own" | "no">> = {
  ADMIN: { READ: "all", UPDATE: "all", DELETE: "all", SHARE: "all", CHANGE_OWNER: "all" },
  MANAGER: { READ: "all", UPDATE: "all", DELETE: "all", SHARE: "all", CHANGE_OWNER: "all" },
  MEMBER: { READ: "all", UPDATE: "own", DELETE: "own", SHARE: "own", CHANGE_OWNER: "own" },
  PARTICIPANT: { READ: "own", UPDATE: "own", DELETE: "no", SHARE: "no", CHANGE_OWNER: "no" },
  REQUESTER: { READ: "own", UPDATE: "own", DELETE: "no", SHARE: "no", CHANGE_OWNER: "no" },
};

/** TU-21: "own" is widened by the module's rules and shares up to their level; "no" is not; no member, nothing. */
function isGrantedByTeamRole(file: OrganizationFile, question: Question, record: RecordEntry): boolean {
  const role = at(findPerson(file, question.user)?.entry.teamModules, question.module);
  if (role === undefined) return false;
  const cell = CELLS[role][question.action];
  if (cell === "all") return true;
  if (cell === "no") return false;
  return (
    isOwner(question, record) || isGrantedByRule(file, question, record) || isGrantedByShare(file, question)
  );
}
