import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, type JWTPayload, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { applyOrganizationFile } from "../../../src/file/apply.ts";
import { type Running, start } from "../../../src/main.ts";
import { createLog } from "../../../src/server/watch/log.ts";
import { readSettings, type Settings } from "../../../src/settings/settings.ts";
import { type NewDatabase, newTestDatabase, openTestStore } from "../../database.ts";
import { cutPieces, fencesIn } from "../../readme/blocks.ts";
import { ROOT, readDocument } from "../../readme/documents.ts";

const page = readDocument("src/server/SIGN-IN.md");
const providers = page.text
  .split(/^### /m)
  .slice(1)
  .flatMap((text) => {
    const pieces = cutPieces(text);
    const [settings] = fencesIn(pieces, "ini");
    const [claims] = fencesIn(pieces, "json");
    const [name = ""] = text.split("\n");
    if (settings === undefined || claims === undefined) return [];
    return [
      {
        name,
        environment: environmentOf(settings),
        claims: JSON.parse(claims) as JWTPayload,
        action: fencesIn(pieces, "js")[0],
      },
    ];
  });

/** Both keys that the page's organisations have: one server is enough for all providers' people. */
const organization = (key: string) => `
sightline: 1
organization: { key: ${key}, name: Acme, timeZone: UTC, edition: ENTERPRISE, seats: { regular: 2, team: 0 }, superAdmin: root@acme.test }
roles: { head: { name: Head } }
users:
  root@acme.test: { name: Robin, role: head, profile: administrator }
  ray@acme.test: { name: Ray, role: head }
`;

test("AP-20 the page shows four providers", () => {
  expect(providers.map(({ name }) => name)).toEqual(["Keycloak", "Auth0", "Okta", "Microsoft Entra ID"]);
});

test("AP-20 the page tells every reason for which a token is refused", () => {
  const source = readFileSync(new URL("src/kernel/unauthenticated.ts", ROOT), "utf8");
  const [, type = ""] = /export type SignInRefusal =([^;]*);/.exec(source) ?? [];
  const reasons = [...type.matchAll(/\| "([A-Z_]+)"/g)].map(([, reason]) => reason);
  const [, section = ""] = page.text.split("## When a token is refused\n");
  const told = [...section.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, reason]) => reason);
  // Without a token nothing is refused: who brings none asks as nobody.
  expect(told.toSorted()).toEqual(reasons.filter((reason) => reason !== "NO_TOKEN").toSorted());
});

describe.each(providers)("AP-20 sign-in with $name as the page says", ({ environment, claims, action }) => {
  const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
  let keys: Server;
  let database: NewDatabase;
  let server: Running;
  const refusals: string[] = [];
  let settings: Settings;

  beforeAll(async () => {
    const jwk = { ...(await exportJWK(pair.publicKey)), kid: "page", use: "sig" };
    const { pathname } = new URL(environment["SIGHTLINE_JWKS_URL"] ?? "");
    keys = createServer((request, response) => {
      const isThere = request.url === pathname;
      response.writeHead(isThere ? 200 : 404, { "content-type": "application/json" });
      response.end(JSON.stringify(isThere ? { keys: [jwk] } : {}));
    });
    await new Promise<void>((listening) => keys.listen(0, "127.0.0.1", listening));
    const { port } = keys.address() as AddressInfo;
    database = await newTestDatabase("sqlite");
    settings = readSettings(
      {
        ...environment,
        // The provider stands on this machine; everything else is as the page has it.
        SIGHTLINE_JWKS_URL: `http://127.0.0.1:${port}${pathname}`,
        DATABASE_URL: database.url,
        HOST: "127.0.0.1",
        PORT: "0",
        SIGHTLINE_OPERATION_MS: "600000",
        SIGHTLINE_AUDIT_KEYS: "2026:0123456789abcdef0123456789abcdef",
      },
      "SERVE",
    );
    const store = await openTestStore(database.url);
    const key = String(claims[environment["SIGHTLINE_JWT_ORG_CLAIM"] ?? "org"]);
    await applyOrganizationFile(store, { text: organization(key), name: "page" }, null, {
      now: Date.now() - 60_000,
    });
    await store.close();
    server = await start(
      settings,
      createLog(settings, { write: (line) => void refusals.push(...refusalsIn(line)) }),
    );
  });
  afterAll(async () => {
    await server?.stop();
    keys?.close();
    await database?.remove();
  });

  const ask = async (payload: JWTPayload) => {
    const token = await new SignJWT(payload)
      .setProtectedHeader({ alg: "RS256", kid: "page" })
      .setIssuedAt()
      .setExpirationTime("5m")
      .sign(pair.privateKey);
    const response = await fetch(`${server.url}/graphql`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ query: "{ viewer { user { name email } organization { name } } }" }),
    });
    return (await response.json()) as {
      data?: unknown;
      errors?: readonly { extensions: { code: string } }[];
    };
  };

  test("AP-20 the token of the page signs its person in", async () => {
    const viewer = { user: { name: "Ray", email: "ray@acme.test" }, organization: { name: "Acme" } };
    expect((await ask(claims)).data).toEqual({ viewer });
  });

  test.each(["iss", "aud", "ORG", "USER"])(
    "AP-20 without %s, or with another, it is refused",
    async (which) => {
      const named = {
        ORG: environment["SIGHTLINE_JWT_ORG_CLAIM"] ?? "org",
        USER: environment["SIGHTLINE_JWT_USER_CLAIM"] ?? "email",
      };
      const claim = which === "ORG" || which === "USER" ? named[which] : which;
      const { [claim]: _, ...rest } = claims;
      for (const payload of [rest, { ...claims, [claim]: "somebody-else" }]) {
        refusals.length = 0;
        const { data, errors } = await ask(payload);
        expect(data ?? null).toBeNull();
        expect(errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
        expect(refusals).toHaveLength(1);
        expect(page.text).toContain(`| \`${refusals[0]}\` |`);
      }
    },
  );

  if (action === undefined) return;
  test("AP-20 the action of the page writes what the token says", async () => {
    const written: Record<string, unknown> = {};
    const api = {
      accessToken: {
        setCustomClaim: (name: string, value: unknown) => void Object.assign(written, { [name]: value }),
      },
    };
    const user = { email: "ray@acme.test", email_verified: true };
    await onLogin(action, { user, organization: { name: "acme" } }, api);
    const { iss: _iss, aud: _aud, sub: _sub, ...own } = claims;
    expect(written).toEqual(own);
    for (const name of Object.keys(written)) delete written[name];
    await onLogin(action, { user: { ...user, email_verified: false }, organization: { name: "acme" } }, api);
    expect(written).toEqual({});
  });
});

function environmentOf(ini: string): Readonly<Record<string, string>> {
  const lines = ini.split("\n").filter((line) => line.includes("="));
  return Object.fromEntries(lines.map((line) => line.split(/=(.*)/).slice(0, 2)));
}

function refusalsIn(line: string): readonly string[] {
  const { refusal } = JSON.parse(line) as { readonly refusal?: string };
  return refusal === undefined ? [] : [refusal];
}

/** Runs the page's action as the provider would, after a login. */
async function onLogin(code: string, event: object, api: object): Promise<void> {
  const exports: { onExecutePostLogin?: (event: object, api: object) => Promise<void> } = {};
  new Function("exports", code)(exports);
  await exports.onExecutePostLogin?.(event, api);
}
