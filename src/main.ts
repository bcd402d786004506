import type { Database } from "./database/database.ts";
import { migrationsCurrent } from "./database/migrate/migrate.ts";
import { openStore } from "./database/open.ts";
import { schemaOf } from "./graphql/schema.ts";
import { systemClock } from "./kernel/instant.ts";
import { smtpPost } from "./mail/smtp.ts";
import { developmentOf } from "./server/development.ts";
import { resolverContext } from "./server/graphql-context.ts";
import { type Persona, personaRoutes } from "./server/sign-in/personas.ts";
import { createSignIn } from "./server/sign-in/sign-in.ts";
import { createVerifier } from "./server/sign-in/verify-token.ts";
import type { ReadinessCheck } from "./server/watch/health.ts";
import type { Log } from "./server/watch/log.ts";
import { startTracing } from "./server/watch/tracing.ts";
import { createServer } from "./server/yoga.ts";
import { admissibleAgents, auditKeysOf, type Settings } from "./settings/settings.ts";
import { openSignIns } from "./store/core/audit/sign-ins.ts";
import { upgrade } from "./store/core/audit/upgrade.ts";
import { activeAccounts } from "./store/directory/accounts.ts";
import type { Mailing } from "./store/mail/post.ts";
import { storeOver } from "./store/store.ts";

/** Sightline, running. */
export type Running = {
  readonly url: string;
  /** Stops gracefully: the server, the background, the traces, the database, in this order (AP-31). */
  readonly stop: () => Promise<void>;
};

/** How often sharing rules are looked for that another instance has left half applied (SH-36), in milliseconds. */
const WATCH_MS = 2_000;

/** What development's persona menu says of people, by address; they come first in it. */
export type PersonaHints = ReadonlyMap<string, string>;

/** What helps a newcomer along, in development. */
export type Guide = {
  readonly hints?: PersonaHints;
  /** The operations that GraphiQL opens with, instead of those that fit any organisation. */
  readonly examples?: string;
};

/**
 * Migrates and opens the database and starts the server.
 *
 * @throws whatever keeps it from starting: a failed migration, a database that does not answer, a port in use. Nothing
 * stays open then.
 */
export async function start(settings: Settings, log: Log, guide: Guide = {}): Promise<Running> {
  const { hints = new Map(), examples } = guide;
  const keys = auditKeysOf(settings);
  await upgrade(settings.database.url, keys, (line) => log.info({ step: line }, "migrating"));
  const tracing = await startTracing(settings);
  const database = await openStore(settings.database.url, {
    readMs: settings.operationMs,
    auditKeys: keys,
  });
  const release = async (): Promise<void> => {
    await tracing?.stop();
    await database.close();
  };
  try {
    const mailing = mailingOf(settings);
    if (mailing.post === null && !settings.isDevelopment)
      log.warn(
        "no mail server is set (SIGHTLINE_SMTP_URL): invitations wait, and after seven days are given up",
      );
    const agents = admissibleAgents(settings);
    const store = storeOver(database, systemClock, {
      supportAgents: agents,
      cacheBytes: { policies: settings.policyCacheBytes, reaches: settings.reachCacheBytes },
      onFailure: (error) => log.error({ err: error }, "background work failed, and is tried again"),
      mailing,
    });
    const server = createServer({
      settings,
      log,
      clock: systemClock,
      schema: schemaOf(settings),
      signIn: createSignIn(createVerifier(settings), store.policies, agents),
      tellSignIn: openSignIns(store),
      context: resolverContext(store, { development: developmentOf(settings, systemClock, mailing) }),
      checks: checksOf(database),
      routes: personaRoutes(settings, systemClock, () => personasOf(database, hints)),
      tracing,
      ...(examples === undefined ? {} : { examples }),
    });
    const { url, stop } = await server.listen();
    store.jobs.watch(WATCH_MS);
    return {
      url,
      stop: async () => {
        await stop();
        await store.jobs.stop();
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

/** How mails go out; without a mail server they wait. */
function mailingOf({ smtpServer, mailSender, mailPage }: Settings): Mailing {
  const post = smtpServer === null || mailSender === null ? null : smtpPost(smtpServer, mailSender);
  return { post, page: mailPage };
}

/** Those with a hint first, in the order of the hints; then everybody else by organisation and name. */
async function personasOf(database: Database, hints: PersonaHints): Promise<readonly Persona[]> {
  const places = new Map([...hints.keys()].map((email, at) => [email, at]));
  const placeOf = ({ email }: Persona) => places.get(email) ?? places.size;
  const personas = (await activeAccounts(database)).map(({ org, organization, email, name, role }) => ({
    org,
    organization: `${organization} (${org})`,
    email,
    label: role === null ? name : `${name}, ${role}`,
    shows: hints.get(email) ?? null,
  }));
  return personas.sort((a, b) => placeOf(a) - placeOf(b));
}

function checksOf(database: Database): readonly ReadinessCheck[] {
  return [
    {
      name: "database",
      check: () => database.ping(),
    },
    {
      name: "migrations",
      check: async () => {
        if (!(await migrationsCurrent(database)))
          throw new Error("The database is not at the committed migrations.");
      },
    },
  ];
}
