import type { Plugin } from "graphql-yoga";
import type { Settings } from "../../settings/settings.ts";
import type { ServerContext } from "../http/exchange.ts";
import { limitExceeded } from "./exceeded.ts";

/**
 * Ends operations that run too long (AP-10): the answer is the refusal alone, and no further field is resolved.
 *
 * The executor hands the signal to resolvers (`info.getAbortSignal()`). A statement that has been sent is awaited by
 * nobody any more. Of a subscription the limit is on its opening, not on how long it stays open.
 */
export function limitsTime({ operationMs: max }: Settings): Plugin<object, ServerContext> {
  return {
    onExecute: ({ executeFn, setExecuteFn }) => setExecuteFn((args: object) => within(max, executeFn, args)),
    onSubscribe: ({ subscribeFn, setSubscribeFn }) =>
      setSubscribeFn((args: object) => within(max, subscribeFn, args)),
  };
}

type Run = (args: never) => unknown;

async function within(max: number, run: Run, args: object): Promise<unknown> {
  const startedAt = performance.now();
  const controller = new AbortController();
  const { signal } = controller;
  const expired = Promise.withResolvers<never>();
  // The race below may be over, or not yet begun.
  expired.promise.catch(() => undefined);
  const timer = setTimeout(() => {
    const actual = Math.round(performance.now() - startedAt);
    const error = limitExceeded(
      { name: "milliseconds", max, actual: Math.max(actual, max + 1) },
      `The operation takes longer than ${max} ms; it was stopped.`,
      { status: 503, spec: true },
    );
    controller.abort(error);
    expired.reject(error);
  }, max);
  try {
    return await Promise.race([run({ ...args, signal } as never), expired.promise]);
  } finally {
    clearTimeout(timer);
  }
}
