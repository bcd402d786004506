import { describe, expect, test } from "vitest";
import { openStore } from "../../../src/database/open.ts";
import { applyOrganizationFile } from "../../../src/file/apply.ts";
import { start } from "../../../src/main.ts";
import { createLog } from "../../../src/server/watch/log.ts";
import { readSettings } from "../../../src/settings/settings.ts";
import { AUDIT_KEYS } from "../../audit-keys.ts";
import { describeOnBoth, newTestDatabase } from "../../database.ts";
import { ACME } from "../../graphql/world.ts";
import { PRODUCTION } from "../acme.ts";

const DEVELOPMENT = { PORT: "0", SIGHTLINE_DEV: "1", SIGHTLINE_LOG_LEVEL: "silent" };

/** What the page of GraphiQL has of the menu. */
const OF_THE_MENU = [
  '<select id="persona">',
  'createElement("optgroup")',
  "sightline:persona",
  "/dev/personas",
  "/dev/token",
  "sightline:filled",
  "Choose above",
];

/** An organisation with more people than a menu offers. */
const LARGE = `
sightline: 1
organization:
  key: aaa
  name: Large
  timeZone: Europe/Berlin
  edition: ENTERPRISE
  seats: { regular: 400, team: 10 }
  superAdmin: root@large.test
roles:
  ceo: { name: CEO }
profiles: {}
users:
  root@large.test: { name: Root, role: ceo, profile: administrator }
${Array.from({ length: 250 }, (_, at) => `  p${at}@large.test: { name: P${at}, role: ceo }`).join("\n")}
modules: {}
`;

/** A running server over the organisation of the GraphQL tests, and others. */
async function running(
  kind: "sqlite" | "postgres",
  environment: Readonly<Record<string, string>>,
  others: readonly string[] = [],
) {
  const { url, remove } = await newTestDatabase(kind);
  const database = await openStore(url, { auditKeys: AUDIT_KEYS });
  for (const text of [ACME, ...others])
    await applyOrganizationFile(database, { text, name: "file" }, null, { now: Date.now() - 60_000 });
  await database.close();
  const settings = readSettings({ ...environment, DATABASE_URL: url }, "SERVE");
  const hints = new Map([["ray@acme.test", "Sees his own."]]);
  const server = await start(settings, createLog(settings), { hints });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      await remove();
    },
  };
}

describeOnBoth("AP-21 the persona menu", (_, kind) => {
  test("in development lists who there is, hints first, and signs in as one of them", async () => {
    const { url, stop } = await running(kind, DEVELOPMENT);
    try {
      const personas = (await (await fetch(`${url}/dev/personas`)).json()) as {
        email: string;
        label: string;
        shows: string | null;
      }[];
      expect(personas[0]).toMatchObject({ org: "acme", email: "ray@acme.test", shows: "Sees his own." });
      expect(personas.slice(1).every(({ shows }) => shows === null)).toBe(true);

      const names: string[] = [];
      for (const { email } of personas.slice(0, 3)) {
        const token = await (
          await fetch(`${url}/dev/token?${new URLSearchParams({ org: "acme", user: email })}`)
        ).text();
        const answer = await fetch(`${url}/graphql`, {
          method: "POST",
          headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
          body: JSON.stringify({ query: "{ viewer { user { name } } }" }),
        });
        const { data } = (await answer.json()) as { data: { viewer: { user: { name: string } } } };
        names.push(data.viewer.user.name);
      }
      expect(new Set(names).size).toBe(3);

      const page = await (await fetch(`${url}/graphql`, { headers: { accept: "text/html" } })).text();
      for (const part of OF_THE_MENU) expect(page).toContain(part);
      expect(page.indexOf('id="personas"')).toBeLessThan(page.indexOf('<div id="root">'));
    } finally {
      await stop();
    }
  });

  test("in production there is no such thing", async () => {
    const { url, stop } = await running(kind, {
      ...PRODUCTION,
      SIGHTLINE_LOG_LEVEL: "silent",
      SIGHTLINE_GRAPHIQL: "1",
      SIGHTLINE_INTROSPECTION: "1",
    });
    try {
      const [personas, token] = [
        await fetch(`${url}/dev/personas`),
        await fetch(`${url}/dev/token?org=acme&user=ray@acme.test`),
      ];
      expect([personas.status, token.status]).toEqual([404, 404]);
      const page = await (await fetch(`${url}/graphql`, { headers: { accept: "text/html" } })).text();
      expect(page).toContain("YogaGraphiQL");
      expect(OF_THE_MENU.filter((part) => page.includes(part))).toEqual([]);
      expect(page).toContain("query WhoAmI");
    } finally {
      await stop();
    }
  });

  test("a large organisation leaves room for the next, and each person is offered with the organisation", async () => {
    const { url, stop } = await running(kind, DEVELOPMENT, [LARGE]);
    try {
      const personas = (await (await fetch(`${url}/dev/personas`)).json()) as {
        org: string;
        organization: string;
        email: string;
      }[];
      const of = (key: string) => personas.filter(({ org }) => org === key);
      expect(personas[0]?.email).toBe("ray@acme.test");
      expect(of("aaa")).toHaveLength(100);
      expect(of("acme").map(({ email }) => email)).toContain("tia@acme.test");
      expect(new Set(personas.map(({ organization }) => organization))).toEqual(
        new Set(["Acme (acme)", "Large (aaa)"]),
      );
    } finally {
      await stop();
    }
  });

  test("where tokens are another's, there is no menu, and GraphiQL asks with the headers that it is given", async () => {
    const { url, stop } = await running(kind, {
      ...DEVELOPMENT,
      SIGHTLINE_JWKS_URL: "https://id.example.com/certs",
    });
    try {
      expect((await fetch(`${url}/dev/personas`)).status).toBe(404);
      const page = await (await fetch(`${url}/graphql`, { headers: { accept: "text/html" } })).text();
      expect(page).toContain("YogaGraphiQL");
      expect(OF_THE_MENU.filter((part) => page.includes(part))).toEqual([]);
    } finally {
      await stop();
    }
  });
});

describe("AP-21 a token on demand", () => {
  test.each([
    ["", "org"],
    ["?org=acme", "user"],
    ["?user=ray@acme.test", "org"],
  ])("%j is refused, naming %s", async (query, field) => {
    const { url, stop } = await running("sqlite", DEVELOPMENT);
    try {
      const answer = await fetch(`${url}/dev/token${query}`);
      const { errors } = (await answer.json()) as {
        errors: { extensions: { code: string; field: string } }[];
      };
      expect([answer.status, errors[0]?.extensions]).toMatchObject([400, { code: "BAD_USER_INPUT", field }]);
    } finally {
      await stop();
    }
  });
});
