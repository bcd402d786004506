import { serverAudits } from "graphql-http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeOnBoth } from "../database.ts";
import { type Real, startReal } from "./real.ts";

describeOnBoth("AP-11 GraphQL over HTTP, by the public audit", (open) => {
  let server: Real;
  // Some audits ask for `__type`, since that is in every schema.
  beforeAll(async () => {
    server = await startReal((await open()).database, { SIGHTLINE_INTROSPECTION: "1" });
  });
  afterAll(() => server.stop());

  const audits = serverAudits({ url: () => `${server.url}/graphql` });

  test("AP-11 the audit is there", () => expect(audits.length).toBeGreaterThan(50));

  test.each(audits.map((audit) => [audit.name, audit.id, audit] as const))(
    "AP-11 %s (%s)",
    async (_name, _id, audit) => {
      const result = await audit.fn();
      expect(result.status === "ok" ? "ok" : `${result.status}: ${result.reason}`).toBe("ok");
    },
  );
});
