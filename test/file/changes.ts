import { GOOD } from "./bad-file.ts";

/** The organisation with one key set or replaced. */
export function organization(change: string): string {
  const key = change.replace("‸", "").split(":")[0];
  const rest = (GOOD["organization"] ?? "")
    .slice(2, -2)
    .split(/, (?=[a-zA-Z]+:)(?![^{]*\})/)
    .filter((pair) => !pair.startsWith(`${key}:`));
  return `{ ${[...rest, change].join(", ")} }`;
}

/** One more user, with the given keys. */
export function user(change: string): string {
  return `${GOOD["users"]}\n  new@acme.test: { name: New, role: rep, ${change} }`;
}

/** The modules, with one more field of accounts. */
export function modules(field: string): string {
  return (GOOD["modules"] ?? "").replace(
    "city: { type: TEXT, required: true }",
    `city: { type: TEXT, required: true }${field === "" ? "" : `, ${field}`}`,
  );
}

export function rule(change: string): string {
  return `{ r: { module: leads, to: { role: rep }, access: READ_ONLY, ${change} } }`;
}

export function criteria(condition: string): string {
  return rule(`criteria: ${condition}`);
}

/** The records, with one more lead. */
export function records(record: string): string {
  return `${GOOD["records"]}\n    ${record}`;
}

export function value(pair: string): string {
  return records(`x: { owner: ray@acme.test, name: X, values: { ${pair} } }`);
}
