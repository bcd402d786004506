import pg from "pg";
import type { Database, DatabaseKind } from "../../src/database/database.ts";
import { openStore } from "../../src/database/open.ts";
import { applyOrganizationFile } from "../../src/file/apply.ts";
import { AUDIT_KEYS } from "../audit-keys.ts";
import { openTestDatabase } from "../database.ts";
import { type Ask, instanceOver } from "../mutations-random/instance.ts";
import type { OrganizationFile } from "../oracle/file.ts";
import { openElsewhere } from "./elsewhere.ts";
import { BEGIN } from "./world.ts";

/** Two gateways over one database, each with connections and caches of its own. */
export type Stage = {
  readonly database: Database;
  /** What each gateway is asked through. */
  readonly gateways: readonly [Ask, Ask];
  /** What the logs say of failures. */
  readonly failures: () => readonly string[];
  readonly now: () => number;
  /** Until the background has nothing left to do. */
  readonly settle: () => Promise<void>;
  /** Keeps everybody from writing for so long: whoever asks meanwhile meets at the same door. */
  readonly hold: (ms: number) => Promise<void>;
  readonly close: () => Promise<void>;
};

export type StageOptions = {
  readonly kind: DatabaseKind;
  readonly file: OrganizationFile;
  /** Whether the second gateway is in a process of its own. */
  readonly isApart: boolean;
  /** Whether the backgrounds do nothing by themselves, but only when they are settled. */
  readonly isQuiet: boolean;
};

/** Opens a database with the organisation in it, and both gateways. */
export async function openStage({ kind, file, isApart, isQuiet }: StageOptions): Promise<Stage> {
  const { database, url, close } = await openTestDatabase(kind);
  await applyOrganizationFile(database, { text: JSON.stringify(file), name: "race" }, null, { now: BEGIN });
  const from = Date.now();
  const now = () => BEGIN + 1 + Date.now() - from;
  const here = instanceOver(database, { now }, { isQuiet });
  const there = await (isApart ? openElsewhere(url, from) : openBeside(url, now, isQuiet));
  const holder = await openHolder(kind, url);
  return {
    database,
    gateways: [here.ask, there.ask],
    failures: () => [...here.failures, ...there.failures()],
    now,
    settle: () => here.store.jobs.idle(),
    hold: holder.hold,
    close: async () => {
      await here.store.jobs.stop();
      await there.close();
      await holder.close();
      await close();
    },
  };
}

/** A gateway that is reached somehow. */
export type Gateway = {
  readonly ask: Ask;
  readonly failures: () => readonly string[];
  readonly close: () => Promise<void>;
};

/** A gateway in this process, over connections of its own. */
async function openBeside(url: string, now: () => number, isQuiet: boolean): Promise<Gateway> {
  const database = await openStore(url, { isDurable: false, connections: 8, auditKeys: AUDIT_KEYS });
  const { ask, failures, store } = instanceOver(database, { now }, { isQuiet });
  return {
    ask,
    failures: () => failures,
    close: async () => {
      await store.jobs.stop();
      await database.close();
    },
  };
}

type Holder = Pick<Stage, "hold" | "close">;

/** A connection that can hold what every change begins with. */
async function openHolder(kind: DatabaseKind, url: string): Promise<Holder> {
  const sleep = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms));
  switch (kind) {
    case "sqlite": {
      const database = await openStore(url, { isDurable: false, auditKeys: AUDIT_KEYS });
      return { hold: (ms) => database.write(() => sleep(ms)), close: () => database.close() };
    }
    case "postgres": {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      return {
        hold: async (ms) => {
          await client.query('BEGIN; SELECT 1 FROM "Organization" FOR UPDATE');
          await sleep(ms);
          await client.query("COMMIT");
        },
        close: () => client.end(),
      };
    }
  }
}
