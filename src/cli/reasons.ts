import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { causeOf } from "../database/adapter-cause.ts";
import type { Settings } from "../settings/settings.ts";

/** What is said of errors that have a reason people can do something about: the setting, the place, and what to do. */
export function reasonOf(
  error: unknown,
  settings: Pick<Settings, "database" | "host" | "port">,
): string | null {
  return (
    portReason(error, settings) ??
    (codeOf(error) === "P2021" ? NOT_MIGRATED : null) ??
    (settings.database.url.startsWith("file:")
      ? fileReason(error, settings.database.url)
      : serverReason(error, settings.database.url))
  );
}

const NOT_MIGRATED = "DATABASE_URL: the database has not the tables it needs yet: run `sightline migrate`.";

/** That there is no file where the database is to be read from, which opening it would make; null when there is. */
export function absenceOf({ database: { url } }: Pick<Settings, "database">): string | null {
  if (!url.startsWith("file:") || existsSync(pathOf(url))) return null;
  return `DATABASE_URL: there is no database at ${pathOf(url)}.`;
}

function portReason(error: unknown, { host, port }: Pick<Settings, "host" | "port">): string | null {
  switch (codeOf(error)) {
    case "EADDRINUSE":
      return `PORT: somebody listens at ${host}:${port} already. Stop that, or set PORT to another.`;
    case "EACCES":
      return `PORT: this process may not listen at ${host}:${port}. Ports below 1024 are often reserved.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `HOST: ${host} is no address of this machine.`;
    default:
      return null;
  }
}

function fileReason(error: unknown, url: string): string | null {
  const path = pathOf(url);
  if (!existsSync(dirname(path)))
    return `DATABASE_URL: there is no folder ${dirname(path)} to have a database in. Make it, or name another.`;
  switch (sqliteCodeOf(error)) {
    case "SQLITE_NOTADB":
      return `DATABASE_URL: ${path} is no SQLite database. Name another file, or move this one away.`;
    case "SQLITE_CANTOPEN":
    case "EACCES":
    case "ENOTDIR":
    case "EEXIST":
    case "EISDIR":
    case "ENOENT":
    case "EROFS":
      return `DATABASE_URL: ${path} cannot be opened. Is it a file, in a folder that this process may write to?`;
    case "SQLITE_READONLY":
    case "SQLITE_READONLY_DIRECTORY":
    case "SQLITE_READONLY_DBMOVED":
      return `DATABASE_URL: ${path} cannot be written to by this process, nor perhaps its folder.`;
    case "SQLITE_CORRUPT":
    case "SQLITE_IOERR_SHORT_READ":
      return `DATABASE_URL: ${path} is damaged. Put back a copy of it that is whole.`;
    case "SQLITE_FULL":
      return `DATABASE_URL: the disk of ${path} is full.`;
    default:
      return null;
  }
}

function serverReason(error: unknown, url: string): string | null {
  const { hostname, port, pathname, username } = new URL(url);
  const place = `${hostname}:${port === "" ? "5432" : port}`;
  switch (causeOf(error)["kind"] ?? codeOf(error)) {
    case "P1001":
    case "DatabaseNotReachable":
    case "SocketTimeout":
    case "ConnectionClosed":
      return `DATABASE_URL: no Postgres answers at ${place}. Is it running, and reachable from here?`;
    case "P1003":
    case "DatabaseDoesNotExist":
      return `DATABASE_URL: the Postgres at ${place} has no database ${pathname.slice(1)}. Make it with createdb.`;
    case "P1000":
    case "P1010":
    case "AuthenticationFailed":
    case "DatabaseAccessDenied":
      return `DATABASE_URL: the Postgres at ${place} refuses the user ${username}. Is the password right?`;
    case "TlsConnectionError":
      return `DATABASE_URL: no encrypted connection to the Postgres at ${place} could be made. Look at its sslmode.`;
    default:
      return null;
  }
}

function pathOf(url: string): string {
  return resolve(url.slice("file:".length).replace(/^\/\/(?=\/)/, ""));
}

function sqliteCodeOf(error: unknown): unknown {
  return causeOf(error)["originalCode"] ?? codeOf(error);
}

function codeOf(error: unknown): unknown {
  return (error as { readonly code?: unknown } | null)?.code;
}
