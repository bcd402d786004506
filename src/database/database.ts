import type { AuditKeys } from "../kernel/audit-key.ts";
import type { Prisma } from "./generated/sqlite/client.ts";

/**
 * One client inside one transaction: reads and writes.
 *
 * The type is taken from the SQLite client. The Postgres client is generated from the same tables and offers all of
 * it; `postgres.ts` casts there, and nowhere else.
 */
export type Tx = Prisma.TransactionClient;

type ReadMethod =
  | "aggregate"
  | "count"
  | "findFirst"
  | "findFirstOrThrow"
  | "findMany"
  | "findUnique"
  | "findUniqueOrThrow"
  | "groupBy";

/** Reads and nothing else. A `Tx` is a `Db` too, so what only reads asks for a `Db`. */
export type Db = {
  readonly [Table in Uncapitalize<Prisma.ModelName>]: Pick<Tx[Table], ReadMethod & keyof Tx[Table]>;
} & Pick<Tx, "$queryRaw">;

export type DatabaseKind = "sqlite" | "postgres";

export type TransactionOptions = {
  /** How long the transaction may stay open, in milliseconds. Long imports ask for more than the preset. */
  readonly timeoutMs?: number;
};

/**
 * The open database, the same on SQLite and Postgres.
 *
 * `write` and `snapshot` are not re-entrant: calling one inside itself is a mistake and throws.
 */
export type Database = {
  readonly kind: DatabaseKind;

  /** What signs the audit log of its organisations (SA-21); without, nothing is appended to it. */
  readonly auditKeys: AuditKeys | null;

  /** Committed rows, statement by statement. A writer that is still open is not seen. */
  readonly reader: Db;

  /**
   * All of `work` or nothing. What `work` throws undoes it and is thrown again.
   *
   * SQLite: one after another in this process, `BEGIN IMMEDIATE`; another process is waited for.
   * Postgres: READ COMMITTED, as many at once as the pool has connections.
   */
  write<T>(work: (tx: Tx) => Promise<T>, options?: TransactionOptions): Promise<T>;

  /** Every read of `work` sees the same instant of the database (EN-05). The database refuses writes in it. */
  snapshot<T>(work: (tx: Tx) => Promise<T>, options?: TransactionOptions): Promise<T>;

  /**
   * Locks a sharing rule for the rest of the transaction, so that whoever applies its criteria is alone with it: another
   * instance waits and goes on where the first one ended (SH-36).
   */
  lockRule(tx: Tx, orgId: string, ruleId: string): Promise<void>;

  /** Aborted when closing begins: from then on nothing is begun in the background. */
  readonly closing: AbortSignal;

  /** Settles when the database answers (AP-31). @throws when it does not. */
  ping(): Promise<void>;

  /**
   * Locks the policy version of an organisation for the rest of the transaction and reads it (EN-05).
   *
   * `SHARE` is for writers of records: any number at once, but no policy changes under them. `UPDATE` is for writers of
   * policy: one alone. Null when there is no such organisation.
   */
  lockVersion(tx: Tx, orgId: string, mode: "SHARE" | "UPDATE"): Promise<number | null>;

  /**
   * Locks records for the rest of the transaction, in the order of ids, so that what was decided about them stays true
   * until the change is made. Absent ids lock nothing and cost the same statement.
   */
  lockRecords(tx: Tx, orgId: string, ids: readonly string[]): Promise<void>;

  /**
   * The SQL sent while `work` ran, transaction control included, in order.
   *
   * Everything the process sends in that time is counted, so nothing else may run beside it.
   */
  statementsOf<T>(
    work: () => Promise<T>,
  ): Promise<{ readonly result: T; readonly statements: readonly string[] }>;

  /** Waits for open transactions, then closes every connection. */
  close(): Promise<void>;
};

export type StoreOptions = {
  /** The keys of the audit log; whoever changes anything needs them. None unless said otherwise. */
  readonly auditKeys?: AuditKeys | null;
  /** Hears every SQL statement just before it is sent. */
  readonly onStatement?: (sql: string) => void;
  /** How long a transaction may stay open, in milliseconds; 60 s unless said otherwise. */
  readonly timeoutMs?: number;
  /** How long to wait for a connection or for another process's write, in milliseconds; 10 s unless said otherwise. */
  readonly waitMs?: number;
  /** Postgres: how long a statement that reads may take, in milliseconds; without end unless said otherwise. */
  readonly readMs?: number;
  /** Postgres: connections at most; 10 unless said otherwise. */
  readonly connections?: number;
  /** SQLite: false gives up durability after a power failure for speed, as tests may. */
  readonly isDurable?: boolean;
};

export const TIMEOUT_MS = 60_000;
export const WAIT_MS = 10_000;
export const CONNECTIONS = 10;

/** Which database an address is of. @throws when it is neither. */
export function kindOf(url: string): DatabaseKind {
  if (url.startsWith("file:")) return "sqlite";
  if (/^postgres(ql)?:\/\//.test(url)) return "postgres";
  throw new Error("DATABASE_URL: expected file:… (SQLite) or postgres://…");
}
