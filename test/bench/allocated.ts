import { Session } from "node:inspector/promises";

/** One sample for so many bytes on average, drawn by chance. */
const INTERVAL = 2_048;

type Node = { readonly selfSize: number; readonly children: readonly Node[] };

/**
 * How many bytes `work` allocated on the heap, whether they were collected since or not: a bound of what it held at any
 * time. By V8's sampling profiler, so it is an estimate; the rest of the process counts along.
 */
export async function allocatedBy(work: () => Promise<unknown>): Promise<number> {
  const session = new Session();
  session.connect();
  try {
    await session.post("HeapProfiler.startSampling", {
      samplingInterval: INTERVAL,
      includeObjectsCollectedByMajorGC: true,
      includeObjectsCollectedByMinorGC: true,
    });
    await work();
    const { profile } = await session.post("HeapProfiler.stopSampling");
    return bytesOf(profile.head);
  } finally {
    session.disconnect();
  }
}

function bytesOf({ selfSize, children }: Node): number {
  return children.reduce((sum, child) => sum + bytesOf(child), selfSize);
}
