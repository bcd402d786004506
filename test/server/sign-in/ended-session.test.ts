import { GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString } from "graphql";
import { expect, test } from "vitest";
import { applyOrganizationFile } from "../../../src/file/apply.ts";
import { resolverContext } from "../../../src/server/graphql-context.ts";
import { issueToken } from "../../../src/server/sign-in/issue-token.ts";
import { createSignIn } from "../../../src/server/sign-in/sign-in.ts";
import { createVerifier } from "../../../src/server/sign-in/verify-token.ts";
import { createLog } from "../../../src/server/watch/log.ts";
import { createServer } from "../../../src/server/yoga.ts";
import { readSettings } from "../../../src/settings/settings.ts";
import { viewerOf } from "../../../src/store/core/viewer.ts";
import { deactivateUser } from "../../../src/store/people/leaving/deactivate.ts";
import { storeOver } from "../../../src/store/store.ts";
import { describeOnBoth } from "../../database.ts";
import { ACME, NOW } from "../../graphql/world.ts";

describeOnBoth("queries that run while somebody loses their work", (open) => {
  test("UA-50 the answer goes to whoever is still in, and to nobody else", async () => {
    const { database } = await open();
    const { orgId } = await applyOrganizationFile(database, { text: ACME, name: "acme.yaml" }, null, {
      now: NOW,
    });
    const clock = { now: () => NOW };
    const store = storeOver(database, clock);
    const settings = readSettings({ SIGHTLINE_DEV: "1" }, "SERVE");
    const waiting: { readonly go: () => void; readonly gone: Promise<void> }[] = [];
    const met = Promise.withResolvers<void>();
    const query = new GraphQLObjectType({
      name: "Query",
      fields: {
        secret: {
          type: new GraphQLNonNull(GraphQLString),
          resolve: async () => {
            const { promise, resolve } = Promise.withResolvers<void>();
            waiting.push({ go: resolve, gone: promise });
            if (waiting.length === 2) met.resolve();
            await promise;
            return "what an active member reads";
          },
        },
      },
    });
    const server = createServer({
      settings,
      clock,
      log: createLog(settings, { write: () => undefined }),
      schema: new GraphQLSchema({ query }),
      signIn: createSignIn(createVerifier(settings), store.policies, new Set()),
      context: resolverContext(store),
      checks: [],
    });
    const ask = async (user: string) => {
      const token = await issueToken(settings, { orgKey: "acme", user, ttlSeconds: 60 }, NOW);
      const response = await server.fetch(
        new Request("http://localhost/graphql", {
          method: "POST",
          headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
          body: JSON.stringify({ query: "{ secret }" }),
        }),
      );
      return (await response.json()) as {
        data?: { secret: string } | null;
        errors?: { extensions: { code: string } }[];
      };
    };

    const [ray, sue] = [ask("ray@acme.test"), ask("sue@acme.test")];
    await met.promise;
    const policy = await store.policies.get("acme");
    const root = policy?.usersByEmail.get("root@acme.test");
    const leaver = policy?.usersByEmail.get("ray@acme.test");
    if (!policy || !root || !leaver) throw new Error(`the world of ${orgId} has changed`);
    await deactivateUser(viewerOf(store, policy, root, NOW), { userId: leaver.id, heir: null });
    // Whoever asks next has this instance learn of it.
    await store.policies.get("acme");
    for (const each of waiting) each.go();

    expect((await ray).data ?? null).toBeNull();
    expect((await ray).errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
    expect((await sue).data).toEqual({ secret: "what an active member reads" });
  });
});
