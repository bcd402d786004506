import { isScalarType, parseValue } from "graphql";
import { describe, expect, test } from "vitest";
import { schema } from "../../../src/graphql/schema.ts";

function dateTime() {
  const type = schema.getType("DateTime");
  if (!isScalarType(type)) throw new Error("The schema has no scalar DateTime.");
  return type;
}

/** Read from variables, and as it is written in a document. */
const readings = (input: unknown) => [
  () => dateTime().parseValue(input),
  () => dateTime().parseLiteral(parseValue(JSON.stringify(input))),
];

describe("DateTime", () => {
  test.each([
    ["2027-01-01T00:00:00Z", "2027-01-01T00:00:00.000Z"],
    ["2027-01-01T01:30:00.250+01:30", "2027-01-01T00:00:00.250Z"],
    ["0000-01-01T00:00:00Z", "0000-01-01T00:00:00.000Z"],
    ["9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"],
  ])("AP-01 %s is an instant, and is answered as %s", (input, output) => {
    for (const read of readings(input)) expect(dateTime().serialize(read())).toBe(output);
  });

  test.each([
    "",
    "yesterday",
    "2027-01-01",
    "2027-01-01T00:00:00",
    "2027-02-30T00:00:00Z",
    "2027-01-01T24:00:00Z",
    "2027-01-01T00:00:00.0001Z",
    "9999-12-31T23:59:59.999-23:59",
    "0000-01-01T00:00:00+23:59",
    "+010000-01-01T00:00:00Z",
    "2027-01-01T00:00:00Z\u0000",
    1_800_000_000_000,
    true,
    [],
    ["2027-01-01T00:00:00Z"],
  ])("AP-04 %j is no instant", (input) => {
    for (const read of readings(input)) expect(read).toThrow("Expected an instant with its offset");
  });
});
