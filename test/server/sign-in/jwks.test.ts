import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, type JWK, SignJWT } from "jose";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { AUDIENCE, ISSUER, NOW, settingsOf, startServer } from "../acme.ts";

const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
const ed = generateKeyPairSync("ed25519");
const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 });

const published = async (): Promise<readonly JWK[]> => [
  { ...(await exportJWK(rsa.publicKey)), kid: "rsa", use: "sig" },
  { ...(await exportJWK(ec.publicKey)), kid: "ec", use: "sig" },
  { ...(await exportJWK(ed.publicKey)), kid: "ed", use: "sig" },
  { kty: "oct", k: Buffer.from("a secret that was published by mistake").toString("base64url"), kid: "oct" },
];

describe("AP-20 sign-in with the keys of an identity provider", () => {
  let provider: Server;
  let keys: readonly JWK[];
  let status: number;
  let url: string;
  beforeEach(async () => {
    keys = await published();
    status = 200;
    provider = createServer((_request, response) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ keys }));
    });
    await new Promise<void>((resolve) => provider.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/keys`;
  });
  afterEach(() => void provider.close());

  const start = (change: Readonly<Record<string, string>> = {}) =>
    startServer({
      settings: settingsOf({ SIGHTLINE_JWT_SECRET: undefined, SIGHTLINE_JWKS_URL: url, ...change }),
    });

  test.each([
    ["RS256", "rsa", rsa.privateKey],
    ["PS256", "rsa", rsa.privateKey],
    ["ES256", "ec", ec.privateKey],
    ["EdDSA", "ed", ed.privateKey],
  ])("AP-20 a token signed with %s is accepted", async (alg, kid, key) => {
    const server = await start();
    const answer = await server.send("{ who }", { authorization: `Bearer ${await signed(alg, key, kid)}` });
    expect(answer).toMatchObject({ status: 200, data: { who: "meg" } });
    await server.stop();
  });

  const publicPem = rsa.publicKey.export({ type: "spki", format: "pem" }) as string;
  const publicDer = rsa.publicKey.export({ type: "spki", format: "der" });
  test.each([
    ["of a stranger under a published name", signed("RS256", stranger.privateKey, "rsa"), "SIGNATURE"],
    ["of a stranger under its own name", signed("RS256", stranger.privateKey, "stranger"), "KEY"],
    [
      "signed with the public key as an HS256 secret (PEM)",
      signed("HS256", Buffer.from(publicPem), "rsa"),
      "ALGORITHM",
    ],
    ["signed with the public key as an HS256 secret (DER)", signed("HS256", publicDer, "rsa"), "ALGORITHM"],
    [
      "signed with a published secret",
      signed("HS256", Buffer.from("a secret that was published by mistake"), "oct"),
      "ALGORITHM",
    ],
    ["of an algorithm that is not listed", signed("RS512", rsa.privateKey, "rsa"), "ALGORITHM"],
    ["that brings its own key", withOwnKey(), "SIGNATURE"],
  ])("AP-20 a token %s is UNAUTHENTICATED", async (_title, token, reason) => {
    const server = await start();
    const answer = await server.send("{ who }", { authorization: `Bearer ${await token}` });
    expect(answer.status).toBe(401);
    expect(answer.errors?.[0]?.extensions["code"]).toBe("UNAUTHENTICATED");
    expect(server.lines.map((line) => line["refusal"]).filter(Boolean)).toEqual([reason]);
    await server.stop();
  });

  test("AP-20 SIGHTLINE_JWT_ALGORITHMS narrows what is accepted", async () => {
    const server = await start({ SIGHTLINE_JWT_ALGORITHMS: "ES256" });
    const status = async (token: Promise<string>) =>
      (await server.send("{ who }", { authorization: `Bearer ${await token}` })).status;
    expect(await status(signed("ES256", ec.privateKey, "ec"))).toBe(200);
    expect(await status(signed("RS256", rsa.privateKey, "rsa"))).toBe(401);
    await server.stop();
  });

  test("AP-20 keys that cannot be fetched refuse, and are no fault of the token", async () => {
    status = 503;
    const server = await start();
    const answer = await server.send("{ who }", {
      authorization: `Bearer ${await signed("RS256", rsa.privateKey, "rsa")}`,
    });
    expect(answer.status).toBe(500);
    expect(answer.data).toBeUndefined();
    expect(answer.errors?.[0]?.extensions["code"]).toBe("INTERNAL");
    expect(JSON.stringify(answer)).not.toContain("JWKS");
    expect(JSON.stringify(server.lines)).toContain(`SIGHTLINE_JWKS_URL: the keys cannot be had from ${url}.`);
    await server.stop();
  });
});

function signed(alg: string, key: KeyObject | Uint8Array, kid: string): Promise<string> {
  return claims().setProtectedHeader({ alg, kid }).sign(key);
}

async function withOwnKey(): Promise<string> {
  const jwk = await exportJWK(stranger.publicKey);
  return claims()
    .setProtectedHeader({ alg: "RS256", kid: "rsa", jwk, jku: "http://127.0.0.1:1/keys" })
    .sign(stranger.privateKey);
}

function claims(): SignJWT {
  const seconds = NOW / 1000;
  return new SignJWT({
    iss: ISSUER,
    aud: AUDIENCE,
    org: "acme",
    email: "meg@acme.test",
    iat: seconds,
    exp: seconds + 60,
  });
}
