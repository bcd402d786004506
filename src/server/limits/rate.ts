import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { GraphQLParams, Plugin } from "graphql-yoga";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { Settings } from "../../settings/settings.ts";
import type { Exchange, ServerContext } from "../http/exchange.ts";
import { type LimitName, limitExceeded } from "./exceeded.ts";

type Meter = { readonly name: LimitName; readonly limiter: RateLimiterMemory };

/** Counts requests, and refuses those who ask too often. */
export type Rates = {
  readonly plugin: Plugin<object, ServerContext>;
  /** Counts a request whose token was refused, with those of its address that bring none. @throws over the limit. */
  readonly countRefused: (request: Request, context: ServerContext) => Promise<void>;
};

/**
 * Refuses those who ask too often (AP-10): each user of an organisation in total and for each operation, and each
 * address that does not sign in, be it without a token or with one that is refused. Windows are fixed and begin with the first request. Counted in memory: every instance
 * of the server counts for itself.
 *
 * An operation is known by its name, without one by the hash of its text; the total holds for who makes up names.
 */
export function createRates(settings: Settings): Rates {
  const meter = (name: LimitName, points: number): Meter => ({
    name,
    limiter: new RateLimiterMemory({ points, duration: settings.rateWindowSeconds }),
  });
  const ofUser = meter("requestsOfUser", settings.userRate);
  const ofOperation = meter("requestsOfOperation", settings.operationRate);
  const ofAddress = meter("requestsOfAddress", settings.addressRate);

  const metersFor = (
    exchange: Exchange,
    params: GraphQLParams,
    address: () => string,
  ): readonly (readonly [Meter, string])[] => {
    const { session } = exchange;
    switch (session.kind) {
      case "ANONYMOUS":
        return [[ofAddress, address()]];
      case "SIGNED_IN": {
        const user = JSON.stringify([session.policy.org.id, session.user.id]);
        return [
          [ofUser, user],
          [ofOperation, user + operationOf(params)],
        ];
      }
    }
  };
  const askedBy = (request: Request, context: ServerContext): string => {
    // Node's request is there when the server listens on a socket.
    const { req } = context as ServerContext & { readonly req?: IncomingMessage };
    return addressOf(request.headers, req?.socket.remoteAddress ?? "", settings.trustedProxies);
  };
  return {
    plugin: {
      onParams: async ({ params, request, context }) => {
        const meters = metersFor(context.exchange, params, () => askedBy(request, context));
        for (const [one, key] of meters) await take(one, key);
      },
    },
    countRefused: (request, context) => take(ofAddress, askedBy(request, context)),
  };
}

async function take({ name, limiter }: Meter, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    throw limitExceeded(
      { name, max: limiter.points, actual: refusal.consumedPoints },
      `More than ${limiter.points} requests in ${limiter.duration} s; ask again in ${seconds} s.`,
      { status: 429, headers: { "retry-after": String(seconds) } },
    );
  }
}

function operationOf({ operationName, query }: GraphQLParams): string {
  if (typeof operationName === "string") return `name:${operationName.slice(0, 100)}`;
  // Whether it is text at all is looked at later.
  const text = typeof query === "string" ? query : "";
  return `hash:${createHash("sha256").update(text).digest("base64")}`;
}

/**
 * Who sent the request. Each trusted proxy appends to `X-Forwarded-For` whom it was asked by, so that only so many
 * places from the end are true; the rest is what anybody may write.
 */
export function addressOf(headers: Headers, peer: string, trustedProxies: number): string {
  if (trustedProxies === 0) return peer;
  const hops = (headers.get("x-forwarded-for") ?? "").split(",").map((hop) => hop.trim());
  return hops.at(-trustedProxies) || peer;
}
