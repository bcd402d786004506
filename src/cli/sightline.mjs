#!/usr/bin/env node
// The program `sightline`, as npm links it: under whatever Node the host has, it starts the project's own, set up first.
import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const setUp = spawnSync(process.execPath, [at("setup.mjs")], { stdio: "inherit" });
if (setUp.status !== 0) process.exit(setUp.status ?? 1);

const node = at(`../../node_modules/node/bin/node${process.platform === "win32" ? ".exe" : ""}`);
const program = spawn(node, [at("main.ts"), ...process.argv.slice(2)], { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => program.kill(signal));
program.on("close", (code, signal) => {
  process.exitCode = code ?? (signal === null ? 1 : 128);
});
