import { openStore } from "../../../src/database/open.ts";
import { asId } from "../../../src/kernel/id.ts";
import { appendAuditEvents } from "../../../src/store/core/append-audit.ts";
import { AUDIT_KEYS } from "../../audit-keys.ts";
import { entry } from "./log.ts";

/** A process of its own that appends so many events to a log. */
const [url = "", org = "", count = "0"] = process.argv.slice(2);
const database = await openStore(url, { isDurable: false, auditKeys: AUDIT_KEYS, waitMs: 60_000 });
const orgId = asId<"Organization">(org);
for (let number = 0; number < Number(count); number += 1)
  await database.write((tx) =>
    appendAuditEvents(database, tx, orgId, [entry(orgId, number), entry(orgId, number)]),
  );
await database.close();
