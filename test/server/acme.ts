import { GraphQLObjectType, GraphQLSchema, GraphQLString } from "graphql";
import { asId } from "../../src/kernel/id.ts";
import type { Clock, Instant } from "../../src/kernel/instant.ts";
import type { Org, Profile, SupportGrant, User } from "../../src/policy/model/org.ts";
import { compile } from "../../src/policy/model/policy.ts";
import { issueToken } from "../../src/server/sign-in/issue-token.ts";
import { createSignIn, type Policies } from "../../src/server/sign-in/sign-in.ts";
import { createVerifier } from "../../src/server/sign-in/verify-token.ts";
import { createLog } from "../../src/server/watch/log.ts";
import { createServer, type ServerParts } from "../../src/server/yoga.ts";
import { readSettings, type Settings } from "../../src/settings/settings.ts";

/** Whole second, in the future of every account below. */
export const NOW: Instant = Date.UTC(2026, 10, 20, 12);
export const SECRET = "a-secret-of-the-tests-that-is-long-enough";
export const ISSUER = "https://id.example.test";
export const AUDIENCE = "sightline";
const HOUR = 3_600_000;

export const PRODUCTION = {
  HOST: "127.0.0.1",
  PORT: "0",
  SIGHTLINE_JWT_SECRET: SECRET,
  SIGHTLINE_JWT_ISSUER: ISSUER,
  SIGHTLINE_JWT_AUDIENCE: AUDIENCE,
  SIGHTLINE_AUDIT_KEYS: `tests:${SECRET}`,
  SIGHTLINE_SUPPORT_AGENTS: "agent@vendor.test:Engineer,former@vendor.test:Retired",
  SIGHTLINE_SUPPORT_POSITIONS: "Engineer",
};

export function settingsOf(change: Readonly<Record<string, string | undefined>> = {}): Settings {
  return readSettings({ SIGHTLINE_OPERATION_MS: "600000", ...PRODUCTION, ...change }, "SERVE");
}

/** An organisation with one user of each kind that signs in, or may not. */
export function acme(change: Partial<Org> = {}): Org {
  return {
    id: asId("org-acme"),
    key: "acme",
    name: "Acme",
    timeZone: "Europe/Dublin",
    edition: "ENTERPRISE",
    hierarchy: "ROLE",
    superAdminId: asId("u-meg"),
    version: 7,
    roles: [],
    profiles: [ADMINISTRATOR],
    users: [
      user(0, "meg"),
      user(1, "ian", { status: "INACTIVE" }),
      user(2, "pam", { status: "PENDING" }),
      user(3, "gone", { status: "DELETED", email: null }),
      user(4, "again", { createdAt: NOW - HOUR }),
      user(5, "agent", { license: "SUPPORT", email: "agent@vendor.test", profileId: null }),
      user(6, "former", { license: "SUPPORT", email: "former@vendor.test", profileId: null }),
      user(7, "oskar"),
      user(8, "nora", { addressSince: NOW - HOUR }),
    ],
    groups: [],
    modules: [],
    applications: [],
    rules: [],
    supportGrants: [],
    ...change,
  };
}

const ADMINISTRATOR: Profile = {
  id: asId("p-administrator"),
  key: "administrator",
  name: "Administrator",
  kind: "ADMINISTRATOR",
  capabilities: null,
  permissions: new Map(),
};

function user(seq: number, name: string, change: Partial<User> = {}): User {
  return {
    id: asId(`u-${name}`),
    seq,
    email: `${name}@acme.test`,
    name,
    status: "ACTIVE",
    license: "REGULAR",
    roleId: null,
    profileId: ADMINISTRATOR.id,
    reportsToId: null,
    isAdministrator: false,
    neverAccepted: false,
    isPathBehind: false,
    applications: new Set(["CRM"]),
    seatlessApplications: new Set(),
    teamRoles: new Map(),
    createdAt: NOW - 100 * HOUR,
    addressSince: null,
    ...change,
  };
}

export function grant(
  agent: string,
  from: Instant,
  until: Instant,
  revokedAt: Instant | null = null,
): SupportGrant {
  return {
    id: asId(`${agent}-${from}`),
    agentId: asId(`u-${agent}`),
    grantedAt: from,
    expiresAt: until,
    revokedAt,
    extraDenials: [],
  };
}

export function policiesOf(...orgs: readonly Org[]): Policies {
  const byKey = new Map(orgs.map((org) => [org.key, compile(org)]));
  return { get: async (key) => byKey.get(key) ?? null };
}

/** The lines a server logged, parsed. */
export type Line = Readonly<Record<string, unknown>> & { readonly msg?: string };

/** A server on a free port, over real HTTP, and what it logs. */
export async function startServer(
  parts: Partial<ServerParts> & { readonly policies?: Policies; readonly agents?: ReadonlySet<string> } = {},
) {
  const lines: Line[] = [];
  const settings = parts.settings ?? settingsOf();
  const log = createLog(settings, { write: (line) => void lines.push(JSON.parse(line) as Line) });
  const policies = parts.policies ?? policiesOf(acme());
  const server = createServer({
    settings,
    log,
    clock: fixedClock,
    schema:
      parts.schema ??
      new GraphQLSchema({ query: new GraphQLObjectType({ name: "Query", fields: { who: WHO } }) }),
    signIn: createSignIn(createVerifier(settings), policies, parts.agents ?? new Set(["agent@vendor.test"])),
    context: () => ({}),
    checks: [],
    ...parts,
  });
  const listening = await server.listen();
  return { ...listening, lines, send: sender(listening.url) };
}

const fixedClock: Clock = { now: () => NOW };

/** A field that says who is signed in. */
export const WHO = {
  type: GraphQLString,
  resolve: (_: unknown, __: unknown, context: { exchange: { session: { kind: string; user?: User } } }) =>
    context.exchange.session.user?.name ?? null,
};

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
  readonly extensions?: Readonly<Record<string, unknown>>;
};

function sender(url: string) {
  return async (
    query: string,
    headers: Readonly<Record<string, string>> = {},
    more: Readonly<Record<string, unknown>> = {},
  ): Promise<Answer> => {
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/graphql-response+json",
        ...headers,
      },
      body: JSON.stringify({ query, ...more }),
    });
    return { status: response.status, headers: response.headers, ...((await response.json()) as object) };
  };
}

/** A token of Meg's that the servers above accept. */
export function tokenOfMeg(): Promise<string> {
  return issueToken(
    settingsOf({ SIGHTLINE_DEV: "1" }),
    { orgKey: "acme", user: "meg@acme.test", ttlSeconds: 60 },
    NOW,
  );
}
