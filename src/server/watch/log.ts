import { type DestinationStream, type Logger, pino, stdSerializers } from "pino";
import type { Settings } from "../../settings/settings.ts";

export type Log = Logger;

/**
 * The structured log (AP-31): one JSON object per line, on standard output unless a destination is given.
 *
 * No line carries personal data: requests are named by a random id, callers by nothing at all, and an error by its
 * type, code and stack, its message with quoted text and addresses taken out. In development messages stay whole.
 */
export function createLog(settings: Settings, destination?: DestinationStream): Log {
  const options = {
    level: settings.logLevel,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (level: string) => ({ level }) },
    serializers: { err: settings.isDevelopment ? stdSerializers.err : withoutPersonalText },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

function withoutPersonalText(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    ...("code" in error && typeof error.code === "string" ? { code: error.code } : {}),
    message: withoutQuotes(error.message),
    stack: frames.join("\n"),
    ...(error.cause === undefined ? {} : { cause: withoutPersonalText(error.cause) }),
  };
}

/** Drivers and libraries repeat values between quotes; addresses also stand bare. */
function withoutQuotes(message: string): string {
  return message
    .replace(/"[^"\n]*"|'[^'\n]*'/g, '"…"')
    .replace(/[^\s@<>(),;:]+@[^\s@<>(),;:]+/g, "…@…")
    .slice(0, 2_000);
}
