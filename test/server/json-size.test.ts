import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sizeOfJson } from "../../src/server/limits/json-size.ts";
import { type Answer, settingsOf, startServer, tokenOfMeg } from "./acme.ts";

const ANY = { values: Number.POSITIVE_INFINITY, levels: Number.POSITIVE_INFINITY };

/** The same by what a parser makes of it. */
function sizeOfValue(value: unknown): { readonly values: number; readonly levels: number } {
  if (typeof value !== "object" || value === null) return { values: 0, levels: 0 };
  const below = Object.values(value).map(sizeOfValue);
  return {
    values: below.length + below.reduce((sum, each) => sum + each.values, 0),
    levels: 1 + Math.max(0, ...below.map((each) => each.levels)),
  };
}

describe("AP-18 the size of a JSON text", () => {
  test("AP-18 is that of what a parser makes of it, for any value, however it is written", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, " ", "\t\n"), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(sizeOfJson(text, ANY)).toEqual(sizeOfValue(JSON.parse(text)));
      }),
      { numRuns: 500, seed: 7 },
    );
  });

  test.each([
    ["", 0, 0],
    ["[]", 0, 1],
    ["[ ]", 0, 1],
    ["{ }", 0, 1],
    ["[[],[]]", 2, 2],
    ['["[,{", "\\"[", "\\\\"]', 3, 1],
    ['{"a":"]}\\\\\\""}', 1, 1],
    ['["', 1, 1],
    ["[[[", 2, 3],
    ["]]]]", 0, 0],
  ])("AP-18 %j has %i values on %i levels", (text, values, levels) => {
    expect(sizeOfJson(text, ANY)).toEqual({ values, levels });
  });

  test("AP-18 counting ends with the first too many", () => {
    expect(sizeOfJson("[".repeat(100_000), { values: 1_000_000, levels: 10 }).levels).toBe(11);
    expect(sizeOfJson(`[${"1,".repeat(100_000)}1]`, { values: 10, levels: 10 }).values).toBe(11);
  });
});

describe("a body that is nested deeply, whichever of its members is", () => {
  const deep = `${"[".repeat(400_000)}${"]".repeat(400_000)}`;
  test.each([
    ["an operation name", `{"query":"{ __typename }","operationName":${deep}}`],
    ["a query", `{"query":${deep}}`],
    ["a member of another name", `{"query":"{ __typename }","foo":${deep}}`],
    ["variables", `{"query":"{ __typename }","variables":{"a":${deep}}}`],
    ["the body itself", deep],
  ])("AP-18 EN-32 %s: it is refused before it is parsed", async (_, body) => {
    const server = await startServer({ settings: settingsOf({ SIGHTLINE_DEV: undefined }) });
    const response = await fetch(`${server.url}/graphql`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/graphql-response+json",
        authorization: `Bearer ${await tokenOfMeg()}`,
      },
      body,
    });
    const answer = (await response.json()) as Answer;
    expect(response.status).toBe(400);
    expect(answer.errors?.[0]?.extensions).toMatchObject({
      code: "LIMIT_EXCEEDED",
      limit: { name: "levels", max: 128, actual: 129 },
    });
    await server.stop();
  });
});
