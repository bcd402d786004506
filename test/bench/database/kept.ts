import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import pg from "pg";
import type { DatabaseKind } from "../../../src/database/database.ts";
import { ensureDatabase, startEmbeddedPostgres } from "../../../src/database/embedded-postgres.ts";
import { migrate } from "../../../src/database/migrate/migrate.ts";
import type { DataSet } from "../data-set/data-set.ts";
import { load } from "./load.ts";

/** Rises when the same size and seed give other rows. */
const FORMAT = 1;

const MIGRATIONS = resolve(import.meta.dirname, "../../../src/database/migrations");

/** A loaded database that stays for the next run; closing ends what was started for it. */
export type Kept = {
  readonly url: string;
  /** The address of another data set's database, beside this one and kept like it. */
  readonly beside: (dataSet: DataSet) => Promise<string>;
  readonly close: () => Promise<void>;
};

/**
 * The database of the data set, made when it is not there yet. Another size, seed or format and other migrations are
 * another database.
 *
 * @param folder where databases are kept.
 * @param say hears a line for people about what takes long.
 */
export async function keptDatabase(
  kind: DatabaseKind,
  dataSet: DataSet,
  { folder, say }: { readonly folder: string; readonly say: (line: string) => void },
): Promise<Kept> {
  const digest = await digestOfMigrations(kind);
  const namedAfter = (each: DataSet) => `${each.size.name}_${each.seed}_${FORMAT}_${digest}`;
  const filler = (each: DataSet) => async (url: string) => {
    const start = performance.now();
    say(`${kind}: making the data set ${each.size.name}, once …`);
    await migrate(url);
    await load(url, each);
    say(`${kind}: made in ${Math.round((performance.now() - start) / 1000)} s`);
  };
  const place =
    kind === "sqlite"
      ? placeOfFiles(join(folder, "sqlite"))
      : await placeOnPostgres(join(folder, `postgres-${dataSet.size.name}`));
  const beside = (each: DataSet) => place.database(namedAfter(each), filler(each));
  try {
    return { url: await beside(dataSet), beside, close: place.close };
  } catch (error) {
    await place.close();
    throw error;
  }
}

type Fill = (url: string) => Promise<void>;

/** How the names begin of the same data set under other formats and migrations: those are stale, and make room. */
function kinOf(name: string): string {
  return name.replace(/[^_]+_[^_]+$/, "");
}

/** Where databases are kept. What is half made has another name, and is made anew. */
type Place = {
  readonly database: (name: string, fill: Fill) => Promise<string>;
  readonly close: () => Promise<void>;
};

function placeOfFiles(folder: string): Place {
  return {
    async database(name, fill) {
      await mkdir(folder, { recursive: true });
      const path = join(folder, `${name}.db`);
      if (!existsSync(path)) {
        const making = join(folder, `${name}.making`);
        const stale = (await readdir(folder)).filter((file) => file.startsWith(kinOf(name)));
        await Promise.all(stale.map((file) => rm(join(folder, file))));
        await fill(`file:${making}`);
        await rename(making, path);
      }
      return `file:${path}`;
    },
    close: async () => undefined,
  };
}

async function placeOnPostgres(folder: string): Promise<Place> {
  const server = await startEmbeddedPostgres({ folder, connections: 60 });
  return {
    async database(name, fill) {
      const admin = new pg.Client({ connectionString: server.url("postgres") });
      await admin.connect();
      try {
        const found = await admin.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
        if (found.rowCount === 0) {
          const making = `${name}_making`;
          const stale = await admin.query<{ datname: string }>(
            "SELECT datname FROM pg_database WHERE starts_with(datname, $1)",
            [kinOf(name)],
          );
          for (const { datname } of stale.rows)
            await admin.query(`DROP DATABASE ${pg.escapeIdentifier(datname)} WITH (FORCE)`);
          await ensureDatabase(server.url("postgres"), making);
          await fill(server.url(making));
          await admin.query(
            `ALTER DATABASE ${pg.escapeIdentifier(making)} RENAME TO ${pg.escapeIdentifier(name)}`,
          );
          // What was written is on disk before anything is measured.
          await admin.query("CHECKPOINT");
        }
      } finally {
        await admin.end();
      }
      return server.url(name);
    },
    close: server.stop,
  };
}

async function digestOfMigrations(kind: DatabaseKind): Promise<string> {
  const hash = createHash("sha256");
  const files = await readdir(join(MIGRATIONS, kind), { recursive: true });
  for (const file of files.filter((each) => each.endsWith(".sql")).sort()) {
    hash.update(file).update(await readFile(join(MIGRATIONS, kind, file)));
  }
  return hash.digest("hex").slice(0, 8);
}
