import type { Action } from "../../policy/model/org.ts";
import { moduleNamed } from "../../store/directory/modules.ts";
import { accessTo, findRecord, findRecordByKey } from "../../store/records/find.ts";
import { listRecords } from "../../store/records/list.ts";
import { creatorOf, moduleOf, ownerOf } from "../../store/records/relations.ts";
import type { RecordRow } from "../../store/records/row.ts";
import { shownAsJson } from "../../store/records/values.ts";
import { builder, described } from "../core/builder.ts";
import { connectionOf } from "../core/connection.ts";
import { requireViewer } from "../core/context.ts";
import { readId } from "../core/id.ts";
import { Module } from "../modules/module.ts";
import { User } from "../people/user.ts";
import { RecordFilter, RecordOrder } from "./record-filter.ts";
import { RecordKey, readRecordChoice } from "./record-key.ts";

export const RecordAction = builder.enumType("RecordAction", {
  description: "What may be done with one record. The same grants allow `SHARE` and `CHANGE_OWNER`.",
  values: described<Action>({
    READ: "See it.",
    UPDATE: "Change its values.",
    DELETE: "Delete it.",
    SHARE: "Share it with others.",
    CHANGE_OWNER: "Hand it over to another owner.",
  }),
});

const RecordAccess = builder.objectRef<Readonly<Record<Action, boolean>>>("RecordAccess").implement({
  description: "What the viewer may do with a record now, decided in the same way as when they try.",
  fields: (t) => ({
    read: t.exposeBoolean("READ", { description: "See it." }),
    update: t.exposeBoolean("UPDATE", { description: "Change its values." }),
    delete: t.exposeBoolean("DELETE", { description: "Delete it." }),
    share: t.exposeBoolean("SHARE", { description: "Share it with others." }),
    changeOwner: t.exposeBoolean("CHANGE_OWNER", { description: "Hand it over to another owner." }),
  }),
});

/** A record; whoever holds a row of it was admitted to read it. */
export const RecordNode = builder.objectRef<RecordRow>("Record");

builder.node(RecordNode, {
  description: "A row of a module. It has exactly one owner.",
  id: { resolve: (record) => record.id },
  fields: (t) => ({
    key: t.exposeString("key", { description: "The stable name, unique in its module." }),
    name: t.exposeString("name", { description: "What people call it." }),
    module: t.field({
      type: Module,
      description: "The kind of record.",
      resolve: (record, _, context) => moduleOf(requireViewer(context), record),
    }),
    owner: t.field({
      type: User,
      nullable: true,
      description: "Whose record it is.",
      resolve: (record, _, context) => ownerOf(requireViewer(context), record),
    }),
    createdBy: t.field({
      type: User,
      nullable: true,
      description: "Who created it; null when that is not known.",
      resolve: (record, _, context) => creatorOf(requireViewer(context), record),
    }),
    createdAt: t.field({
      type: "DateTime",
      description: "When it was created.",
      resolve: ({ createdAt }) => new Date(createdAt),
    }),
    updatedAt: t.field({
      type: "DateTime",
      description: "When it was changed last.",
      resolve: ({ updatedAt }) => new Date(updatedAt),
    }),
    values: t.field({
      type: "JSON",
      description:
        "Its values by field key: null where there is none, hidden fields left out. A `LOOKUP` is `{ id, key, name }`, or `{ hidden: true }` when its target is out of reach; a `USER` is `{ id, name }`.",
      resolve: (record, _, context) => shownAsJson(requireViewer(context), record),
    }),
    access: t.field({
      type: RecordAccess,
      description: "What the viewer may do with it now.",
      resolve: (record, _, context) => accessTo(requireViewer(context), record.id),
    }),
  }),
});

const RecordConnection = builder.connectionObject(
  { type: RecordNode, name: "RecordConnection", description: "A page of records." },
  { name: "RecordEdge", description: "A record in a list." },
);

builder.queryFields((t) => ({
  record: t.field({
    type: RecordNode,
    nullable: true,
    description:
      "A record, by exactly one of id and key. Null when it does not exist or is out of reach: the answer does not say which.",
    args: {
      id: t.arg.id({ description: "Its global id." }),
      key: t.arg({ type: RecordKey, description: "Its module and key." }),
    },
    resolve: (_, args, context) => {
      const viewer = requireViewer(context);
      const choice = readRecordChoice(args);
      return choice.by === "ID"
        ? findRecord(viewer, readId("id", "Record", choice.id))
        : findRecordByKey(viewer, moduleNamed(viewer, "key.module", choice.key.module), choice.key.key);
    },
  }),
  records: t.connection(
    {
      type: RecordNode,
      nullable: true,
      description: "The records of a module that the viewer may read, newest first unless ordered otherwise.",
      args: {
        module: t.arg.string({ required: true, description: "The key of the module." }),
        filter: t.arg({ type: RecordFilter, description: "Which of them." }),
        orderBy: t.arg({ type: [RecordOrder], description: "In which order: at most four terms." }),
      },
      resolve: async (_, { module, ...args }, context) => {
        const viewer = requireViewer(context);
        return connectionOf(await listRecords(viewer, moduleNamed(viewer, "module", module), args));
      },
    },
    RecordConnection,
  ),
}));
