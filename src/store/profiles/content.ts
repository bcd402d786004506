import type { Profile } from "../../policy/model/org.ts";
import { PERMISSIONS } from "../../policy/model/org.ts";
import type { ProfileFacts } from "../core/audit-event.ts";

/** A profile as an audit event tells it: permissions by module id. */
export function profileContent({ key, name, capabilities, permissions }: Profile): ProfileFacts {
  const modules = [...permissions].map(([moduleId, held]) => [
    moduleId,
    PERMISSIONS.filter((permission) => held.has(permission)),
  ]);
  return { key, name, capabilities, permissions: Object.fromEntries(modules) };
}
