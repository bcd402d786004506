import { beforeEach, expect, test } from "vitest";
import { describeOnBoth } from "../../database.ts";
import type { Answer } from "../gateway.ts";
import { AGENT, accessIn, COLLEAGUE, openSupportWorld, type World } from "./support-world.ts";

describeOnBoth("SA-13 tokens of the agent", (open) => {
  let world: World;
  beforeEach(async () => {
    world = await openSupportWorld((await open()).database, "2026-12-01T12:00:00Z");
  });

  /** A token of an instant, good for two months. */
  async function tokenOf(at: string, who = AGENT): Promise<string> {
    world.at(at);
    return world.token(who);
  }

  async function isLetIn(token: string): Promise<boolean> {
    const request = new Request("http://localhost/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: "{ viewer { isSupport } }" }),
    });
    const answer = (await (await world.fetch(request)).json()) as Answer;
    if (answer.errors !== undefined) {
      expect(answer.errors[0]?.extensions["code"]).toBe("UNAUTHENTICATED");
      expect(answer.errors[0]?.message).toBe("The token was not accepted. Sign in again.");
    }
    return answer.errors === undefined;
  }

  test("SA-13 of before, during and after the grant, each tried before, during and after", async () => {
    const before = await tokenOf("2026-12-01T12:00:00Z");
    expect(await isLetIn(before)).toBe(false);
    world.at("2026-12-01T12:00:10Z");
    accessIn(await world.grant({ expiresOn: "2026-12-01" }));
    const during = await tokenOf("2026-12-01T12:00:10Z");
    expect([await isLetIn(before), await isLetIn(during)]).toEqual([false, true]);
    world.at("2026-12-01T12:00:20Z");
    accessIn(await world.revoke());
    const after = await tokenOf("2026-12-01T12:00:20Z");
    expect(await Promise.all([before, during, after].map(isLetIn))).toEqual([false, false, false]);
    // A new grant does not bring back what was issued for an older one, nor what was issued between.
    world.at("2026-12-01T12:00:30Z");
    accessIn(await world.grant({ expiresOn: "2026-12-24" }));
    expect(await Promise.all([before, during, after].map(isLetIn))).toEqual([false, false, false]);
    expect(await isLetIn(await tokenOf("2026-12-01T12:00:30Z"))).toBe(true);
  });

  test("SA-13 moving the end keeps the session", async () => {
    accessIn(await world.grant({ expiresOn: "2026-12-02" }));
    const token = await tokenOf("2026-12-01T12:00:00Z");
    world.at("2026-12-01T12:00:30Z");
    accessIn(await world.move({ expiresOn: "2026-12-24" }));
    expect(await isLetIn(token)).toBe(true);
  });

  test("SA-02 a colleague's token is worth nothing under a grant for another", async () => {
    accessIn(await world.grant({ expiresOn: "2026-12-24" }));
    expect(await isLetIn(await tokenOf("2026-12-01T12:00:01Z", COLLEAGUE))).toBe(false);
    accessIn(await world.revoke());
    accessIn(await world.grant({ expiresOn: "2026-12-24", agent: COLLEAGUE }));
    expect(await isLetIn(await tokenOf("2026-12-01T12:00:02Z", COLLEAGUE))).toBe(true);
    expect(await isLetIn(await tokenOf("2026-12-01T12:00:02Z"))).toBe(false);
  });
});
