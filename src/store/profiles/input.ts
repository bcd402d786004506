import { InvalidInput } from "../../kernel/fault.ts";
import type { ModuleId } from "../../kernel/id.ts";
import { CAPABILITIES, type Capability } from "../../policy/capability.ts";
import { PERMISSIONS, type Permission } from "../../policy/model/org.ts";
import type { Viewer } from "../core/viewer.ts";
import { moduleNamed } from "../directory/modules.ts";

/** What a client says of one module; null takes away what the profile says there. */
export type ModulePermissionsInput = {
  /** The key of the module. */
  readonly module: string;
  readonly permissions?: readonly Permission[] | null | undefined;
};

/** What becomes of some modules of a profile; null takes away what the profile says there. */
export type PermissionsChange = ReadonlyMap<ModuleId, ReadonlySet<Permission> | null>;

/** Reads permissions by module. @throws {InvalidInput} naming the entry. */
export function readPermissions(
  viewer: Viewer,
  entries: readonly ModulePermissionsInput[],
): PermissionsChange {
  const change = new Map<ModuleId, ReadonlySet<Permission> | null>();
  for (const [at, { module: key, permissions }] of entries.entries()) {
    const place = `input.permissions.${at}`;
    const module = moduleNamed(viewer, `${place}.module`, key);
    if (module.kind === "TEAM")
      throw new InvalidInput(
        `${place}.module`,
        `${module.label} is a team module, where membership decides and no profile.`,
        { requirement: "TU-21" },
      );
    if (change.has(module.id)) throw new InvalidInput(`${place}.module`, `${key} is named twice.`);
    if (permissions === undefined)
      throw new InvalidInput(
        `${place}.permissions`,
        "Say what the profile opens there; null takes away what it says.",
      );
    change.set(module.id, permissions && new Set(inOrder(PERMISSIONS, `${place}.permissions`, permissions)));
  }
  return change;
}

/** Reads a list of capabilities. @throws {InvalidInput} naming the entry that is a repetition. */
export function readCapabilities(
  listed: readonly Capability[],
  place = "input.capabilities",
): readonly Capability[] {
  return inOrder(CAPABILITIES, place, listed);
}

/** In the order of the catalogue, as an organisation file has them: then applying an export changes nothing. */
function inOrder<Name extends string>(all: readonly Name[], place: string, listed: readonly Name[]): Name[] {
  for (const [at, name] of listed.entries()) {
    if (listed.indexOf(name) < at) throw new InvalidInput(`${place}.${at}`, `${name} is named twice.`);
  }
  return all.filter((name) => listed.includes(name));
}
