import { InvalidInput } from "../../kernel/fault.ts";
import type { Clock } from "../../kernel/instant.ts";
import type { Settings } from "../../settings/settings.ts";
import type { Route } from "../http/route.ts";
import { issueToken } from "./issue-token.ts";

/** Someone to look through the eyes of, in development. */
export type Persona = {
  readonly org: string;
  /** The organisation, as the menu names it. */
  readonly organization: string;
  readonly email: string;
  /** Name and role. */
  readonly label: string;
  /** What looking through these eyes shows; null when nobody said. */
  readonly shows: string | null;
};

export const PERSONAS_PATH = "/dev/personas";
export const TOKEN_PATH = "/dev/token";

const DAY_SECONDS = 24 * 60 * 60;

/** Whether there is a persona menu: in development, where the server signs its own tokens. */
export function offersPersonas({ isDevelopment, jwksUrl }: Settings): boolean {
  return isDevelopment && jwksUrl === null;
}

/**
 * What the persona menu asks (AP-21): who there is, and a token of one of them. Where there is no menu there are no such
 * addresses.
 */
export function personaRoutes(
  settings: Settings,
  clock: Clock,
  personas: () => Promise<readonly Persona[]>,
): readonly Route[] {
  if (!offersPersonas(settings)) return [];
  return [
    { path: PERSONAS_PATH, methods: ["GET"], answer: async () => Response.json(await personas()) },
    {
      path: TOKEN_PATH,
      methods: ["GET"],
      answer: async (request) => {
        const { searchParams } = new URL(request.url);
        const [orgKey, user] = [searchParams.get("org"), searchParams.get("user")];
        if (!orgKey) throw new InvalidInput("org", "Name the organisation by its key.");
        if (!user) throw new InvalidInput("user", "Name the user by address.");
        const token = await issueToken(settings, { orgKey, user, ttlSeconds: DAY_SECONDS }, clock.now());
        return new Response(token, {
          headers: { "content-type": "text/plain", "cache-control": "no-store" },
        });
      },
    },
  ];
}
