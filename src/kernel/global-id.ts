/** The nouns that have a global id (AP-01). */
export const NODE_TYPES = [
  "Organization",
  "User",
  "Role",
  "Profile",
  "Group",
  "Module",
  "Field",
  "Record",
  "SharingRule",
  "RecordShare",
  "AuditEvent",
  "SupportAccess",
  "Application",
] as const;
export type NodeType = (typeof NODE_TYPES)[number];

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A global id: opaque to clients, base64url of `Type:uuid`. */
export function toGlobalId(type: NodeType, id: string): string {
  return Buffer.from(`${type}:${id}`, "utf8").toString("base64url");
}

/** What a global id names; null for anything that is not exactly one of ours, another spelling of it included. */
export function fromGlobalId(globalId: string): { readonly type: NodeType; readonly id: string } | null {
  const [type, id, ...rest] = Buffer.from(globalId, "base64url").toString("utf8").split(":");
  if (type === undefined || id === undefined || rest.length > 0 || !UUID.test(id)) return null;
  const known = NODE_TYPES.find((each) => each === type);
  return known !== undefined && toGlobalId(known, id) === globalId ? { type: known, id } : null;
}

/** The id of the noun that a global id names; null when it names another noun or nothing. */
export function idOf(type: NodeType, globalId: string): string | null {
  const named = fromGlobalId(globalId);
  return named?.type === type ? named.id : null;
}
