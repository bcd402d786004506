import { decodeJwt, decodeProtectedHeader } from "jose";
import { describe, expect, test } from "vitest";
import { createVerifier } from "../../src/server/sign-in/verify-token.ts";
import { DEVELOPMENT_SECRET, readSettings } from "../../src/settings/settings.ts";
import { inProcess } from "./command-line.ts";

const MEG = ["token", "--org", "acme", "--user", "Meg@acme.test"];
/** Where nobody is looked up. */
const DEVELOPMENT = { SIGHTLINE_DEV: "1", DATABASE_URL: "file:data/never.db" };

describe("AP-21 sightline token", () => {
  test.each([
    ["with the development secret", DEVELOPMENT],
    ["with a secret of one's own", { ...DEVELOPMENT, SIGHTLINE_JWT_SECRET: "a secret of a developer" }],
    [
      "with issuer and audience",
      { ...DEVELOPMENT, SIGHTLINE_JWT_ISSUER: "me", SIGHTLINE_JWT_AUDIENCE: "here" },
    ],
  ])("AP-21 prints nothing but a token, %s, that the server accepts", async (_title, environment) => {
    const { code, out, err } = await inProcess(MEG, environment);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    const verify = createVerifier(readSettings(environment, "SERVE"));
    const claims = await verify(`Bearer ${out.trim()}`, Date.now());
    expect(claims).toMatchObject({ orgKey: "acme", email: "meg@acme.test", subject: null });
    expect(decodeProtectedHeader(out.trim())).toEqual({ alg: "HS256", typ: "JWT" });
  });

  test.each([
    [[], 12 * 3_600],
    [["--ttl", "90s"], 90],
    [["--ttl", "5m"], 300],
    [["--ttl", "2d"], 2 * 86_400],
  ])("AP-21 with %j it lasts %i seconds", async (words, expected) => {
    const { out } = await inProcess([...MEG, ...words], DEVELOPMENT);
    const { exp = 0, iat = 0 } = decodeJwt(out.trim());
    expect(exp - Math.ceil(iat)).toBe(expected);
  });

  test("AP-21 a user id goes into `sub`", async () => {
    const { out } = await inProcess(["token", "--org", "acme", "--user", "u-meg"], DEVELOPMENT);
    expect(decodeJwt(out.trim())).toMatchObject({ org: "acme", sub: "u-meg" });
    expect(decodeJwt(out.trim())["email"]).toBeUndefined();
  });

  test.each([
    ["in production", MEG, {}, 1, /SIGHTLINE_DEV=1/],
    [
      "in production, with the secret at hand",
      MEG,
      { SIGHTLINE_JWT_SECRET: DEVELOPMENT_SECRET },
      1,
      /development only/,
    ],
    [
      "when production says development",
      MEG,
      { ...DEVELOPMENT, NODE_ENV: "production" },
      1,
      /SIGHTLINE_DEV: /,
    ],
    [
      "beside a key set",
      MEG,
      { ...DEVELOPMENT, SIGHTLINE_JWKS_URL: "https://id.example.test/keys" },
      1,
      /SIGHTLINE_JWKS_URL/,
    ],
    [
      "with wrong settings",
      MEG,
      { ...DEVELOPMENT, PORT: "x", SIGHTLINE_TYPO: "1" },
      1,
      /PORT: [\s\S]*SIGHTLINE_TYPO: /,
    ],
    ["without a user", ["token", "--org", "acme"], DEVELOPMENT, 2, /--user/],
    ["without an organisation", ["token", "--user", "meg@acme.test"], DEVELOPMENT, 2, /--org/],
    ["that lasts no time", [...MEG, "--ttl", "0s"], DEVELOPMENT, 2, /such as 12h/],
    ["that lasts a fortnight", [...MEG, "--ttl", "2w"], DEVELOPMENT, 2, /such as 12h/],
  ] as const)(
    "AP-21 a token %s is refused and nothing printed",
    async (_title, words, environment, code, says) => {
      const finished = await inProcess(words, environment);
      expect(finished).toMatchObject({ code, out: "" });
      expect(finished.err).toMatch(says);
    },
  );
});

describe("the command line", () => {
  test.each([
    [["--help"], 0, /serve[\s\S]*migrate[\s\S]*token/, ""],
    [["help", "token"], 0, /--ttl/, ""],
    [["serve", "--help"], 0, /DATABASE_URL[\s\S]*SIGHTLINE_JWKS_URL/, ""],
    [[], 2, /^$/, "Usage: sightline"],
    [["frobnicate"], 2, /^$/, "unknown command"],
    [["migrate", "--frob"], 2, /^$/, "unknown option"],
  ])("sightline %j exits with %i", async (words, code, out, err) => {
    const finished = await inProcess(words);
    expect(finished.code).toBe(code);
    expect(finished.out).toMatch(out);
    expect(finished.err).toContain(err);
  });
});
