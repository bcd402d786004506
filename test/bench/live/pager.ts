import { VIEWER_NAMES } from "../data-set/viewers.ts";
import { PAGE_OF_RECORDS } from "../operations/request.ts";
import type { Client } from "./client.ts";

/** Pages that one client asks for, one after another, each viewer in turn, and how long each took in milliseconds. */
export type Pages = { readonly tookMs: readonly number[] };

/** Asks for pages until told to stop; settles with all of them then. */
export function paging(client: Client): { readonly stop: () => Promise<Pages> } {
  let isStopped = false;
  const tookMs: number[] = [];
  const asking = (async () => {
    for (let at = 0; !isStopped; at += 1) {
      const viewer = VIEWER_NAMES[at % VIEWER_NAMES.length] ?? "ceo";
      const { codes, messages, ...answer } = await client.ask(viewer, PAGE_OF_RECORDS);
      if (codes.length > 0) throw new Error(`${viewer} was answered ${codes} ${messages}`);
      tookMs.push(answer.tookMs);
    }
  })();
  // Heard of when stopped.
  asking.catch(() => {});
  return {
    async stop() {
      isStopped = true;
      await asking;
      return { tookMs };
    },
  };
}
