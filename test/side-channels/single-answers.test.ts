import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toGlobalId } from "../../src/kernel/global-id.ts";
import { DATABASES } from "../database.ts";
import type { OrganizationFile } from "../oracle/file.ts";
import { diceOf } from "../random/dice.ts";
import type { Question } from "./gateway.ts";
import { type Parted, partedFor, type Row, rowsOf } from "./hidden.ts";
import { MEMBERS, organizationOf, ROOT } from "./organization.ts";
import { type Origin, originOf, type World } from "./worlds.ts";

const SEED = 5203;

/** What a probe names: a record and a share of it, or as many ids of nothing. */
type Names = {
  readonly record: string;
  readonly share: string;
  readonly module: string;
  readonly key: string;
};

type Probe = readonly [
  what: string,
  query: string,
  variables: (names: Names) => Readonly<Record<string, unknown>>,
];

const ids =
  (...of: readonly (keyof Names)[]) =>
  (names: Names) => ({ ids: of.map((each) => names[each]) });
const NODES = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Record { name values } } }";
const WHOLE = "{ id key name values access { read } shares { totalCount } owner { name } }";

/** Every single answer about a record: the viewer must not see whether there is one, nor the statements show it. */
const PROBES: readonly Probe[] = [
  ["record by id", `query ($id: ID) { record(id: $id) ${WHOLE} }`, ({ record }) => ({ id: record })],
  [
    "record by key",
    `query ($key: RecordKey) { record(key: $key) ${WHOLE} }`,
    ({ module, key }) => ({ key: { module, key } }),
  ],
  ["node of a record", "query ($id: ID!) { node(id: $id) { id } }", ({ record }) => ({ id: record })],
  ["node of a share", "query ($id: ID!) { node(id: $id) { id } }", ({ share }) => ({ id: share })],
  ["nodes of both", NODES, ids("record", "share")],
  ["nodes of both, the other way round", NODES, ids("share", "record")],
  ["nodes of a record twice", NODES, ids("record", "record")],
  ...["READ", "UPDATE", "DELETE", "SHARE", "CHANGE_OWNER"].flatMap((action): Probe[] => [
    [
      `explainAccess to ${action}`,
      `query ($record: ID!) { explainAccess(record: $record, action: ${action}) { allowed } }`,
      ({ record }) => ({ record }),
    ],
    [
      `explainAccess of another to ${action}`,
      `query ($record: ID!) { explainAccess(user: "SOMEBODY", record: $record, action: ${action}) { allowed } }`,
      ({ record }) => ({ record }),
    ],
  ]),
];

describe.each(DATABASES)("SH-52 AP-03 single answers on %s", (kind) => {
  let file: OrganizationFile;
  let origin: Origin;
  let world: World;
  let rows: readonly Row[];
  beforeAll(async () => {
    file = organizationOf(diceOf(SEED));
    origin = await originOf(kind, file);
    world = await origin.copy();
    rows = await rowsOf(world.database);
    await world.ask(ROOT, { query: "{ viewer { isSupport } }", variables: {} });
  });
  afterAll(async () => {
    await world.close();
    await origin.remove();
  });

  test.each(PROBES)(
    "%s: hidden and absent are one answer by the same statements",
    async (_, query, variables) => {
      let seenByRoot = 0;
      for (const { who } of MEMBERS) {
        for (const row of someHidden(partedFor(file, who, rows))) {
          const asked = (names: Names): Question => ({
            query: query.replace("SOMEBODY", toGlobalId("User", row.ownerId)),
            variables: variables(names),
          });
          const hidden = await world.ask(who, asked(namesOf(row)));
          const absent = await world.ask(who, asked({ ...ABSENTEES, module: row.module }));
          expect(hidden.body, `${who} about ${row.key}`).toBe(absent.body);
          expect(hidden.statements, `${who} about ${row.key}`).toEqual(absent.statements);
          if ((await world.ask(ROOT, asked(namesOf(row)))).body !== hidden.body) seenByRoot += 1;
        }
      }
      // The probe is one: to the person who sees everything it shows something.
      expect(seenByRoot).toBeGreaterThan(20);
    },
  );
});

/** Of every module one that was shared, if there is one, and one that was not. */
function someHidden({ hidden }: Parted): readonly Row[] {
  const byModule = Object.values(Object.groupBy(hidden, ({ module }) => module)) as Row[][];
  return byModule.flatMap((each) => [
    ...each.filter(({ shares }) => shares.length > 0).slice(0, 1),
    ...each.filter(({ shares }) => shares.length === 0).slice(0, 1),
  ]);
}

const ABSENTEES = {
  record: toGlobalId("Record", "00000000-0000-7000-8000-000000000001"),
  share: toGlobalId("RecordShare", "00000000-0000-7000-8000-000000000002"),
  key: "absent",
};

function namesOf({ id, module, key, shares }: Row): Names {
  const share = shares[0] === undefined ? ABSENTEES.share : toGlobalId("RecordShare", shares[0].id);
  return { record: toGlobalId("Record", id), share, module, key };
}
