import type { Permission as PermissionName } from "../../policy/model/org.ts";
import { builder, described } from "../core/builder.ts";

export const Permission = builder.enumType("Permission", {
  description: "What somebody may do in a module at all. Without `VIEW` the others have no effect.",
  values: described<PermissionName>({
    VIEW: "Read records.",
    CREATE: "Create records.",
    EDIT: "Change records.",
    DELETE: "Delete records.",
    SHARE: "Share records with others.",
    CHANGE_OWNER: "Hand records over to another owner.",
    IMPORT: "Import records.",
    EXPORT: "Export records; the capability `EXPORT_DATA` is needed, too.",
    MASS_UPDATE: "Change many records at once.",
    MASS_DELETE: "Delete many records at once.",
  }),
});
