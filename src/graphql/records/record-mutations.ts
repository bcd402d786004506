import { toGlobalId } from "../../kernel/global-id.ts";
import type { RecordId } from "../../kernel/id.ts";
import { createRecord } from "../../store/records/create.ts";
import { deleteRecord } from "../../store/records/delete.ts";
import { findRecord } from "../../store/records/find.ts";
import {
  type MassItem,
  type MassResult,
  massDeleteRecords,
  massUpdateRecords,
} from "../../store/records/mass.ts";
import { updateRecord } from "../../store/records/update.ts";
import { builder } from "../core/builder.ts";
import { requireViewer } from "../core/context.ts";
import { readId } from "../core/id.ts";
import { MassRefusal } from "../core/mass-refusal.ts";
import { mutation } from "../core/mutation.ts";
import { deletedPayload, payloadsWith, type Ref, withId } from "../core/payload.ts";
import { RecordNode } from "./record.ts";

type OneRecord = { readonly recordId: RecordId };

const withRecord = payloadsWith({
  field: "record",
  type: RecordNode,
  description: "The record as it is now; null when the viewer can no longer read it.",
  find: (viewer, { recordId }: OneRecord) => findRecord(viewer, recordId),
});

/** A payload about one record: its id, and the record as the viewer reads it afterwards. */
export function recordPayload<Result extends OneRecord>(name: string, description: string): Ref<Result> {
  const payload = withRecord<Result>(name, description);
  return withId(payload, "Record", "The global id of the record.", ({ recordId }) => recordId);
}

const VALUES =
  "New values by field key; for a `LOOKUP` or a `USER` a global id. Null removes a value, and values that are not named stay as they are.";

mutation("createRecord", {
  description:
    "Creates a record, owned by the viewer unless `owner` names somebody else, which needs `CHANGE_OWNER`, too. Its key is random.",
  input: builder.inputType("CreateRecordInput", {
    description: "A new record.",
    fields: (t) => ({
      module: t.string({ required: true, description: "The key of the module." }),
      name: t.string({
        required: true,
        description: "What people call it: something to see, at most 255 characters.",
      }),
      values: t.field({
        type: "JSON",
        description:
          "Values by field key, including all that the module requires; for a `LOOKUP` or a `USER` a global id.",
      }),
      owner: t.id({ description: "The user who is to own it; left out, the viewer." }),
    }),
  }),
  payload: recordPayload("CreateRecordPayload", "The new record."),
  run: (viewer, { module, name, values, owner }) =>
    createRecord(viewer, {
      module,
      name,
      values,
      ownerId: readId("input.owner", "User", owner) ?? null,
    }),
});

mutation("updateRecord", {
  description: "Changes a record's name and values.",
  input: builder.inputType("UpdateRecordInput", {
    description: "The changes to a record. What is left out stays as it is.",
    fields: (t) => ({
      id: t.id({ required: true, description: "The record." }),
      name: t.string({ description: "The new name." }),
      values: t.field({ type: "JSON", description: VALUES }),
      expectedUpdatedAt: t.field({
        type: "DateTime",
        description:
          "The `updatedAt` that was read. If the record was changed since then, the change is refused as `CONFLICT`, with the record as it is now in `extensions.record`.",
      }),
    }),
  }),
  payload: recordPayload("UpdateRecordPayload", "The changed record."),
  run: (viewer, { id, name, values, expectedUpdatedAt }) =>
    updateRecord(viewer, {
      recordId: readId("input.id", "Record", id),
      name,
      values,
      expectedUpdatedAt: expectedUpdatedAt?.getTime(),
    }),
});

mutation("deleteRecord", {
  description: "Deletes a record with its shares. Lookups that pointed to it then point to nothing.",
  input: builder.inputType("DeleteRecordInput", {
    description: "Which record.",
    fields: (t) => ({ id: t.id({ required: true, description: "The record." }) }),
  }),
  payload: deletedPayload(
    "DeleteRecordPayload",
    "Record",
    "The deleted record.",
    ({ recordId }: OneRecord) => recordId,
  ),
  run: (viewer, { id }) => deleteRecord(viewer, readId("input.id", "Record", id)),
});

const MassItemType = builder.objectRef<MassItem>("MassItem").implement({
  description: "What became of one item of a mass change.",
  fields: (t) => ({
    id: t.id({
      description: "The global id of the record.",
      resolve: ({ id }) => toGlobalId("Record", id),
    }),
    isDone: t.boolean({
      description: "Whether it happened.",
      resolve: ({ refusal }) => refusal === null,
    }),
    refusal: t.expose("refusal", {
      type: MassRefusal,
      nullable: true,
      description: "Why it did not happen; null when it did.",
    }),
    record: t.field({
      type: RecordNode,
      nullable: true,
      description: "The record as it is now; null when the viewer cannot read it.",
      resolve: ({ id }, _, context) => findRecord(requireViewer(context), id),
    }),
  }),
});

function massPayload(name: string) {
  return builder.objectRef<MassResult>(name).implement({
    description: "What became of each item.",
    fields: (t) => ({
      items: t.expose("items", {
        type: [MassItemType],
        nullable: true,
        description: "In the order of the input.",
      }),
    }),
  });
}

mutation("massUpdateRecords", {
  description:
    "Changes up to 500 records. Each item is allowed or refused by itself; those that are allowed are changed together.",
  input: builder.inputType("MassUpdateRecordsInput", {
    description: "Which records, and the changes to each.",
    fields: (t) => ({
      items: t.field({
        type: [
          builder.inputType("MassUpdateItem", {
            description: "The changes to one record. What is left out stays as it is.",
            fields: (item) => ({
              id: item.id({ required: true, description: "The record." }),
              name: item.string({ description: "The new name." }),
              values: item.field({ type: "JSON", description: VALUES }),
              expectedUpdatedAt: item.field({
                type: "DateTime",
                description: "As in `updateRecord`.",
              }),
            }),
          }),
        ],
        required: true,
        description: "From 1 to 500, each record once.",
      }),
    }),
  }),
  payload: massPayload("MassUpdateRecordsPayload"),
  run: (viewer, { items }) =>
    massUpdateRecords(
      viewer,
      items.map(({ id, name, values, expectedUpdatedAt }, at) => ({
        recordId: readId(`input.items.${at}.id`, "Record", id),
        name,
        values,
        expectedUpdatedAt: expectedUpdatedAt?.getTime(),
      })),
    ),
});

mutation("massDeleteRecords", {
  description:
    "Deletes up to 500 records. Each item is allowed or refused by itself; those that are allowed are deleted together.",
  input: builder.inputType("MassDeleteRecordsInput", {
    description: "Which records.",
    fields: (t) => ({
      items: t.idList({ required: true, description: "The records: from 1 to 500, each once." }),
    }),
  }),
  payload: massPayload("MassDeleteRecordsPayload"),
  run: (viewer, { items }) =>
    massDeleteRecords(
      viewer,
      items.map((id, at) => readId(`input.items.${at}`, "Record", id)),
    ),
});
