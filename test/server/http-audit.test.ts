import { serverAudits } from "graphql-http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { settingsOf, startServer } from "./acme.ts";

describe("AP-11 GraphQL over HTTP, by the public audit", () => {
  let server: Awaited<ReturnType<typeof startServer>>;
  let url = "";
  // Some audits ask for `__type`, since that is in every schema.
  beforeAll(async () => {
    server = await startServer({ settings: settingsOf({ SIGHTLINE_INTROSPECTION: "1" }) });
    url = `${server.url}/graphql`;
  });
  afterAll(() => server.stop());

  const audits = serverAudits({ url: () => url });

  test("AP-11 the audit is there", () => expect(audits.length).toBeGreaterThan(50));

  test.each(audits.map((audit) => [audit.name, audit.id, audit] as const))(
    "AP-11 %s (%s)",
    async (_name, _id, audit) => {
      const result = await audit.fn();
      expect(result.status === "ok" ? "ok" : `${result.status}: ${result.reason}`).toBe("ok");
    },
  );
});
