import { InvalidInput, together } from "../../../kernel/fault.ts";
import { fromGlobalId } from "../../../kernel/global-id.ts";
import { asId, type UserId } from "../../../kernel/id.ts";
import { type Instant, LAST_INSTANT, NEVER } from "../../../kernel/instant.ts";
import type { Viewer } from "../../core/viewer.ts";
import type { LogTest } from "../../reach/log/query.ts";
import { actorsRead } from "../scope/readers.ts";
import { isTold, standingOf } from "../shown/target.ts";

/** Which events to list; what is left out is not asked for. */
export type EventFilter = {
  /** The global id of a person, the support agent included. */
  readonly actor?: string | null | undefined;
  readonly actions?: readonly string[] | null | undefined;
  /** The global id of what was acted on. */
  readonly target?: string | null | undefined;
  readonly from?: Date | null | undefined;
  readonly to?: Date | null | undefined;
  readonly isSupport?: boolean | null | undefined;
};

const MOST_ACTIONS = 100;

/**
 * What is asked of events, within what the viewer reads at all; null where nothing that is shown can fit. A filter finds
 * nothing by what the viewer is not told: a target out of reach is one that never was (SA-22).
 *
 * @throws {InvalidInput} with every fault, each naming its field.
 */
export async function readFilter(viewer: Viewer, filter: EventFilter): Promise<LogTest | null> {
  const faults = faultsOf(filter);
  if (faults.length > 0) throw together(faults);
  const { actions, target, from, to, isSupport } = filter;
  const named = target == null ? null : fromGlobalId(target);
  const standing = named === null ? null : await standingOf(viewer, named.type, named.id);
  const actors = actorsAmong(viewer, filter);
  if ((standing !== null && !isTold(standing)) || actors?.length === 0) return null;
  return {
    actors,
    actions: actions == null ? null : [...new Set(actions)],
    target: named,
    isSupport: isSupport ?? null,
    from: from == null ? null : within(from),
    to: to == null ? null : within(to),
  };
}

function faultsOf({ actor, actions, target, from, to }: EventFilter): readonly InvalidInput[] {
  const faults: InvalidInput[] = [];
  for (const [name, id] of [
    ["actor", actor],
    ["target", target],
  ] as const) {
    if (id != null && fromGlobalId(id) === null)
      faults.push(
        new InvalidInput(`filter.${name}`, `${JSON.stringify(id)} is not a global id.`, {
          requirement: "AP-01",
        }),
      );
  }
  if (actions != null && (actions.length === 0 || actions.length > MOST_ACTIONS))
    faults.push(new InvalidInput("filter.actions", `Expected 1 to ${MOST_ACTIONS} actions.`));
  if (from != null && to != null && to.getTime() <= from.getTime())
    faults.push(new InvalidInput("filter.to", "Expected an instant after the one in from."));
  return faults;
}

/** Whose events are asked for, of those that the viewer reads; null is everybody's. */
function actorsAmong(viewer: Viewer, { actor, isSupport }: EventFilter): readonly UserId[] | null {
  const read = actorsRead(viewer);
  const named = actor == null ? null : fromGlobalId(actor);
  const wanted = named === null ? (isSupport === true ? agentsOf(viewer) : null) : [asId<"User">(named.id)];
  if (wanted === null) return read;
  if (named !== null && (named.type !== "User" || !viewer.policy.users.get(asId(named.id)))) return [];
  if (read === null) return wanted;
  const known = new Set(read);
  return wanted.filter((id) => known.has(id));
}

/** What the databases can say; nothing happened before or after. */
function within(at: Date): Instant {
  return Math.min(Math.max(at.getTime(), NEVER), LAST_INSTANT);
}

/** Few ever, and so a quicker way to what they did than the mark on their events. */
function agentsOf({ policy }: Viewer): readonly UserId[] {
  return policy.org.users.flatMap(({ license, id }) => (license === "SUPPORT" ? [id] : []));
}
