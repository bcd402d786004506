/** How long Postgres works on one answer before it is refused, in milliseconds. SQLite cannot be told to give up. */
export const TIMEOUT_MS = 30_000;
