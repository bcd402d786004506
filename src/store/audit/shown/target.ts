import { asId, type ModuleId } from "../../../kernel/id.ts";
import { judgedRecords } from "../../core/judged.ts";
import { type Viewer, viewerHolds } from "../../core/viewer.ts";
import { findApplication } from "../../directory/applications.ts";
import { findGroup } from "../../directory/groups.ts";
import { findField, findModule } from "../../directory/modules.ts";
import { findProfile } from "../../directory/profiles.ts";
import { findRole } from "../../directory/roles.ts";
import { findUser } from "../../directory/users.ts";
import { recordRows } from "../../records/row.ts";
import { findRule } from "../../sharing/rules.ts";
import { readsAll } from "../scope/readers.ts";
import type { TargetType } from "../scope/row.ts";

/** What the viewer may know of something now: what it is called; or that it is gone, which holders alone are told of. */
export type Standing =
  | { readonly kind: "READABLE"; readonly name: string; readonly moduleId: ModuleId | null }
  | { readonly kind: "GONE" }
  | { readonly kind: "HIDDEN" };

const HIDDEN: Standing = { kind: "HIDDEN" };

type Named = { readonly name: string; readonly moduleId?: ModuleId } | null | undefined;
type Look = (viewer: Viewer, id: string) => Standing | Promise<Standing>;

/**
 * For each kind of target, whether the viewer may read it elsewhere, now (SA-22, AP-23). Of a kind without a row
 * nobody is told anything.
 */
const LOOK: Readonly<Partial<Record<TargetType, Look>>> = {
  Record: async (viewer, id) => {
    const [judged, row] = await Promise.all([
      judgedRecords(viewer).load(asId(id)),
      recordRows(viewer).load(asId(id)),
    ]);
    return judged === null ? gone(viewer) : standing(row);
  },
  SharingRule: (viewer, id) =>
    viewerHolds(viewer, "MANAGE_DATA_SHARING") ? there(viewer, findRule(viewer, asId(id))) : HIDDEN,
  Profile: (viewer, id) =>
    viewer.policy.profiles.get(asId(id)) === undefined
      ? viewerHolds(viewer, "MANAGE_PROFILES")
        ? gone(viewer)
        : HIDDEN
      : standing(findProfile(viewer, asId(id))),
  Role: (viewer, id) => there(viewer, findRole(viewer, asId(id))),
  Group: (viewer, id) => there(viewer, findGroup(viewer, asId(id))),
  Module: (viewer, id) => there(viewer, labelled(findModule(viewer, asId(id)))),
  Field: (viewer, id) => there(viewer, labelled(findField(viewer, asId(id))?.field)),
  User: (viewer, id) => there(viewer, findUser(viewer, asId(id))),
  SupportAccess: (viewer, id) => {
    if (!viewerHolds(viewer, "MANAGE_SUPPORT_ACCESS")) return HIDDEN;
    const grant = viewer.policy.org.supportGrants.find((each) => each.id === id);
    return there(viewer, grant && viewer.policy.users.get(grant.agentId));
  },
  Application: (viewer, id) => standing(findApplication(viewer, asId(id))),
  Organization: ({ policy }, id) => (id === policy.org.id ? standing(policy.org) : HIDDEN),
};

/** What the viewer may know of a target; the same for what is absent and what is out of reach, but for holders. */
export async function standingOf(viewer: Viewer, type: string | null, id: string | null): Promise<Standing> {
  const look = type === null ? undefined : LOOK[type as TargetType];
  return look === undefined || id === null ? HIDDEN : look(viewer, id);
}

/** Whether an event may say what it is about. */
export function isTold({ kind }: Standing): boolean {
  return kind !== "HIDDEN";
}

/** Of what is gone, only those who read the whole log are told (SA-22). */
function gone(viewer: Viewer): Standing {
  return readsAll(viewer) ? { kind: "GONE" } : HIDDEN;
}

function standing(row: Named): Standing {
  return row == null ? HIDDEN : { kind: "READABLE", name: row.name, moduleId: row.moduleId ?? null };
}

/** What everybody reads that there is: where it is not, it is gone. */
function there(viewer: Viewer, row: Named): Standing {
  return row == null ? gone(viewer) : standing(row);
}

function labelled(row: { readonly key: string; readonly label: string | null } | null | undefined): Named {
  return row && { name: row.label ?? row.key };
}
