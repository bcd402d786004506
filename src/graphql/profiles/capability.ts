import type { Capability as CapabilityName } from "../../policy/capability.ts";
import { describedCapabilities } from "../../store/profiles/capabilities.ts";
import { builder, described } from "../core/builder.ts";

export const Capability = builder.enumType("Capability", {
  description:
    "A named power that is not about one record. Some guard nothing here: they are listed for other applications.",
  values: described<CapabilityName>(describedCapabilities()),
});
