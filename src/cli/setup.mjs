// Makes a fresh clone ready to run: the packages, the derived Postgres schema, both database clients.
//
// It runs before every npm script, under whatever Node the host has and with no packages installed, so it is plain
// JavaScript without imports beyond Node's own. With nothing to do it reads a few files and says nothing; what it
// does say goes to stderr, because stdout belongs to the command that follows.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const at = (path) => join(root, path);

// Not node_modules/.bin/node: on Windows that is a script.
const node = at(`node_modules/node/bin/node${process.platform === "win32" ? ".exe" : ""}`);
const stamp = at("src/database/generated/.stamp");
const lock = at("data/setup.lock");

/** What the generated clients are made from; a change of any of it makes them anew. */
const SOURCES = [
  "schema.prisma",
  "src/database/migrate/derive-postgres.ts",
  "node_modules/prisma/package.json",
];
const CLIENTS = ["sqlite", "postgres"];

if (!isReady()) {
  try {
    await alone(async () => {
      if (!isInstalled()) await install();
      if (!isGenerated()) await generate();
    });
  } catch (error) {
    say(error.message);
    process.exit(1);
  }
}

function isReady() {
  return isInstalled() && isGenerated();
}

/** Whether every package that the lock file wants is there in that version. Optional ones may be for other machines. */
function isInstalled() {
  if (!existsSync(node)) return false;
  const wanted = packagesOf("package-lock.json");
  const present = packagesOf("node_modules/.package-lock.json");
  if (wanted === null) throw new Error("package-lock.json is missing or unreadable");
  return (
    present !== null &&
    Object.entries(wanted).every(
      ([path, { version, optional }]) =>
        path === "" || (present[path] ? present[path].version === version : optional === true),
    )
  );
}

function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(at(path), "utf8")).packages;
  } catch {
    return null;
  }
}

function isGenerated() {
  return (
    existsSync(stamp) &&
    readFileSync(stamp, "utf8") === fingerprint() &&
    CLIENTS.every((name) => existsSync(at(`src/database/generated/${name}/client.ts`)))
  );
}

function fingerprint() {
  const hash = createHash("sha256");
  for (const path of SOURCES)
    hash
      .update(path)
      .update("\0")
      .update(readFileSync(at(path)))
      .update("\0");
  return hash.digest("hex");
}

async function install() {
  say("installing packages (npm ci), which takes some minutes the first time …");
  // Development packages are wanted even where NODE_ENV says production: Node 24 itself is one.
  const npm = process.env.npm_execpath;
  const isScript = npm?.endsWith("js") && existsSync(npm);
  const args = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  await run(isScript ? process.execPath : "npm", isScript ? [npm, ...args] : args);
  if (!existsSync(node)) {
    throw new Error("npm ci did not bring Node 24: install scripts of the package `node` have to be allowed");
  }
}

/** Made beside and moved into place, so that a process that starts meanwhile finds the old clients or the new ones. */
async function generate() {
  say("generating the database clients, which takes up to a minute …");
  rmSync(stamp, { force: true });
  const fresh = at(`src/database/generated/.fresh-${process.pid}`);
  mkdirSync(fresh, { recursive: true });
  const expected = fingerprint();
  try {
    const schemas = { sqlite: readFileSync(at("schema.prisma"), "utf8") };
    schemas.postgres = await run(node, [at("src/database/migrate/derive-postgres.ts")]);
    writeFileSync(at("src/database/generated/postgres.prisma"), schemas.postgres);
    await Promise.all(CLIENTS.map((name) => generateClient(name, schemas[name], fresh)));
    for (const name of CLIENTS) {
      rmSync(at(`src/database/generated/${name}`), { recursive: true, force: true });
      renameSync(join(fresh, name), at(`src/database/generated/${name}`));
    }
    writeFileSync(stamp, expected);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

async function generateClient(name, schema, fresh) {
  const path = join(fresh, `${name}.prisma`);
  writeFileSync(path, schema.replace(`"src/database/generated/${name}"`, JSON.stringify(join(fresh, name))));
  await run(node, [at("node_modules/prisma/build/index.js"), "generate", `--schema=${path}`], {
    // Generating needs no schema engine, yet looks for one and would download it.
    PRISMA_SCHEMA_ENGINE_BINARY: node,
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    CHECKPOINT_DISABLE: "1",
  });
}

/** Runs a program in the root. @returns what it printed, which is shown only when it fails. */
function run(program, args, environment = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32" && program === "npm",
    });
    let printed = "";
    let complaints = "";
    child.stdout.on("data", (text) => (printed += text));
    child.stderr.on("data", (text) => (complaints += text));
    child.on("error", (error) => reject(new Error(`${program}: ${error.message}`)));
    child.on("close", (code) => {
      if (code === 0) resolve(printed);
      else reject(new Error(`${program} ${args.join(" ")} ended with ${code}\n${printed}${complaints}`));
    });
  });
}

/** One set-up at a time. A lock whose process is gone is taken over. */
async function alone(work) {
  mkdirSync(dirname(lock), { recursive: true });
  for (let isFirst = true; ; isFirst = false) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    if (isAbandoned()) rmSync(lock, { force: true });
    else if (isFirst) say(`waiting for another set-up to finish (${lock}) …`);
    await sleep(200);
  }
  const free = () => rmSync(lock, { force: true });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.once(signal, () => {
      free();
      process.exit(1);
    });
  }
  try {
    await work();
  } finally {
    free();
  }
}

function isAbandoned() {
  try {
    process.kill(Number(readFileSync(lock, "utf8")), 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}

function say(text) {
  process.stderr.write(`sightline: ${text}\n`);
}
