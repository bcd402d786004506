import type { ObjectRef } from "@pothos/core";
import { type NodeType, toGlobalId } from "../../kernel/global-id.ts";
import type { Id } from "../../kernel/id.ts";
import type { Viewer } from "../../store/core/viewer.ts";
import { builder, type Types } from "./builder.ts";

/** An object type, by the rows that it is resolved from. */
export type Ref<Row> = ObjectRef<PothosSchemaTypes.ExtendDefaultTypes<Types>, Row>;

/** The one noun that a payload is about. */
type About<Result, Row> = {
  /** The name of its field in the payload. */
  readonly field: string;
  readonly type: Ref<Row>;
  readonly description: string;
  /** Reads it for the viewer after the change; null when that viewer may not. Whoever is no viewer any more gets null. */
  readonly find: (viewer: Viewer, result: Result) => Row | null | Promise<Row | null>;
};

/** Makes payloads that show one noun as it is after the change. */
export function payloadsWith<Result, Row>({ field, type, description: what, find }: About<Result, Row>) {
  return <More extends Result = Result>(name: string, description: string): Ref<More> =>
    builder.objectRef<More>(name).implement({
      description,
      fields: (t) => ({
        [field]: t.field({
          type,
          nullable: true,
          description: what,
          // The builder cannot see through generics that the type is no list.
          resolve: (result, _, { viewer }) => (viewer && find(viewer, result)) as never,
        }),
      }),
    });
}

/** Adds to a payload the global id of what it is about, for viewers who do not read that any more. */
export function withId<Result, Noun extends NodeType>(
  payload: Ref<Result>,
  noun: Noun,
  description: string,
  idOf: (result: Result) => Id<Noun>,
): Ref<Result> {
  builder.objectField(payload, "id", (t) =>
    t.id({ description, resolve: (result) => toGlobalId(noun, idOf(result)) }),
  );
  return payload;
}

/** The payload of a mutation that deleted one noun. */
export function deletedPayload<Result, Noun extends NodeType>(
  name: string,
  noun: Noun,
  description: string,
  idOf: (result: Result) => Id<Noun>,
): Ref<Result> {
  const payload = builder.objectRef<Result>(name).implement({ description });
  return withId(payload, noun, "The global id that it had.", idOf);
}
