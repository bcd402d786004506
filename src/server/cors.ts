import type { CORSOptions } from "graphql-yoga";
import type { Settings } from "../settings/settings.ts";
import type { ServerContext } from "./http/exchange.ts";
import { IDEMPOTENCY_KEY_HEADER } from "./http/idempotency-key.ts";
import { MIN_POLICY_VERSION_HEADER } from "./sign-in/policy-version.ts";

/** A page served on one's own machine, by whatever port its tools took. */
const OWN_MACHINE = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/;

/**
 * Which pages of other origins may call from a browser: those of the settings, and in development without any those of
 * one's own machine. A page that asks first and is refused leaves a line that names the setting.
 */
export function corsOf(settings: Settings) {
  const isAllowed = (origin: string) =>
    settings.corsOrigins.length > 0
      ? settings.corsOrigins.includes(origin)
      : settings.isDevelopment && OWN_MACHINE.test(origin);
  return (request: Request, context: unknown): CORSOptions => {
    const origin = request.headers.get("origin");
    if (origin === null) return false;
    if (!isAllowed(origin)) {
      // The origin is a word of the caller's: it is in nobody's log.
      if (request.method === "OPTIONS")
        (context as ServerContext).exchange.log.warn(
          { setting: "SIGHTLINE_CORS_ORIGINS" },
          "a page of another origin may not call: the setting names those that may",
        );
      return false;
    }
    return {
      origin: [origin],
      methods: ["GET", "POST"],
      allowedHeaders: ["authorization", "content-type", IDEMPOTENCY_KEY_HEADER, MIN_POLICY_VERSION_HEADER],
      exposedHeaders: ["x-request-id"],
      credentials: false,
      maxAge: 600,
    };
  };
}
