import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AUDIENCE, acme, grant, ISSUER, NOW, policiesOf, SECRET, settingsOf, startServer } from "../acme.ts";

const SECONDS = NOW / 1000;
const HOUR = 3600;
const encoder = new TextEncoder();

/** The claims of Meg, an hour to run; a claim that is undefined is left out. */
function claims(change: Readonly<Record<string, unknown>> = {}): JWTPayload {
  const whole = {
    iss: ISSUER,
    aud: AUDIENCE,
    org: "acme",
    email: "meg@acme.test",
    iat: SECONDS - 60,
    exp: SECONDS + HOUR,
    ...change,
  };
  return Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined));
}

function signed(
  change: Readonly<Record<string, unknown>> = {},
  key: Uint8Array | KeyObject = encoder.encode(SECRET),
  alg = "HS256",
  header: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  return new SignJWT(claims(change)).setProtectedHeader({ ...header, alg }).sign(key);
}

type Started = Awaited<ReturnType<typeof startServer>>;

describe("AP-20 sign-in with a secret", () => {
  let server: Started;
  beforeAll(async () => {
    const policies = policiesOf(
      acme({
        supportGrants: [
          grant("agent", NOW - 9 * HOUR * 1000, NOW - 8 * HOUR * 1000),
          grant("agent", NOW - 2 * HOUR * 1000, NOW + HOUR * 1000),
          grant("former", NOW - 2 * HOUR * 1000, NOW + HOUR * 1000),
        ],
      }),
      acme({ key: "globex", users: [] }),
    );
    server = await startServer({ policies });
  });
  afterAll(() => server.stop());

  test.each([
    ["no header", undefined, null],
    ["an address", signed(), "meg"],
    ["an address in capitals", signed({ email: "Meg@ACME.test" }), "meg"],
    ["an address that is verified", signed({ email_verified: true }), "meg"],
    ["an address that is verified, as text", signed({ email_verified: "true" }), "meg"],
    ["a user id", signed({ email: undefined, sub: "u-meg" }), "meg"],
    ["an address beside an identity provider's own subject", signed({ sub: "auth0|77" }), "meg"],
    ["an address and the same person's id", signed({ sub: "u-meg" }), "meg"],
    ["several audiences, ours among them", signed({ aud: ["other", AUDIENCE] }), "meg"],
    ["nbf of this very instant", signed({ nbf: SECONDS }), "meg"],
    ["exp one second ahead", signed({ exp: SECONDS + 1 }), "meg"],
    [
      "rights that it claims for itself, which count for nothing",
      signed({ email: "again@acme.test", role: "ceo" }),
      "again",
    ],
    [
      "UA-62 a token issued in the second of the account's making",
      signed({ email: "again@acme.test", iat: SECONDS - HOUR }),
      "again",
    ],
    [
      "SA-13 an agent's token of the present grant",
      signed({ email: "agent@vendor.test", iat: SECONDS - HOUR }),
      "agent",
    ],
  ])("AP-20 %s is accepted", async (_title, token, expected) => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${await token}` };
    const answer = await server.send("{ who }", headers);
    expect(answer).toMatchObject({ status: 200, data: { who: expected } });
  });

  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const publicPem = publicKey.export({ type: "spki", format: "pem" }) as string;
  const bearer = async (token: Promise<string> | string) => `Bearer ${await token}`;

  const unverified = (said: unknown): [title: string, token: Promise<string>, reason: string] => [
    `with an address whose verification is ${JSON.stringify(said)}`,
    bearer(signed({ email_verified: said })),
    "CLAIMS",
  ];

  test.each([
    ["expired", bearer(signed({ exp: SECONDS - 1 })), "EXPIRED"],
    ["expiring at this very instant", bearer(signed({ exp: SECONDS })), "EXPIRED"],
    ["without exp", bearer(signed({ exp: undefined })), "CLAIMS"],
    ["with exp as text", bearer(signed({ exp: "never" })), "CLAIMS"],
    ["not valid yet", bearer(signed({ nbf: SECONDS + 1 })), "NOT_YET_VALID"],
    ["issued in the future", bearer(signed({ iat: SECONDS + 1 })), "NOT_YET_VALID"],
    ["without iat", bearer(signed({ iat: undefined })), "CLAIMS"],
    [
      "with a letter that only Unicode calls a case of another",
      bearer(signed({ email: "os\u212Aar@acme.test" })),
      "UNKNOWN_USER",
    ],
    ["unsigned", bearer(new UnsecuredJWT(claims()).encode()), "ALGORITHM"],
    ["unsigned, with a signature of somebody's", bearer(unsignedWithTail()), "ALGORITHM"],
    ["signed with another secret", bearer(signed({}, encoder.encode(`${SECRET}!`))), "SIGNATURE"],
    ["signed with HS512", bearer(signed({}, undefined, "HS512")), "ALGORITHM"],
    [
      "signed with a public key taken for a secret",
      bearer(signed({}, encoder.encode(publicPem))),
      "SIGNATURE",
    ],
    ["signed with a private key", bearer(signed({}, privateKey, "RS256")), "ALGORITHM"],
    ["changed after signing", bearer(changed()), "SIGNATURE"],
    ["with a critical extension nobody knows", bearer(withCritical()), "MALFORMED"],
    ["of another issuer", bearer(signed({ iss: "https://evil.example.test" })), "ISSUER"],
    ["without issuer", bearer(signed({ iss: undefined })), "ISSUER"],
    ["for another audience", bearer(signed({ aud: "billing" })), "AUDIENCE"],
    ["without audience", bearer(signed({ aud: undefined })), "AUDIENCE"],
    ["without organisation", bearer(signed({ org: undefined })), "CLAIMS"],
    ["with a list of organisations", bearer(signed({ org: ["acme"] })), "CLAIMS"],
    ["with an organisation that no column can hold", bearer(signed({ org: "acme\u0000" })), "CLAIMS"],
    ["with an organisation that is half a character", bearer(signed({ org: "\ud800" })), "CLAIMS"],
    ["without a person", bearer(signed({ email: undefined })), "CLAIMS"],
    ["with an address that is no text", bearer(signed({ email: null, sub: "u-meg" })), "CLAIMS"],
    ["with an address that is not verified", bearer(signed({ email_verified: false })), "CLAIMS"],
    ["of an unknown organisation", bearer(signed({ org: "initech" })), "UNKNOWN_ORGANIZATION"],
    ["of another organisation's user", bearer(signed({ org: "globex" })), "UNKNOWN_USER"],
    ["of an unknown address", bearer(signed({ email: "nobody@acme.test" })), "UNKNOWN_USER"],
    ["of an unknown id", bearer(signed({ email: undefined, sub: "u-nobody" })), "UNKNOWN_USER"],
    [
      "with a prototype's name as the id",
      bearer(signed({ email: undefined, sub: "__proto__" })),
      "UNKNOWN_USER",
    ],
    ["of a deleted user", bearer(signed({ email: undefined, sub: "u-gone" })), "NOT_ACTIVE"],
    ["of an inactive user", bearer(signed({ email: "ian@acme.test" })), "NOT_ACTIVE"],
    ["of a user who is only invited", bearer(signed({ email: "pam@acme.test" })), "NOT_ACTIVE"],
    [
      "UA-62 issued before the account",
      bearer(signed({ email: "again@acme.test", iat: SECONDS - HOUR - 1 })),
      "ISSUED_BEFORE_ACCOUNT",
    ],
    [
      "UA-62 of an earlier holder of the address",
      bearer(signed({ email: "again@acme.test", sub: "u-gone" })),
      "UNKNOWN_USER",
    ],
    [
      "UA-63 that names an address and was issued before it became the person's",
      bearer(signed({ email: "nora@acme.test", iat: SECONDS - HOUR - 1 })),
      "ISSUED_BEFORE_ADDRESS",
    ],
    [
      "UA-63 that names an address and may have been issued before it became the person's",
      bearer(signed({ email: "nora@acme.test", iat: (NOW - HOUR * 1_000 - 1) / 1_000 })),
      "ISSUED_BEFORE_ADDRESS",
    ],
    [
      "SA-13 of an earlier grant",
      bearer(signed({ email: "agent@vendor.test", iat: SECONDS - 2 * HOUR - 1 })),
      "ISSUED_BEFORE_GRANT",
    ],
    [
      "SA-02 of an agent whose position may not come in",
      bearer(signed({ email: "former@vendor.test" })),
      "NOT_AN_AGENT",
    ],
    ["that is garbage", "Bearer garbage", "MALFORMED"],
    ["of three empty parts", "Bearer ..", "MALFORMED"],
    ["in the Basic scheme", `Basic ${btoa("meg@acme.test:secret")}`, "SCHEME"],
    ["without a scheme", signed(), "SCHEME"],
    ["that is missing after Bearer", "Bearer", "SCHEME"],
    ["of two", bearer(signed().then((one) => `${one} ${one}`)), "SCHEME"],
    ...[false, "false", "False", "no", 0, 1, null, ""].map(unverified),
  ])("AP-20 a token %s is UNAUTHENTICATED", async (_title, authorization, reason) => {
    const before = server.lines.length;
    const answer = await server.send("{ who }", { authorization: await authorization });
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toBe('Bearer error="invalid_token"');
    expect(answer.data).toBeUndefined();
    expect(answer.errors).toHaveLength(1);
    expect(answer.errors?.[0]?.extensions["code"]).toBe("UNAUTHENTICATED");
    expect(answer.extensions).toBeUndefined();
    const refusals = server.lines.slice(before).filter((line) => line.msg === "sign-in refused");
    expect(refusals.map((line) => line["refusal"])).toEqual([reason]);
  });

  test.each([
    ["names an address and was issued since it is the person's", { iat: SECONDS - HOUR }],
    ["names the person by id and is older", { email: undefined, sub: "u-nora", iat: SECONDS - HOUR - 1 }],
  ])("UA-63 a token that %s is accepted", async (_title, change) => {
    const token = await signed({ email: "nora@acme.test", ...change });
    expect((await server.send("{ who }", { authorization: `Bearer ${token}` })).data).toEqual({
      who: "nora",
    });
  });

  test.each([
    ["the organisation", { org: undefined }, "org"],
    ["a person", { email: undefined, sub: undefined }, "email"],
    ["exp", { exp: undefined }, "exp"],
    ["iat", { iat: undefined }, "iat"],
    ["a right issuer", { iss: "https://evil.example.test" }, "iss"],
    ["a verified address", { email_verified: false }, "email_verified"],
  ])("AP-20 the log names the claim that is missing: %s", async (_title, change, claim) => {
    const before = server.lines.length;
    const answer = await server.send("{ who }", { authorization: await bearer(signed(change)) });
    const refused = server.lines.slice(before).find((line) => line.msg === "sign-in refused");
    expect(refused).toMatchObject({ claim });
    expect(JSON.stringify(answer)).not.toContain(claim);
  });

  test("AP-20 the organisation and the person come from the claims that the settings name, and from no other", async () => {
    const named = await startServer({
      settings: settingsOf({
        SIGHTLINE_JWT_ORG_CLAIM: "https://acme.example/org",
        SIGHTLINE_JWT_USER_CLAIM: "upn",
      }),
    });
    const who = async (change: object) => {
      const token = await signed({ org: undefined, email: undefined, ...change });
      return named.send("{ who }", { authorization: `Bearer ${token}` });
    };
    const org = { "https://acme.example/org": "acme" };
    expect((await who({ ...org, upn: "MEG@acme.test" })).data).toEqual({ who: "meg" });
    expect((await who({ ...org, upn: "u-meg" })).data).toEqual({ who: "meg" });
    expect((await who({ ...org, upn: "u-meg", email: "oskar@acme.test" })).data).toEqual({ who: "meg" });
    for (const change of [
      { ...org, email: "meg@acme.test" },
      { ...org, sub: "u-meg" },
      { ...org, upn: 7 },
      { org: "acme", upn: "u-meg" },
      { ...org, upn: "meg@acme.test", email_verified: false },
    ]) {
      expect((await who(change)).status).toBe(401);
    }
    await named.stop();
  });

  test("AP-20 whether an organisation, an account or a grant exists is not told", async () => {
    const told = new Set<string>();
    for (const change of [
      { org: "initech" },
      { org: "globex" },
      { email: "nobody@acme.test" },
      { email: "ian@acme.test" },
      { email: "again@acme.test", iat: SECONDS - 2 * HOUR },
      { email: "former@vendor.test" },
      { iss: "https://evil.example.test" },
    ]) {
      const answer = await server.send("{ who }", { authorization: `Bearer ${await signed(change)}` });
      told.add(JSON.stringify(answer.errors?.map((error) => error.message)));
    }
    expect(told.size).toBe(1);
  });

  test("AP-04 UNAUTHENTICATED goes before every other refusal", async () => {
    const authorization = "Bearer garbage";
    const response = await fetch(`${server.url}/graphql`, {
      method: "POST",
      headers: { authorization },
      body: "not json",
    });
    expect(response.status).toBe(401);
    expect((await server.send("{ nothing }", { authorization })).status).toBe(401);
  });
});

describe("SA-13 sessions end with the grant", () => {
  const token = (iat: number) => signed({ email: "agent@vendor.test", iat });
  test.each([
    ["no grant", [], SECONDS - 60, null],
    ["a live grant", [grant("agent", NOW - 120_000, NOW + 1)], SECONDS - 60, "agent"],
    ["a grant that ends at this instant", [grant("agent", NOW - 120_000, NOW)], SECONDS - 60, null],
    ["a grant that was revoked", [grant("agent", NOW - 120_000, NOW + 9_000, NOW - 1)], SECONDS - 60, null],
    ["a grant that begins later", [grant("agent", NOW + 1, NOW + 9_000)], SECONDS, null],
    [
      "a grant of the token's own second, the first",
      [grant("agent", NOW - 59_500, NOW + 1)],
      SECONDS - 60,
      "agent",
    ],
    [
      "a grant of the token's own second, after another in it",
      [grant("agent", NOW - 59_800, NOW + 9_000, NOW - 59_600), grant("agent", NOW - 59_500, NOW + 1)],
      SECONDS - 60,
      null,
    ],
    [
      "a second grant, and a token with milliseconds after it",
      [grant("agent", NOW - 59_800, NOW + 9_000, NOW - 59_600), grant("agent", NOW - 59_500, NOW + 1)],
      (NOW - 59_499) / 1000,
      "agent",
    ],
    [
      "a token with milliseconds, one before",
      [grant("agent", NOW - 59_500, NOW + 1)],
      (NOW - 59_501) / 1000,
      null,
    ],
  ] as const)("SA-13 %s", async (_title, supportGrants, iat, expected) => {
    const server = await startServer({ policies: policiesOf(acme({ supportGrants })) });
    const answer = await server.send("{ who }", { authorization: `Bearer ${await token(iat)}` });
    expect(answer.data?.["who"] ?? null).toBe(expected);
    expect(answer.status).toBe(expected === null ? 401 : 200);
    await server.stop();
  });
});

describe("AP-20 the clock of the issuer may differ as far as the settings say", () => {
  test.each([
    ["30", { exp: SECONDS - 20 }, 200],
    ["30", { iat: SECONDS + 20 }, 200],
    ["30", { nbf: SECONDS + 20 }, 200],
    ["30", { exp: SECONDS - 40 }, 401],
    ["30", { iat: SECONDS + 40 }, 401],
    ["0", { iat: SECONDS + 1 }, 401],
  ])("AP-20 with a tolerance of %s seconds and %j: %i", async (seconds, change, status) => {
    const server = await startServer({ settings: settingsOf({ SIGHTLINE_JWT_CLOCK_TOLERANCE: seconds }) });
    expect((await server.send("{ who }", { authorization: `Bearer ${await signed(change)}` })).status).toBe(
      status,
    );
    await server.stop();
  });
});

async function changed(): Promise<string> {
  const [header, , signature] = (await signed()).split(".");
  const other = (await signed({ email: "again@acme.test" })).split(".")[1];
  return [header, other, signature].join(".");
}

async function unsignedWithTail(): Promise<string> {
  return new UnsecuredJWT(claims()).encode() + (await signed()).split(".")[2];
}

function withCritical(): Promise<string> {
  return new SignJWT(claims())
    .setProtectedHeader({ alg: "HS256", crit: ["b65"], b65: true })
    .sign(encoder.encode(SECRET), { crit: { b65: true } });
}
