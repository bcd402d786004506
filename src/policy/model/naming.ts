/** Keys of roles, groups, modules, fields, rules, records and profiles; compared exactly. */
export const KEY = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
export const KEY_EXPECTED =
  "a key: at most 64 letters, digits, '.', '_' or '-', beginning with a letter or digit";

/** What hangs on a record is no module (SH-08). */
export const RESERVED_MODULES: readonly string[] = [
  "notes",
  "attachments",
  "emails",
  "competitors",
  "reports",
  "dashboards",
];

/** What every record has, besides its fields. */
export const RESERVED_FIELDS: readonly string[] = [
  "id",
  "key",
  "module",
  "name",
  "owner",
  "createdBy",
  "createdAt",
  "updatedAt",
];

/** A field offers at most so many options; more are a module of their own, and a lookup. */
export const MAX_OPTIONS = 1_000;

/** A team user reads at most so many organisation modules (TU-10). */
export const MAX_TEAM_USER_MODULES = 10;
