/**
 * A field's value as it is stored: text for TEXT, EMAIL and PICKLIST, a finite double for NUMBER, `YYYY-MM-DD` for
 * DATE, `YYYY-MM-DDTHH:mm:ss.sssZ` for DATETIME, the options chosen for MULTI_PICKLIST, an id for LOOKUP and USER.
 */
export type FieldValue = string | number | boolean | readonly string[];

/** A record's values by field key; what is absent or null has no value. An empty text or list is a value (SH-32). */
export type FieldValues = { readonly [fieldKey: string]: FieldValue | null };
