import { writeFileSync } from "node:fs";
import { organizationFileJsonSchema } from "./json-schema.ts";

/** Writes `organization-file.schema.json`; a test fails while it is not current. */
const target = new URL("./organization-file.schema.json", import.meta.url);
writeFileSync(target, `${JSON.stringify(organizationFileJsonSchema(), null, 2)}\n`);
