import { CAPABILITIES, type Capability, capabilityRow } from "../../policy/capability.ts";
import { capabilitiesOf } from "../../policy/rights/holding.ts";
import type { Viewer } from "../core/viewer.ts";

/** The capabilities that the viewer holds now, in the order of the catalogue (CA-01). */
export function heldCapabilities(viewer: Viewer): readonly Capability[] {
  const held = capabilitiesOf(viewer.policy, viewer.user, viewer.now);
  return CAPABILITIES.filter((capability) => held.has(capability));
}

/** The catalogue for readers: each capability with its description. */
export function describedCapabilities(): Readonly<Record<Capability, string>> {
  const entries = CAPABILITIES.map((capability) => [capability, capabilityRow(capability).description]);
  return Object.fromEntries(entries) as Record<Capability, string>;
}
