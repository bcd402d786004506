import { fileURLToPath } from "node:url";
import { ensureDatabase, startEmbeddedPostgres } from "../database/embedded-postgres.ts";
import { settingsOfProcess } from "../settings/settings.ts";
import { placeOf } from "./place.ts";
import { run } from "./program.ts";

/** `npm run start:postgres`: the same commands on the Postgres that comes as a package, its rows below `data/`. */
const say = (line: string) => void process.stderr.write(`${line}\n`);

const server = await startEmbeddedPostgres({
  folder: fileURLToPath(new URL("../../data/postgres", import.meta.url)),
  say,
});
await ensureDatabase(server.url("postgres"), "sightline");
// Other commands reach it while this one runs.
say(`DATABASE_URL=${server.url("sightline")}`);

process.exitCode = await run(process.argv.slice(2), {
  print: (line) => void process.stdout.write(`${line}\n`),
  say,
  place: placeOf,
  settings: (purpose) => settingsOfProcess(purpose, { DATABASE_URL: server.url("sightline") }),
});
await server.stop();
