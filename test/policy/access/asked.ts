import { expect, test } from "vitest";
import type { KindName } from "../../../src/policy/access/kind.ts";
import { explain } from "../../../src/policy/ask/explain.ts";
import { admits, type GrantRow, reachOf } from "../../../src/policy/ask/reach.ts";
import type { Action } from "../../../src/policy/model/org.ts";
import { ask, NOW, policyOf, type Rows, recordOf, userIn } from "../build.ts";

/** What is asked: by whom, which action, on whose record, in which module. */
export type Asked = readonly [user: string, action: Action, owner: string, module?: string];

/** One path of the kind: its sentence, level and role path. */
export type Admitted = {
  readonly sentence: string;
  readonly level: string | null;
  readonly rolePath: readonly string[];
};

export type KindRow = {
  readonly title: string;
  /** Changes to the world of the file. */
  readonly rows?: Rows;
  readonly asks: Asked;
  /** The grant rows of the record, by key. */
  readonly grants?: { readonly [key: string]: GrantRow };
  readonly now?: number;
  /** The paths of the kind that admit, or the sentence of its absence (null: the kind has nothing to say). */
  readonly admits?: readonly Admitted[];
  readonly refuses?: string | null;
};

/**
 * Tests of one kind of access, each a row (EN-03): what the kind by itself admits or refuses, in its own words, and
 * that the reach obeys (EN-01).
 */
export function testKind(kind: KindName, world: Rows, rows: readonly KindRow[]): void {
  test.each(rows)(`$title`, ({ rows: change, asks, grants, now, ...expected }) => {
    const [user, action, owner, module = "leads"] = asks;
    const policy = policyOf({ ...world, ...change });
    const judged = recordOf(policy, owner, module, grants);
    const explanation = explain(policy, userIn(policy, user), action, { judged, name: "One" }, now ?? NOW);
    const paths = explanation.paths.filter((path) => path.kind === kind);
    const admitted = paths.map(({ sentence, level, rolePath }) => ({ sentence, level, rolePath }));

    expect(admitted).toEqual(expected.admits ?? []);
    if (expected.admits !== undefined) {
      expect(explanation.allowed).toBe(explanation.refusals.length === 0);
      expect(admits(reachOf(ask(policy, user, action, module, now)), judged, action, now ?? NOW)).toBe(
        explanation.allowed,
      );
    } else {
      // Nothing else admits either, so that it is this kind that is asked.
      expect(explanation.paths).toEqual([]);
      expect(explanation.absences.find((absence) => absence.kind === kind)?.sentence ?? null).toBe(
        expected.refuses,
      );
    }
  });

  test(`EN-03 ${kind} is tested with rows that must be refused`, () => {
    expect(rows.filter((row) => row.admits !== undefined).length).toBeGreaterThan(0);
    expect(rows.filter((row) => row.refuses !== undefined).length).toBeGreaterThan(0);
  });
}
