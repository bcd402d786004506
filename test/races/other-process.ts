import { openStore } from "../../src/database/open.ts";
import { AUDIT_KEYS } from "../audit-keys.ts";
import { instanceOver } from "../mutations-random/instance.ts";
import type { Reply, Request } from "./elsewhere.ts";
import { BEGIN } from "./world.ts";

/** A gateway over a database that another process uses too; it is asked by messages, and ends with the one who asks. */
const [url, from] = process.argv.slice(2);
if (url === undefined) throw new Error("no database was named");
const database = await openStore(url, { isDurable: false, connections: 8, auditKeys: AUDIT_KEYS });
const now = () => BEGIN + 1 + Date.now() - Number(from);
const { ask, failures, store } = instanceOver(database, { now }, { isQuiet: false });

process.on("message", async ({ id, who, query, variables }: Request) => {
  const answer = await ask(who, query, variables);
  const reply: Reply = { id, answer, failures };
  process.send?.(reply);
});
process.on("disconnect", async () => {
  await store.jobs.stop();
  await database.close();
  process.exit(0);
});
process.send?.("ready");
