#!/usr/bin/env node
import { settingsOfProcess } from "../settings/settings.ts";
import { placeOf } from "./place.ts";
import { run } from "./program.ts";

// Whoever reads may have had enough, as `| head` has: then there is nobody left to print to.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

process.exitCode = await run(process.argv.slice(2), {
  print: (line) => void process.stdout.write(`${line}\n`),
  say: (line) => void process.stderr.write(`${line}\n`),
  place: placeOf,
  settings: (purpose) => settingsOfProcess(purpose),
});
