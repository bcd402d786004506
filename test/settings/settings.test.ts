import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import {
  admissibleAgents,
  auditKeysOf,
  DEVELOPMENT_AUDIT_KEY,
  DEVELOPMENT_SECRET,
  describeSettings,
  InvalidSettings,
  type Purpose,
  readSettings,
} from "../../src/settings/settings.ts";
import { TABLE } from "../../src/settings/table.ts";

const SECRET = "0123456789abcdef0123456789abcdef";
const PRODUCTION = {
  SIGHTLINE_JWT_SECRET: SECRET,
  SIGHTLINE_JWT_ISSUER: "https://id.example.test",
  SIGHTLINE_JWT_AUDIENCE: "sightline",
  SIGHTLINE_AUDIT_KEYS: `tests:${SECRET}`,
};
const DEVELOPMENT = { SIGHTLINE_DEV: "1" };

type Environment = Readonly<Record<string, string | undefined>>;

function faultsOf(environment: Environment, purpose: Purpose = "SERVE"): readonly string[] {
  try {
    readSettings(environment, purpose);
    return [];
  } catch (error) {
    if (error instanceof InvalidSettings) return error.faults.map((fault) => fault.variable);
    throw error;
  }
}

describe("AP-33 settings are read once, from one table", () => {
  test("AP-33 presets of production", () => {
    expect(readSettings(PRODUCTION, "SERVE")).toMatchObject({
      database: { kind: "SQLITE", url: "file:data/sightline.db" },
      port: 4000,
      host: "0.0.0.0",
      isDevelopment: false,
      graphiql: false,
      introspection: false,
      metrics: true,
      logLevel: "info",
      jwtAlgorithms: ["HS256"],
    });
  });

  test("AP-33 presets of development: it listens on this machine only", () => {
    expect(readSettings(DEVELOPMENT, "SERVE")).toMatchObject({
      host: "127.0.0.1",
      isDevelopment: true,
      graphiql: true,
      introspection: true,
      jwtSecret: null,
    });
  });

  test.each([
    ["DATABASE_URL", "postgres://u:p@db/x", { database: { kind: "POSTGRES", url: "postgres://u:p@db/x" } }],
    ["DATABASE_URL", "postgresql://db/x", { database: { kind: "POSTGRES", url: "postgresql://db/x" } }],
    ["DATABASE_URL", "file:/tmp/a.db", { database: { kind: "SQLITE", url: "file:/tmp/a.db" } }],
    ["PORT", "0", { port: 0 }],
    ["PORT", "", { port: 4000 }],
    ["SIGHTLINE_GRAPHIQL", "false", { graphiql: false }],
    [
      "SIGHTLINE_CORS_ORIGINS",
      "https://a.test, http://b.test:8080",
      { corsOrigins: ["https://a.test", "http://b.test:8080"] },
    ],
    ["SIGHTLINE_LOG_LEVEL", "silent", { logLevel: "silent" }],
    [
      "SIGHTLINE_SUPPORT_POSITIONS",
      "Engineer, Field Engineer",
      { supportPositions: ["Engineer", "Field Engineer"] },
    ],
    ["SIGHTLINE_MAIL_SENDER", "mail@acme.test", { mailSender: "mail@acme.test" }],
    ["SIGHTLINE_MAIL_PAGE", "http://localhost/x", { mailPage: new URL("http://localhost/x") }],
  ])("AP-33 %s=%j is read", (variable, given, expected) => {
    expect(readSettings({ ...DEVELOPMENT, [variable]: given }, "SERVE")).toMatchObject(expected);
  });

  test.each([
    ["smtp://mail.acme.test", "mail.acme.test", 587, "UPGRADE", null],
    ["smtp://mail.acme.test:25?tls=off", "mail.acme.test", 25, "NONE", null],
    ["smtp://localhost:2525", "localhost", 2525, "NONE", null],
    ["smtp://[::1]:2525", "::1", 2525, "NONE", null],
    [
      "smtps://u:p%40ss%2F1@mail.acme.test",
      "mail.acme.test",
      465,
      "AT_ONCE",
      { user: "u", password: "p@ss/1" },
    ],
  ])("UA-20 AP-33 SIGHTLINE_SMTP_URL=%s is read", (url, host, port, tls, login) => {
    const given = { ...DEVELOPMENT, SIGHTLINE_SMTP_URL: url, SIGHTLINE_MAIL_SENDER: "mail@acme.test" };
    expect(readSettings(given, "SERVE").smtpServer).toEqual({ host, port, tls, login });
  });

  test.each([
    ["SIGHTLINE_SMTP_URL", "http://mail.acme.test"],
    ["SIGHTLINE_SMTP_URL", "smtp://"],
    ["SIGHTLINE_SMTP_URL", "smtp://mail.acme.test?tls=maybe"],
    ["SIGHTLINE_SMTP_URL", "smtps://mail.acme.test?tls=off"],
    ["SIGHTLINE_MAIL_SENDER", "nobody"],
    ["SIGHTLINE_MAIL_PAGE", "app"],
    ["DATABASE_URL", "mysql://db/x"],
    ["DATABASE_URL", "file:"],
    ["DATABASE_URL", "data/sightline.db"],
    ["PORT", "65536"],
    ["PORT", "-1"],
    ["PORT", "4e3"],
    ["PORT", "4000 "],
    ["SIGHTLINE_DEV", "yes"],
    ["SIGHTLINE_METRICS", "on"],
    ["SIGHTLINE_JWKS_URL", "ftp://id.example.test/keys"],
    ["SIGHTLINE_JWT_ALGORITHMS", "none"],
    ["SIGHTLINE_JWT_ALGORITHMS", "HS256,none"],
    ["SIGHTLINE_JWT_ALGORITHMS", "RS256"],
    ["SIGHTLINE_JWT_CLOCK_TOLERANCE", "3600"],
    ["SIGHTLINE_SUPPORT_AGENTS", "agent@vendor.test"],
    ["SIGHTLINE_SUPPORT_AGENTS", "agent@vendor.test:Engineer,,"],
    ["SIGHTLINE_CORS_ORIGINS", "*"],
    ["SIGHTLINE_CORS_ORIGINS", "https://a.test/path"],
    ["SIGHTLINE_LOG_LEVEL", "INFO"],
    ["OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318"],
  ])("AP-33 %s=%j is refused by name", (variable, given) => {
    const environment = { ...PRODUCTION, [variable]: given };
    expect(faultsOf(environment)).toEqual([variable]);
    expect(() => readSettings(environment, "SERVE")).toThrow(/expected/);
  });

  test("AP-33 every fault is reported at once", () => {
    expect(
      faultsOf({ PORT: "x", DATABASE_URL: "y", SIGHTLINE_LOG_LEVEL: "z", SIGHTLINE_JWT_SECERT: SECRET }),
    ).toEqual([
      "DATABASE_URL",
      "PORT",
      "SIGHTLINE_LOG_LEVEL",
      "SIGHTLINE_JWT_SECERT",
      "SIGHTLINE_JWT_SECRET",
      "SIGHTLINE_JWT_ISSUER",
      "SIGHTLINE_JWT_AUDIENCE",
      "SIGHTLINE_AUDIT_KEYS",
    ]);
  });

  test("AP-33 a mistyped SIGHTLINE variable is refused, a stranger's variable is not", () => {
    expect(faultsOf({ ...PRODUCTION, SIGHTLINE_GRAPHQIL: "0", HOME: "/home/x" })).toEqual([
      "SIGHTLINE_GRAPHQIL",
    ]);
  });

  test.each([
    ["DATABASE_URL", "mysql://root:hunter2@db/x"],
    ["SIGHTLINE_SUPPORT_AGENTS", "hunter2"],
    ["SIGHTLINE_AUDIT_KEYS", "hunter2"],
    ["SIGHTLINE_HUNTED", "hunter2"],
  ])("AP-33 the fault about %s does not repeat its text", (variable, given) => {
    expect(() => readSettings({ ...PRODUCTION, [variable]: given }, "SERVE")).not.toThrow(/hunter2/);
    expect(faultsOf({ ...PRODUCTION, [variable]: given })).toEqual([variable]);
  });

  test("AP-33 the printed table names every variable that is read", () => {
    const printed = describeSettings();
    for (const variable of ["DATABASE_URL", "PORT", "HOST", "SIGHTLINE_DEV", "SIGHTLINE_JWKS_URL"]) {
      expect(printed).toContain(`  ${variable}`);
    }
  });

  test("AP-33 the printed table names no requirement", () => {
    expect(describeSettings()).not.toMatch(/\b[A-Z]{2}-\d\d\b/);
  });

  test("AP-33 each setting is read where the table says", () => {
    const readers = Object.fromEntries(Object.keys(TABLE).map((name) => [name, new Set<string>()]));
    for (const path of sources("src").filter((each) => !each.startsWith(join("src", "settings")))) {
      const room = dirname(relative("src", path)).replaceAll("\\", "/");
      for (const name of settingsReadIn(readFileSync(path, "utf8")))
        readers[name]?.add(room === "." ? "main" : room);
    }
    for (const [name, { readers: told }] of Object.entries(TABLE))
      expect([name, [...(readers[name] ?? [])].toSorted()]).toEqual([name, told.toSorted()]);
  });

  test("AP-33 the environment is read in one file", () => {
    const readers = sources("src").filter((path) => /process\s*\.\s*env\b/.test(readFileSync(path, "utf8")));
    expect(readers).toEqual([join("src", "settings", "settings.ts")]);
  });
});

describe("AP-22 what a production server must have", () => {
  test.each([
    ["no key", { SIGHTLINE_JWT_SECRET: "" }, ["SIGHTLINE_JWT_SECRET"]],
    ["the development secret", { SIGHTLINE_JWT_SECRET: DEVELOPMENT_SECRET }, ["SIGHTLINE_JWT_SECRET"]],
    ["a secret of 31 bytes", { SIGHTLINE_JWT_SECRET: SECRET.slice(1) }, ["SIGHTLINE_JWT_SECRET"]],
    ["no issuer", { SIGHTLINE_JWT_ISSUER: undefined }, ["SIGHTLINE_JWT_ISSUER"]],
    ["no audience", { SIGHTLINE_JWT_AUDIENCE: undefined }, ["SIGHTLINE_JWT_AUDIENCE"]],
    ["two sources of keys", { SIGHTLINE_JWKS_URL: "https://id.example.test/keys" }, ["SIGHTLINE_JWKS_URL"]],
    [
      "keys over plain http",
      { SIGHTLINE_JWT_SECRET: "", SIGHTLINE_JWKS_URL: "http://id.example.test/keys" },
      ["SIGHTLINE_JWKS_URL"],
    ],
    [
      "a secret's algorithm for a key set",
      {
        SIGHTLINE_JWT_SECRET: "",
        SIGHTLINE_JWKS_URL: "https://id.example.test/keys",
        SIGHTLINE_JWT_ALGORITHMS: "HS256",
      },
      ["SIGHTLINE_JWT_ALGORITHMS"],
    ],
    ["GraphiQL without introspection", { SIGHTLINE_GRAPHIQL: "1" }, ["SIGHTLINE_GRAPHIQL"]],
    [
      "a mail server without a sender",
      { SIGHTLINE_SMTP_URL: "smtp://mail.test", SIGHTLINE_MAIL_PAGE: "https://app.test" },
      ["SIGHTLINE_MAIL_SENDER"],
    ],
    [
      "a mail server without a page to lead to",
      { SIGHTLINE_SMTP_URL: "smtp://mail.test", SIGHTLINE_MAIL_SENDER: "mail@acme.test" },
      ["SIGHTLINE_MAIL_PAGE"],
    ],
    ["a page for tokens without TLS", { SIGHTLINE_MAIL_PAGE: "http://app.test" }, ["SIGHTLINE_MAIL_PAGE"]],
    [
      "agents without positions",
      { SIGHTLINE_SUPPORT_AGENTS: "agent@vendor.test:Engineer" },
      ["SIGHTLINE_SUPPORT_POSITIONS"],
    ],
  ] as const)("AP-22 %s is refused", (_title, change, expected) => {
    expect(faultsOf({ ...PRODUCTION, ...change })).toEqual(expected);
  });

  test("AP-21 NODE_ENV=production refuses SIGHTLINE_DEV=1", () => {
    expect(faultsOf({ ...DEVELOPMENT, NODE_ENV: "production" })).toEqual(["SIGHTLINE_DEV"]);
  });

  test("AP-22 GraphiQL and introspection are open in production when both are asked for", () => {
    const settings = readSettings(
      { ...PRODUCTION, SIGHTLINE_GRAPHIQL: "1", SIGHTLINE_INTROSPECTION: "1" },
      "SERVE",
    );
    expect(settings).toMatchObject({ graphiql: true, introspection: true });
  });

  test("AP-22 a key set replaces the secret, with signatures of its own", () => {
    const { SIGHTLINE_JWT_SECRET: _, ...rest } = PRODUCTION;
    const settings = readSettings({ ...rest, SIGHTLINE_JWKS_URL: "https://id.example.test/keys" }, "SERVE");
    expect(settings.jwtAlgorithms).toEqual(["RS256", "PS256", "ES256", "EdDSA"]);
  });

  test.each([
    ["no key", "", ["SIGHTLINE_AUDIT_KEYS"]],
    ["a secret of 31 bytes", `a:${SECRET.slice(1)}`, ["SIGHTLINE_AUDIT_KEYS"]],
    ["a key without a name", SECRET, ["SIGHTLINE_AUDIT_KEYS"]],
    ["one name for two keys", `a:${SECRET},a:${SECRET}2`, ["SIGHTLINE_AUDIT_KEYS"]],
    ["the development key", `a:${DEVELOPMENT_AUDIT_KEY.secret}`, ["SIGHTLINE_AUDIT_KEYS"]],
    ["two keys", `a:${SECRET},b:${SECRET}2`, []],
  ])("SA-21 of keys of the audit log, %s: who changes or serves is told %s", (_title, keys, expected) => {
    const environment = { ...PRODUCTION, SIGHTLINE_AUDIT_KEYS: keys };
    expect(faultsOf(environment, "SERVE")).toEqual(expected);
    expect(faultsOf(environment, "CHANGE")).toEqual(expected);
  });

  test("SA-21 the first key signs, development has one of its own, and else there is none", () => {
    const [a, b] = [
      { id: "a", secret: SECRET },
      { id: "b", secret: `${SECRET}2` },
    ];
    const keys = `a:${SECRET}, b:${SECRET}2`;
    expect(auditKeysOf(readSettings({ SIGHTLINE_AUDIT_KEYS: keys }, "CHANGE"))).toEqual([a, b]);
    expect(auditKeysOf(readSettings(DEVELOPMENT, "SERVE"))).toEqual([DEVELOPMENT_AUDIT_KEY]);
    expect(auditKeysOf(readSettings({}, "TOOL"))).toBeNull();
  });

  test("AP-22 tools that open no door need no key", () => {
    expect(faultsOf({}, "TOOL")).toEqual([]);
    expect(faultsOf({}, "SERVE")).not.toEqual([]);
  });
});

describe("SA-02 who can be a support agent at all", () => {
  const agents = "Ann@vendor.test:Engineer, bob@vendor.test:Sales";
  test.each([
    ["Engineer", ["ann@vendor.test"]],
    ["Engineer,Sales", ["ann@vendor.test", "bob@vendor.test"]],
    ["Manager", []],
    ["engineer", []],
  ])("SA-02 with the positions %s", (positions, expected) => {
    const settings = readSettings(
      { ...DEVELOPMENT, SIGHTLINE_SUPPORT_AGENTS: agents, SIGHTLINE_SUPPORT_POSITIONS: positions },
      "SERVE",
    );
    expect([...admissibleAgents(settings).keys()]).toEqual(expected);
  });
});

/** `settings.port`, `terminal.settings("TOOL").port` and `({ port }: Settings)`. */
function settingsReadIn(source: string): readonly string[] {
  const named = [...source.matchAll(/\bsettings(?:\([^)]*\))?\.(\w+)/g)].map(([, name = ""]) => name);
  const taken = [...source.matchAll(/\{([^{}]*)\}: Settings\b/g)].flatMap(([, names = ""]) =>
    names.split(",").map((each) => each.split(":")[0]?.trim() ?? ""),
  );
  return [...named, ...taken];
}

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.includes("generated"))
    .map((path) => join(folder, path));
}
