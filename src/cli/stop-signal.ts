import { once } from "node:events";
import { npmOfProcess } from "../settings/settings.ts";

/** What stops a server from outside: a signal, or the end of the program that started it. */
export type Stop = NodeJS.Signals | "PARENT_GONE";

const SIGNALS = ["SIGTERM", "SIGINT"] as const;

/** Whoever started the process. */
const PARENT = process.ppid;

/** How often the parent is looked for, in milliseconds. */
const LOOK_MS = 500;

/**
 * Settles with what asks the process to stop. Under npm that is npm's own end too, whatever ended it: a server that
 * outlives the command which started it would keep the port.
 */
export async function stopAsked(): Promise<Stop> {
  const asked = SIGNALS.map(async (name) => once(process, name).then(() => name as Stop));
  return Promise.race(npmOfProcess() === null ? asked : [...asked, parentGone()]);
}

/** A second signal stops at once. */
export function stopAtOnceOnSignal(): void {
  for (const name of SIGNALS) process.once(name, () => process.exit(1));
}

/** Hears of the first signal, until the listening ends; a second one ends the process as it ever does. */
export function heedSignals(heard: () => void): () => void {
  const end = () => {
    for (const name of SIGNALS) process.off(name, listen);
  };
  const listen = () => {
    end();
    heard();
  };
  for (const name of SIGNALS) process.once(name, listen);
  return end;
}

/** A process whose parent ends gets another one. */
function parentGone(): Promise<Stop> {
  return new Promise((resolve) => {
    const look = setInterval(() => {
      if (process.ppid === PARENT) return;
      clearInterval(look);
      resolve("PARENT_GONE");
    }, LOOK_MS).unref();
  });
}
