import type { Database } from "../../../src/database/database.ts";
import { toGlobalId } from "../../../src/kernel/global-id.ts";
import { type Jobs, openJobs } from "../../../src/store/core/jobs/jobs.ts";
import { BACKGROUND } from "../../../src/store/store.ts";
import type { OpenDatabase } from "../../database.ts";
import { type Answer, type Gateway, openGateway, type Shown } from "../gateway.ts";
import { ACME, LEADS, NOW } from "../world.ts";

export const ROOT = "root@acme.test";
/** Manages data sharing, and reaches what reps own: not `acc-1`. */
export const SID = "sid@acme.test";
/** Reads no lead but `lead-1`, which is shared with her, until a rule says so. */
export const SUE = "sue@acme.test";

const TEXT = ACME.replace(
  "profiles:\n",
  "profiles:\n  sharing: { name: Sharing, modules: { leads: [VIEW], accounts: [VIEW] }, capabilities: [MANAGE_DATA_SHARING] }\n",
).replace(
  "groups:\n",
  "  sid@acme.test: { name: Sid, role: head, profile: sharing }\n  dan@acme.test: { name: Dan, role: rep, status: DELETED }\ngroups:\n",
);

export const HOUR = 3_600_000;
export const iso = (at: number) => new Date(at).toISOString();

/** One comparison of a filter. */
export const compare = (field: string, op: string, value?: unknown) => ({ compare: { field, op, value } });
/** Met by `lead-2` alone. */
export const LOST = compare("status", "EQ", "lost");
/** Met by `lead-1` alone, which Sue reads already. */
export const WON = compare("status", "EQ", "won");
/** Met by the last `OF_DEAR` leads. */
export const DEAR = compare("revenue", "GT", 120);
export const OF_DEAR = LEADS - 120;

/** All leads of the world. */
export const ALL = LEADS + 2;
/** How many leads Sue reads without any rule. */
export const SHARED = 1;

/** Global ids of the world, by short names. */
export type Ids = Readonly<
  Record<
    | "rep"
    | "head"
    | "service"
    | "emea"
    | "vips"
    | "sue"
    | "ray"
    | "agent"
    | "dan"
    | "acc1"
    | "acc2"
    | "lead1"
    | "wonToVips",
    string
  >
>;

/** A gateway whose rules are applied when the test says so, and not before. */
export type RuleWorld = {
  readonly gateway: Gateway;
  readonly database: Database;
  readonly url: string;
  readonly ids: Ids;
  /** Does what there is to do in the background; nobody else does. */
  readonly jobs: Jobs;
  /** The time of the gateway and of the background. */
  readonly clock: { at: number };
  /** Sends a mutation, `createSharingRule` for `create`; the answer's errors are for the caller. */
  readonly send: (verb: Verb, input: object, as?: string) => Promise<Answer>;
  /** Sends a mutation that must be carried out, and gives its payload. */
  readonly done: (verb: Verb, input: object, as?: string) => Promise<Shown>;
  /** Makes a rule on the leads of everyone for Sue, unless the input says otherwise, and gives its id. */
  readonly make: (input: object) => Promise<string>;
  /** What root reads of a rule. */
  readonly rule: (id: string) => Promise<Shown>;
  /** How many leads a person reads. */
  readonly leads: (user: string) => Promise<number>;
  /** Every rule row and how many matches there are: what a refusal must leave as it was. */
  readonly rows: () => Promise<object>;
  /** How many matches are stored under a rule's keys, of any generation. */
  readonly matches: (id: string) => Promise<number>;
  /** Takes the rules away that the tests have made. */
  readonly clear: () => Promise<void>;
};

export type Verb = "create" | "update" | "delete" | "activate" | "deactivate";

const RULE = `id key name module { key } level status isReadable includeSuperiors expiresAt criteria appliedRecords totalRecords
  source { kind role { name } group { name } } target { kind user { name } role { name } group { name } }`;

export async function openRules(open: OpenDatabase): Promise<RuleWorld> {
  const { database, url } = await open();
  const clock = { at: NOW };
  const now = { now: () => clock.at };
  const gateway = await openGateway(database, TEXT, { clock: now });
  await gateway.store.jobs.stop();
  const ids: Ids = {
    rep: await gateway.id("Role", "rep"),
    head: await gateway.id("Role", "head"),
    service: await gateway.id("Role", "service"),
    emea: await gateway.id("Group", "emea"),
    vips: await gateway.id("Group", "vips"),
    sue: await gateway.user(SUE),
    ray: await gateway.user("ray@acme.test"),
    agent: await userNamed(database, { license: "SUPPORT" }),
    dan: await userNamed(database, { status: "DELETED" }),
    acc1: await gateway.record("accounts", "acc-1"),
    acc2: await gateway.record("accounts", "acc-2"),
    lead1: await gateway.record("leads", "lead-1"),
    wonToVips: await gateway.id("SharingRule", "won-to-vips"),
  };
  const world = await database.reader.sharingRule.findMany({ select: { id: true } });
  const ofWorld = world.map((row) => row.id);
  const base = { module: "leads", target: { user: ids.sue }, level: "READ_ONLY" };

  async function send(verb: Verb, input: object, as: string = ROOT): Promise<Answer> {
    const name = `${verb}SharingRule`;
    const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
    const payload = verb === "delete" ? "id" : `sharingRule { ${RULE} }`;
    return gateway.ask(as, `mutation ($input: ${type}!) { result: ${name}(input: $input) { ${payload} } }`, {
      input,
    });
  }

  async function done(verb: Verb, input: object, as?: string): Promise<Shown> {
    const answer = await send(verb, input, as);
    if (answer.errors !== undefined) throw new Error(JSON.stringify(answer.errors));
    return verb === "delete" ? answer.data?.["result"].id : answer.data?.["result"].sharingRule;
  }

  let count = 0;
  return {
    gateway,
    database,
    url,
    ids,
    jobs: openJobs(BACKGROUND, { database, clock: now }),
    clock,
    send,
    done,
    async make(input) {
      count += 1;
      return (await done("create", { ...base, name: `Rule ${count}`, ...input })).id;
    },
    async rule(id) {
      const { node } = await gateway.data(
        ROOT,
        `query ($id: ID!) { node(id: $id) { ... on SharingRule { ${RULE} } } }`,
        {
          id,
        },
      );
      return node;
    },
    async leads(user) {
      const { records } = await gateway.data(user, `{ records(module: "leads") { totalCount } }`);
      return records.totalCount;
    },
    async rows() {
      const rules = await database.reader.sharingRule.findMany({ orderBy: { id: "asc" } });
      return {
        rules,
        events: await database.reader.auditEvent.count(),
        grants: await database.reader.recordGrant.count(),
      };
    },
    async matches(id) {
      const rule = Buffer.from(id, "base64url").toString("utf8").split(":")[1]!;
      const grants = await database.reader.recordGrant.findMany({ select: { key: true } });
      return grants.filter(({ key }) => key.startsWith(`c:${rule}#`)).length;
    },
    async clear() {
      clock.at = NOW;
      await database.write(async (tx) => {
        await tx.sharingRule.deleteMany({ where: { id: { notIn: ofWorld } } });
        await tx.organization.updateMany({ data: { version: { increment: 1 } } });
      });
    },
  };
}

async function userNamed(
  database: Database,
  where: { license: "SUPPORT" } | { status: "DELETED" },
): Promise<string> {
  return toGlobalId(
    "User",
    (await database.reader.user.findFirstOrThrow({ where, select: { id: true } })).id,
  );
}
