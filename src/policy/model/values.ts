/**
 * A field's value as it is stored: text for TEXT, EMAIL and PICKLIST, a finite double for NUMBER, `YYYY-MM-DD` for
 * DATE, `YYYY-MM-DDTHH:mm:ss.sssZ` for DATETIME, the options chosen for MULTI_PICKLIST, an id for LOOKUP and USER.
 */
export type FieldValue = string | number | boolean | readonly string[];

/** A record's values by field key; what is absent or null has no value. An empty text or list is a value (SH-32). */
export type FieldValues = { readonly [fieldKey: string]: FieldValue | null };

/** So many characters the values of one record have at most, written as JSON: a page of a hundred is still read whole. */
export const MOST_CHARACTERS = 100_000;

/** How many characters the values have, written as JSON. */
export function charactersIn(values: FieldValues): number {
  return JSON.stringify(values).length;
}
