import type { Route } from "../http/route.ts";

export const LIVE_PATH = "/health/live";
export const READY_PATH = "/health/ready";

/** Something that must hold before requests are sent here; throws when it does not. */
export type ReadinessCheck = { readonly name: string; readonly check: () => Promise<void> };

const PATIENCE_MS = 2_000;

/**
 * `/health/ready` (AP-31): 200 when every check holds within two seconds and the server is not stopping, else 503 with
 * the names of what failed. Why it failed is for the log. (`/health/live` is the server answering at all.)
 */
export function readiness(checks: readonly ReadinessCheck[], isStopping: () => boolean): Route {
  return {
    path: READY_PATH,
    methods: ["GET"],
    answer: async (_request, { log }) => {
      const outcomes = await Promise.allSettled(checks.map(({ check }) => withinPatience(check())));
      const failing = isStopping() ? ["stopping"] : [];
      outcomes.forEach((outcome, index) => {
        const name = checks[index]?.name;
        if (outcome.status === "fulfilled" || name === undefined) return;
        failing.push(name);
        log.warn({ check: name, err: outcome.reason }, "not ready");
      });
      return failing.length === 0
        ? Response.json({ status: "ready" })
        : Response.json({ status: "unavailable", failing }, { status: 503 });
    },
  };
}

function withinPatience(check: Promise<void>): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`No answer within ${PATIENCE_MS} ms.`)), PATIENCE_MS);
  return Promise.race([check, promise]).finally(() => clearTimeout(timer));
}
