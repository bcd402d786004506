/** A key of the audit log's chain: it signs with the secret, and what it signed names its id (SA-21). */
export type AuditKey = { readonly id: string; readonly secret: string };

/** The first signs. The others are known, so that what they signed before they were replaced is proven too (SA-25). */
export type AuditKeys = readonly [signing: AuditKey, ...earlier: readonly AuditKey[]];
