import { CAPABILITIES, type Capability, capabilityRow } from "../capability.ts";
import { type Module, type Org, PERMISSIONS, type Permission, type Profile } from "../model/org.ts";
import { permissionsOf } from "./permission.ts";

/**
 * The capabilities that a profile by itself gives an active user (CA-02), in the order of the catalogue. What comes from
 * the licence, from a module's `DELETE` or from being an administrator of the suite is not the profile's.
 */
export function capabilitiesOfProfile(profile: Profile): readonly Capability[] {
  return CAPABILITIES.filter((capability) => profileGives(profile, capability));
}

/** Whether the profile by itself gives the capability. */
export function profileGives({ kind, capabilities }: Profile, capability: Capability): boolean {
  switch (kind) {
    case "ADMINISTRATOR":
      return true;
    case "STANDARD":
      return capabilities?.includes(capability) ?? capabilityRow(capability).standard === true;
    case "TEAM_USER":
      return capabilityRow(capability).team === "ALWAYS";
    case "CUSTOM":
      return capabilities?.includes(capability) ?? false;
  }
}

/** What a profile opens in one organisation module. */
export type ModulePermissions = { readonly module: Module; readonly permissions: readonly Permission[] };

/** What a profile opens, per organisation module, in the order of the modules; team modules go by membership (TU-21). */
export function permissionsOfProfile(
  { modules }: Pick<Org, "modules">,
  profile: Profile,
): readonly ModulePermissions[] {
  return modules
    .filter((module) => module.kind === "ORGANIZATION")
    .map((module) => {
      const held = permissionsOf(profile, module);
      return { module, permissions: PERMISSIONS.filter((each) => held.has(each)) };
    });
}
