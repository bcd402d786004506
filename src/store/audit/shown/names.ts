import { asId } from "../../../kernel/id.ts";
import type { Viewer } from "../../core/viewer.ts";
import { findUser } from "../../directory/users.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * What an event tells, as text for people: names where it has ids of what everybody may read, and JSON where it has more
 * than one line says; null where there is nothing.
 */
export function namesOf(viewer: Viewer, value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return nameOf(viewer, value);
  if (Array.isArray(value) && value.every((each) => typeof each !== "object" || isParty(each)))
    return value.map((each) => namesOf(viewer, each) ?? "").join(", ");
  if (isParty(value)) return partyName(viewer, value);
  if (isNamed(value)) return value.name;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

type Ids = { readonly kind: string } & Readonly<Partial<Record<"userId" | "roleId" | "groupId", string>>>;

function isParty(value: unknown): value is Ids {
  return typeof value === "object" && value !== null && "kind" in value;
}

function isNamed(value: unknown): value is { readonly name: string } {
  return typeof value === "object" && value !== null && "name" in value && typeof value.name === "string";
}

function partyName(viewer: Viewer, { kind, userId, roleId, groupId }: Ids): string {
  const name = [userId, roleId, groupId].flatMap((id) => (id === undefined ? [] : nameOf(viewer, id)))[0];
  const and = kind === "ROLE_AND_SUBORDINATES" ? " and subordinates" : "";
  return `${name ?? kind.toLowerCase()}${and}`;
}

/** The name of a person, role, group or module; a grant key is read as the party that it is of. */
function nameOf(viewer: Viewer, text: string): string {
  const { policy } = viewer;
  const [, prefix, ofParty] = /^([urgs]):(.*)$/.exec(text) ?? [];
  const id = ofParty ?? text;
  if (!UUID.test(id)) return text;
  const name =
    findUser(viewer, asId(id))?.name ??
    policy.roles.get(asId(id))?.name ??
    policy.groups.get(asId(id))?.name ??
    policy.modules.get(asId(id))?.label;
  if (name === undefined) return text;
  return prefix === "s" ? `${name} and subordinates` : name;
}
