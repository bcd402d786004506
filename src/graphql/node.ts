import { InvalidInput } from "../kernel/fault.ts";
import type { NodeType } from "../kernel/global-id.ts";
import { asId } from "../kernel/id.ts";
import { findEvent } from "../store/audit/read/list.ts";
import type { Viewer } from "../store/core/viewer.ts";
import { findApplication } from "../store/directory/applications.ts";
import { findGroup } from "../store/directory/groups.ts";
import { findField, findModule } from "../store/directory/modules.ts";
import { MAX_PAGE } from "../store/directory/page.ts";
import { findProfile } from "../store/directory/profiles.ts";
import { findRole } from "../store/directory/roles.ts";
import { findUser } from "../store/directory/users.ts";
import { findRecord } from "../store/records/find.ts";
import { findRule } from "../store/sharing/rules.ts";
import { findShare } from "../store/sharing/shares.ts";
import { findSupportAccess } from "../store/support/access.ts";
import { builder } from "./core/builder.ts";
import { requireViewer } from "./core/context.ts";
import { readGlobalId } from "./core/id.ts";

type Row = object | null;

/** How each noun is found by its id; null when absent or out of the viewer's reach (AP-03). */
const FIND: Readonly<Record<NodeType, (viewer: Viewer, id: string) => Row | Promise<Row>>> = {
  Organization: ({ policy }, id) => (id === policy.org.id ? policy.org : null),
  User: (viewer, id) => findUser(viewer, asId(id)),
  Role: (viewer, id) => findRole(viewer, asId(id)),
  Profile: (viewer, id) => findProfile(viewer, asId(id)),
  Group: (viewer, id) => findGroup(viewer, asId(id)),
  Module: (viewer, id) => findModule(viewer, asId(id)),
  Field: (viewer, id) => findField(viewer, asId(id)),
  Record: (viewer, id) => findRecord(viewer, asId(id)),
  SharingRule: (viewer, id) => findRule(viewer, asId(id)),
  Application: (viewer, id) => findApplication(viewer, asId(id)),
  RecordShare: (viewer, id) => findShare(viewer, asId(id)),
  AuditEvent: (viewer, id) => findEvent(viewer, id),
  SupportAccess: (viewer, id) => findSupportAccess(viewer, asId(id)),
};

builder.queryFields((t) => ({
  node: t.field({
    type: builder.nodeInterfaceRef(),
    nullable: true,
    description:
      "Anything by its global id. Null when it does not exist or is out of reach: the answer does not say which.",
    args: { id: t.arg.id({ required: true, description: "The global id." }) },
    resolve: (_, { id }, context) => findNode(requireViewer(context), "id", id),
  }),
  nodes: t.field({
    type: [builder.nodeInterfaceRef()],
    nullable: { list: false, items: true },
    description: "Several things by their global ids, in that order; null where `node` would be null.",
    args: { ids: t.arg.idList({ required: true, description: `The global ids: at most ${MAX_PAGE}.` }) },
    resolve: (_, { ids }, context) => {
      const viewer = requireViewer(context);
      if (ids.length > MAX_PAGE) throw new InvalidInput("ids", `At most ${MAX_PAGE} ids, not ${ids.length}.`);
      return Promise.all(ids.map((id, at) => findNode(viewer, `ids.${at}`, id)));
    },
  }),
}));

async function findNode(viewer: Viewer, argument: string, globalId: string): Promise<Row> {
  const { type, id } = readGlobalId(argument, globalId);
  const row = await FIND[type](viewer, id);
  // A copy says its type: rows of the policy are shared by every request and stay as they are.
  return row && { ...row, __typename: type };
}
