import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What takes longest, the longest first: begun last, one of them would keep a single core busy at the end. */
const LONGEST = [
  "random/agreement-sqlite",
  "races/",
  "bad-inputs/",
  "mutations-random/",
  "random/agreement-postgres",
  "side-channels/",
  "bench/",
  "readme",
  "file/large-file",
  "client/libraries",
];

/** Files in the same order whenever they are run, whatever earlier runs have left in caches. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted(
      (one, other) =>
        Number(other.project.config.isolate) - Number(one.project.config.isolate) ||
        rankOf(one) - rankOf(other) ||
        (one.moduleId < other.moduleId ? -1 : 1),
    );
  }
}

function rankOf({ moduleId }: TestSpecification): number {
  const rank = LONGEST.findIndex((part) => moduleId.includes(`/test/${part}`));
  return rank === -1 ? LONGEST.length : rank;
}
