import { SingleBar } from "cli-progress";

/** Imports of fewer records are over before a bar would be read. */
const WORTH_A_BAR = 2_000;

/**
 * A progress bar for work on many records, one after another for each step; nothing where nobody looks.
 *
 * @param stream where it is shown: on standard error.
 */
export function openProgress(stream: NodeJS.WriteStream = process.stderr): {
  readonly step: (done: number, total: number, step: string) => void;
  readonly stop: () => void;
} {
  let bar: SingleBar | null = null;
  let current: string | null = null;
  const stop = () => {
    bar?.stop();
    bar = null;
  };
  return {
    step: (done, total, step) => {
      if (!stream.isTTY || total < WORTH_A_BAR) return;
      if (current !== step) {
        stop();
        current = step;
        bar = new SingleBar({
          format: `${step} {bar} {percentage} % | {value} of {total} | {eta} s left`,
          stream,
        });
        bar.start(total, done);
      }
      bar?.update(done);
    },
    stop,
  };
}
