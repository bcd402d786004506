import { openStore } from "../../../src/database/open.ts";
import { smtpPost } from "../../../src/mail/smtp.ts";
import { openJobs } from "../../../src/store/core/jobs/jobs.ts";
import { sendMail } from "../../../src/store/mail/send.ts";
import { AUDIT_KEYS } from "../../audit-keys.ts";
import { local, PAGE, SENDER } from "./mail-world.ts";

/** Sends the mail of a database by a server of this machine, in a process of its own, until it is killed. */
const [url = "", port, from] = process.argv.slice(2);
const begun = Date.now();
const clock = { now: () => Number(from) + Date.now() - begun };
const database = await openStore(url, { connections: 4, auditKeys: AUDIT_KEYS });
const mailing = { post: smtpPost(local(Number(port)), SENDER), page: PAGE };
const jobs = openJobs([sendMail(mailing)], { database, clock });
process.send?.("ready");
jobs.watch(50);
