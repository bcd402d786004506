import { v7 } from "uuid";
import { jsonOrNull } from "../../../database/json.ts";
import { asId, type RuleId } from "../../../kernel/id.ts";
import type { Instant } from "../../../kernel/instant.ts";
import type { Party, RuleLevel } from "../../../policy/model/org.ts";
import { firstLife } from "../../../policy/rights/rule-life.ts";
import type { Viewer } from "../../core/viewer.ts";
import { write } from "../../core/write.ts";
import { readName } from "../../directory/input.ts";
import { readKey } from "../../directory/key.ts";
import { sharedModule } from "../../directory/modules.ts";
import { partyNamed } from "../../directory/party-named.ts";
import { lifeColumns } from "../../grants/application.ts";
import type { RecordFilter } from "../../records/filter.ts";
import {
  contentAsEvent,
  contentColumns,
  type RuleContent,
  refuseNamesake,
  refuseSameKey,
  refuseTwin,
  requireSourceOrCriteria,
} from "./content.ts";
import { admitCriteriaDates, readCriteria, readExpiry, requireReferences } from "./input.ts";

export type NewRule = {
  /** The key of the module. */
  readonly module: string;
  readonly name: string;
  /** Null for a random one. */
  readonly key: string | null;
  /** Null when it goes by criteria alone. Never a USER. */
  readonly source: Party | null;
  /** Null when it goes by source alone. */
  readonly criteria: RecordFilter | null;
  readonly target: Party;
  readonly level: RuleLevel;
  readonly includeSuperiors: boolean;
  readonly expiresAt: Instant | null;
};

/**
 * Makes a sharing rule. Without criteria it is in force at once; with criteria it admits nothing until they have been
 * applied, which begins in the background when this returns (SH-36).
 */
export function createSharingRule(viewer: Viewer, wanted: NewRule): Promise<{ readonly ruleId: RuleId }> {
  return write(viewer, "createSharingRule", {
    read: ({ viewer }) => readRule(viewer, wanted),
    change: async ({ tx, viewer }, content) => {
      const { orgId, now } = viewer;
      admitCriteriaDates(viewer, content);
      refuseSameKey(viewer, content);
      refuseNamesake(viewer, null, content);
      refuseTwin(viewer, null, content);

      const id: RuleId = asId(v7({ msecs: now }));
      const { criteria, moduleId } = content;
      await tx.sharingRule.create({
        data: {
          orgId,
          id,
          ...contentColumns(content),
          criteria: jsonOrNull(criteria),
          ...(await lifeColumns(tx, orgId, moduleId, firstLife(criteria))),
        },
      });
      return {
        result: { ruleId: id },
        happened: [
          {
            action: "CREATE_SHARING_RULE",
            target: { type: "SharingRule", id },
            before: null,
            after: contentAsEvent(content),
          },
        ],
        wakes: content.criteria === null ? [] : ["APPLY_SHARING_RULES"],
      };
    },
  });
}

/** All that is wrong with the shape comes before what is not there (AP-04). */
async function readRule(viewer: Viewer, wanted: NewRule): Promise<RuleContent> {
  const module = sharedModule(viewer, "input.module", wanted.module, "sharing rule");
  const name = readName("input.name", wanted.name);
  const key = readKey("input.key", wanted.key);
  const expiresAt = readExpiry("input.expiresAt", wanted.expiresAt, viewer.now);
  const criteria = wanted.criteria === null ? null : readCriteria(module, "input.criteria", wanted.criteria);
  requireSourceOrCriteria("input.source", { source: wanted.source, criteria: criteria?.condition ?? null });

  const source = wanted.source && partyNamed(viewer, "input.source", wanted.source);
  const target = partyNamed(viewer, "input.target", wanted.target);
  if (criteria !== null) await requireReferences(viewer, criteria);
  return {
    key,
    name,
    moduleId: module.id,
    source,
    criteria: criteria?.condition ?? null,
    target,
    level: wanted.level,
    includeSuperiors: wanted.includeSuperiors,
    status: firstLife(criteria?.condition ?? null).status,
    expiresAt,
  };
}
