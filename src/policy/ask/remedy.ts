import { grantsOf } from "../access/index.ts";
import type { Refusal } from "../gate/gate.ts";
import { refusalsOf } from "../gate/index.ts";
import { MAX_TEAM_USER_MODULES } from "../model/naming.ts";
import {
  type Action,
  DEFAULT_ACCESSES,
  type DefaultAccess,
  FORECASTS,
  type ShareLevel,
} from "../model/org.ts";
import { compile, type Question, questionsOf } from "../model/policy.ts";
import { PERMISSION_OF } from "../rights/permission.ts";

/** The single change that would turn a refusal into a permission (SH-70). */
export type Remedy =
  | { readonly change: "OPEN_MODULE"; readonly sentence: string }
  | { readonly change: "RAISE_DEFAULT"; readonly sentence: string; readonly defaultAccess: DefaultAccess }
  | { readonly change: "SHARE_RECORD"; readonly sentence: string; readonly level: ShareLevel };

/**
 * The change, among {open the module in the profile, raise the default, add to a party of an existing rule, share the
 * record}, that gives the fewest additional (user, record) pairs for the action.
 *
 * No pair need be counted. With one gate shut only opening the module can help; with more, nothing single can. With
 * every gate open, sharing the record with the user adds exactly one pair, no change that helps can add fewer, and
 * ties go to the last of the list, which is sharing. Who cannot be a recipient (the agent, SA-06) cannot be added to
 * a party either, which leaves the default.
 */
export function remedyFor(question: Question, refusals: readonly Refusal[], hasPath: boolean): Remedy | null {
  if (refusals.length > 1) return null;
  const [refusal] = refusals;
  if (refusal) return refusal.gate === "PROFILE" && hasPath ? openModule(question) : null;
  if (question.module.key === FORECASTS) return null;
  return question.viewer.license === "SUPPORT" ? raiseDefault(question) : shareRecord(question);
}

function shareRecord({ viewer, action }: Question): Remedy {
  const level = SHARE_LEVEL_FOR[action];
  return { change: "SHARE_RECORD", level, sentence: `Share the record with ${viewer.name} at ${level}.` };
}

const SHARE_LEVEL_FOR: Readonly<Record<Action, ShareLevel>> = {
  READ: "READ_ONLY",
  UPDATE: "READ_WRITE",
  DELETE: "FULL",
  SHARE: "FULL",
  CHANGE_OWNER: "FULL",
};

/** Opening helps when every gate is open afterwards: proven by asking the gates of a policy so changed. */
function openModule(question: Question): Remedy | null {
  const { policy, viewer, module, action } = question;
  const profile = viewer.profileId === null ? undefined : policy.profiles.get(viewer.profileId);
  if (!profile || module.kind === "TEAM") return null;
  if (profile.kind === "TEAM_USER") {
    const opened = policy.org.modules.filter(
      (each) => each.kind === "ORGANIZATION" && each.isOpenToTeam,
    ).length;
    if (opened >= MAX_TEAM_USER_MODULES) return null;
  }
  const needed = [...new Set(["VIEW", PERMISSION_OF[action]] as const)];
  const permissions = new Map(profile.permissions);
  permissions.set(module.id, new Set([...(profile.permissions.get(module.id) ?? []), ...needed]));
  const changed = {
    ...policy.org,
    profiles: policy.org.profiles.map((each) => (each.id === profile.id ? { ...each, permissions } : each)),
    modules: policy.org.modules.map((each) =>
      each.id === module.id && profile.kind === "TEAM_USER" ? { ...each, isOpenToTeam: true } : each,
    ),
  };
  if (refusalsAfter(question, changed).length > 0) return null;
  return {
    change: "OPEN_MODULE",
    sentence: `Give the profile ${profile.name} ${needed.join(" and ")} in ${module.label}.`,
  };
}

/** The lowest default that admits: proven by asking the grants of a policy so changed. */
function raiseDefault(question: Question): Remedy | null {
  const { policy, module } = question;
  if (module.kind === "TEAM") return null;
  const higher = DEFAULT_ACCESSES.slice(DEFAULT_ACCESSES.indexOf(module.defaultAccess) + 1);
  for (const defaultAccess of higher) {
    const modules = policy.org.modules.map((each) =>
      each.id === module.id ? { ...each, defaultAccess } : each,
    );
    const [asked] = askAgain(question, { ...policy.org, modules });
    if (asked && [...grantsOf(asked)].some((grant) => grant.kind === "ORGANIZATION_DEFAULT")) {
      return {
        change: "RAISE_DEFAULT",
        defaultAccess,
        sentence: `Raise the organisation default of ${module.label} to ${defaultAccess}.`,
      };
    }
  }
  return null;
}

function refusalsAfter(question: Question, org: Question["policy"]["org"]): readonly Refusal[] {
  return askAgain(question, org).flatMap(refusalsOf);
}

/**
 * The same question under another policy; empty when the policy has no such viewer or module. What it has in common with
 * the policy of the question, such as all the people, is not compiled again.
 */
function askAgain(
  { policy, viewer, module, action, now }: Question,
  org: Question["policy"]["org"],
): readonly Question[] {
  const changed = compile(org, policy);
  const asked = changed.modules.get(module.id);
  const user = changed.users.get(viewer.id);
  return asked && user ? [questionsOf(changed, user, now)(asked, action)] : [];
}
