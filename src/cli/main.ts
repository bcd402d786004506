#!/usr/bin/env node
import { settingsOfProcess } from "../settings/settings.ts";
import { placeOf } from "./place.ts";
import { run } from "./program.ts";

process.exitCode = await run(process.argv.slice(2), {
  print: (line) => void process.stdout.write(`${line}\n`),
  say: (line) => void process.stderr.write(`${line}\n`),
  place: placeOf,
  settings: (purpose) => settingsOfProcess(purpose),
});
