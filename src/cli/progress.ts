import { SingleBar } from "cli-progress";
import type { Progress } from "../store/import/run.ts";

/** Imports of fewer records are over before a bar would be read. */
const WORTH_A_BAR = 2_000;

/** A progress bar on standard error for work on many records; nothing where nobody looks. */
export function openProgress(): { readonly step: Progress; readonly stop: () => void } {
  let bar: SingleBar | null = null;
  let current: string | null = null;
  const stop = () => {
    bar?.stop();
    bar = null;
  };
  return {
    step: (done, total, step) => {
      if (!process.stderr.isTTY || total < WORTH_A_BAR) return;
      if (current !== step) {
        stop();
        current = step;
        bar = new SingleBar({
          format: `${step} {bar} {percentage} % | {value} of {total} | {eta} s left`,
          stream: process.stderr,
        });
        bar.start(total, done);
      }
      bar?.update(done);
    },
    stop,
  };
}
