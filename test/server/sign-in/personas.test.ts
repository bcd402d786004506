import { describe, expect, test } from "vitest";
import { openStore } from "../../../src/database/open.ts";
import { applyOrganizationFile } from "../../../src/file/apply.ts";
import { start } from "../../../src/main.ts";
import { createLog } from "../../../src/server/watch/log.ts";
import { readSettings } from "../../../src/settings/settings.ts";
import { describeOnBoth, newTestDatabase } from "../../database.ts";
import { ACME } from "../../graphql/world.ts";
import { PRODUCTION } from "../acme.ts";

const DEVELOPMENT = { PORT: "0", SIGHTLINE_DEV: "1", SIGHTLINE_LOG_LEVEL: "silent" };

/** A running server over the organisation of the GraphQL tests. */
async function running(kind: "sqlite" | "postgres", environment: Readonly<Record<string, string>>) {
  const { url, remove } = await newTestDatabase(kind);
  const database = await openStore(url);
  await applyOrganizationFile(database, { text: ACME, name: "acme" }, null, { now: Date.now() - 60_000 });
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
      expect(page).toContain('<select id="persona">');
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
      expect(page).not.toContain('<select id="persona">');
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
