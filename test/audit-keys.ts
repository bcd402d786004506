import { DEVELOPMENT_AUDIT_KEY } from "../src/settings/settings.ts";

/** What signs the audit logs of tests, as it does in development. */
export const AUDIT_KEYS = [DEVELOPMENT_AUDIT_KEY] as const;
