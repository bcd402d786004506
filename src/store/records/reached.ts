import type { OrgId, RecordId } from "../../kernel/id.ts";
import { FOREVER } from "../../kernel/instant.ts";
import type { Action, Module } from "../../policy/model/org.ts";
import type { Store } from "../core/store.ts";
import { reachedBy, type Viewer } from "../core/viewer.ts";
import type { Position } from "../reach/query.ts";

const PAGE = 500;

/**
 * The keys of the records of a module that a viewer reaches with an action, by id, walked page by page; of all of
 * them when nobody in particular asks, for proving and exporting an organisation file.
 */
export async function reachedKeys(
  store: Store,
  orgId: OrgId,
  module: Module,
  asked: { readonly viewer: Viewer; readonly action: Action } | null = null,
): Promise<ReadonlyMap<RecordId, string>> {
  const reached =
    asked === null
      ? ({
          orgId,
          moduleId: module.id,
          reach: { kind: "EVERYTHING", validUntil: FOREVER },
          action: "READ",
          now: 0,
        } as const)
      : reachedBy(asked.viewer, module, asked.action);
  const keys = new Map<RecordId, string>();
  for (let after: Position | null = null; ; ) {
    const order = [{ operand: { kind: "ATTRIBUTE", attribute: "key" }, isDescending: false }] as const;
    const page: readonly Position[] = await store.queries.page({
      reached,
      filter: null,
      order,
      after,
      before: null,
      limit: PAGE,
      isFromEnd: false,
    });
    for (const place of page) keys.set(place.id, String(place.values[0]));
    after = page.at(-1) ?? null;
    if (page.length < PAGE) return keys;
  }
}
