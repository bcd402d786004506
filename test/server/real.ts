import type { Database } from "../../src/database/database.ts";
import { applyOrganizationFile } from "../../src/file/apply.ts";
import { schemaOf } from "../../src/graphql/schema.ts";
import { developmentOf } from "../../src/server/development.ts";
import { resolverContext } from "../../src/server/graphql-context.ts";
import { issueToken } from "../../src/server/sign-in/issue-token.ts";
import { createSignIn } from "../../src/server/sign-in/sign-in.ts";
import { createVerifier } from "../../src/server/sign-in/verify-token.ts";
import { NO_POST } from "../../src/store/mail/post.ts";
import { storeOver } from "../../src/store/store.ts";
import { ACME, NOW } from "../graphql/world.ts";
import { settingsOf, startServer } from "./acme.ts";

/**
 * The gateway as it is: the whole schema over an open database, listening on a socket. A production server unless the
 * change of the settings says otherwise.
 */
export async function startReal(
  database: Database,
  change: Readonly<Record<string, string | undefined>> = {},
) {
  await applyOrganizationFile(database, { text: ACME, name: "acme.yaml" }, null, { now: NOW });
  const settings = settingsOf(change);
  const clock = { now: () => NOW };
  const store = storeOver(database, clock);
  const server = await startServer({
    settings,
    clock,
    schema: schemaOf(settings),
    signIn: createSignIn(createVerifier(settings), store.policies, new Set()),
    context: resolverContext(store, {
      recordsRequests: false,
      development: developmentOf(settings, clock, NO_POST),
    }),
  });
  return {
    ...server,
    /** Asks as a person of the world. */
    as: async (email: string, query: string, more: Readonly<Record<string, unknown>> = {}) =>
      server.send(query, { authorization: `Bearer ${await tokenOf(email)}` }, more),
  };
}

export type Real = Awaited<ReturnType<typeof startReal>>;

export function tokenOf(email: string): Promise<string> {
  const settings = settingsOf({ SIGHTLINE_DEV: "1" });
  return issueToken(settings, { orgKey: "acme", user: email, ttlSeconds: 600 }, NOW);
}
