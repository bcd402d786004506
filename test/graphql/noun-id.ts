import { type NodeType, toGlobalId } from "../../src/kernel/global-id.ts";
import type { Gateway } from "./gateway.ts";

/** A well-formed global id of nothing. */
export function absentId(noun: NodeType): string {
  return toGlobalId(noun, "00000000-0000-7000-8000-000000000000");
}

/** The global id of a profile of the world, by its key. */
export async function profileId({ database }: Gateway, key: string): Promise<string> {
  const row = await database.reader.profile.findFirstOrThrow({ where: { key }, select: { id: true } });
  return toGlobalId("Profile", row.id);
}

/** The global id of a module of the world, by its key. */
export async function moduleId({ database }: Gateway, key: string): Promise<string> {
  const row = await database.reader.module.findFirstOrThrow({ where: { key }, select: { id: true } });
  return toGlobalId("Module", row.id);
}

/** The global id of a field of the world, by the keys of its module and its own. */
export async function fieldId({ database }: Gateway, module: string, key: string): Promise<string> {
  const row = await database.reader.field.findFirstOrThrow({
    where: { key, module: { key: module } },
    select: { id: true },
  });
  return toGlobalId("Field", row.id);
}

/** The input of a mutation that replaces a list, with the version that what it names has. */
export async function atVersion<Input extends { readonly id: string }>(
  gateway: Gateway,
  input: Input,
): Promise<Input & { readonly expectedVersion: number }> {
  const query =
    "query ($id: ID!) { node(id: $id) { ... on Group { version } ... on Profile { version } ... on Field { own: version } } }";
  const { node } = await gateway.data("root@acme.test", query, { id: input.id });
  return { expectedVersion: node.version ?? node.own, ...input };
}

/** The version of a group of the world that whoever replaces its members says. */
export async function groupVersion(gateway: Gateway, key: string): Promise<number> {
  const id = await gateway.id("Group", key);
  const query = "query ($id: ID!) { node(id: $id) { ... on Group { version } } }";
  return (await gateway.data("root@acme.test", query, { id }))["node"].version;
}
