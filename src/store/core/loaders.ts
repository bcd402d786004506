import DataLoader from "dataloader";
import type { OrgId, RecordId, RuleId, ShareId } from "../../kernel/id.ts";
import { may, type Reaches } from "../../policy/ask/ability.ts";
import { type JudgedRecord, judgedRecord } from "../../policy/ask/reach.ts";
import type { Action } from "../../policy/model/org.ts";
import { readSeats, type Seats } from "../organization/settings.ts";
import { type RecordRow, readRecordRows } from "../records/row.ts";
import { type RuleProgress, readProgress } from "../sharing/rules.ts";
import { readShareRows, readShares, type ShareRow } from "../sharing/share-row.ts";
import type { Viewer } from "./viewer.ts";

/** SQLite refuses about a thousand binds in one statement (trap 7). */
const MAX_BATCH = 500;

/**
 * Loaders of one viewer at one policy version: what is asked in one turn is read in one statement (AP-09), and every
 * record is judged before its row is read.
 */
export type Loaders = {
  /** The record with its grants, for deciding; null when it does not exist. Never to be shown. */
  readonly judged: DataLoader<RecordId, JudgedRecord | null>;
  /** The row of a record that the viewer may read; null when absent or out of reach, which are one answer. */
  readonly record: DataLoader<RecordId, RecordRow | null>;
  /** The shares of a record that the viewer may share; null otherwise. */
  readonly shares: DataLoader<RecordId, readonly ShareRow[] | null>;
  /** A share by its id, not yet admitted: whoever asks must see the shares of its record. Never to be shown. */
  readonly share: DataLoader<ShareId, ShareRow | null>;
  /** How far a rule has been applied, for those admitted to see the rule. */
  readonly ruleProgress: DataLoader<RuleId, RuleProgress | null>;
  /** The seats of the viewer's organisation, for those admitted to see its settings. */
  readonly seats: DataLoader<OrgId, Seats | null>;
};

type Core = Omit<Viewer, "loaders">;

export function openLoaders(viewer: Core): Loaders {
  const keys = keysIn(viewer.reaches);
  const judged = new DataLoader<RecordId, JudgedRecord | null>(
    async (ids) => {
      const found = await viewer.store.queries.find(viewer.orgId, ids, keys);
      const byId = new Map(found.map((each) => [each.id, judgedRecord(each)]));
      return ids.map((id) => byId.get(id) ?? null);
    },
    { maxBatchSize: MAX_BATCH },
  );

  /** Reads rows of those ids alone on which the viewer may do the action. */
  function admitted<Row>(
    action: Action,
    read: (ids: readonly RecordId[]) => Promise<ReadonlyMap<RecordId, Row>>,
  ) {
    return new DataLoader<RecordId, Row | null>(
      async (ids) => {
        const found = await judged.loadMany(ids);
        const open = ids.filter((_, at) => {
          const each = found[at];
          if (each instanceof Error) throw each;
          return each != null && may(viewer.ability, action, each);
        });
        const rows = open.length === 0 ? new Map<RecordId, Row>() : await read(open);
        return ids.map((id) => rows.get(id) ?? null);
      },
      { maxBatchSize: MAX_BATCH },
    );
  }

  return {
    judged,
    record: admitted("READ", (ids) => readRecordRows(viewer, ids)),
    shares: admitted("SHARE", (ids) => readShares(viewer, ids)),
    share: batched((ids) => readShareRows(viewer, ids)),
    ruleProgress: batched((ids) => readProgress(viewer, ids)),
    seats: new DataLoader(async (ids) => {
      const seats = await readSeats(viewer);
      return ids.map((id) => (id === viewer.orgId ? seats : null));
    }),
  };
}

function batched<Id, Row>(
  read: (ids: readonly Id[]) => Promise<ReadonlyMap<Id, Row>>,
): DataLoader<Id, Row | null> {
  return new DataLoader<Id, Row | null>(
    async (ids) => {
      const rows = await read(ids);
      return ids.map((id) => rows.get(id) ?? null);
    },
    { maxBatchSize: MAX_BATCH },
  );
}

/** Every grant key that any reach of the viewer knows: one record is judged for all actions by one read. */
function keysIn({ reaches }: Reaches): readonly string[] {
  return [...new Set(reaches.flatMap(({ reach }) => (reach.kind === "SOME" ? [...reach.keys.keys()] : [])))];
}
