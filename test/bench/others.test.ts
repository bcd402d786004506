import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DATABASES, type NewDatabase, newTestDatabase } from "../database.ts";
import { type Bench, openBench } from "./bench.ts";
import { dataSetOf } from "./data-set/data-set.ts";
import { VIEWER_NAMES } from "./data-set/viewers.ts";
import { load } from "./database/load.ts";
import { others } from "./operations/others.ts";
import { CONTENDERS } from "./others/index.ts";
import { rowLevelSecurity } from "./others/row-level-security.ts";

const dataSet = dataSetOf("small");

describe.each(DATABASES)("what else could be used, at small on %s", (kind) => {
  let database: NewDatabase;
  let bench: Bench;

  beforeAll(async () => {
    database = await newTestDatabase(kind);
    await load(database.url, dataSet);
    bench = await openBench(kind, database.url, dataSet, { repetitions: 0 });
    await bench.viewer("ceo");
  });

  afterAll(async () => {
    await bench.close();
    await database.remove();
  });

  test("answers page, total and check as the reference says, for every viewer", async () => {
    const measurements = await others.run(bench);
    expect(measurements.filter(({ refused }) => refused !== undefined)).toEqual([]);
    const expected = CONTENDERS.filter((contender) => contender.isFor(bench)).flatMap(({ name }) =>
      VIEWER_NAMES.flatMap((viewer) =>
        ["page", "total", "check"].map((question) => `${viewer}: ${name} ${question}`),
      ),
    );
    expect(measurements.map(({ viewer, variant }) => `${viewer}: ${variant}`)).toEqual(expected);
  });

  if (kind === "postgres")
    test("leaves nothing of row-level security behind", async () => {
      await rowLevelSecurity.open(bench).then(({ close }) => close());
      const left = await bench.driver.rows(
        `SELECT relname::text AS "name" FROM pg_class WHERE relrowsecurity
          UNION ALL SELECT policyname::text FROM pg_policies
          UNION ALL SELECT nspname::text FROM pg_namespace WHERE nspname = 'bench_rls'
          UNION ALL SELECT rolname::text FROM pg_roles WHERE rolname = 'bench_rls_' || md5(current_database())`,
      );
      expect(left).toEqual([]);
    });

  test("a wrong answer is nobody's: it ends the run", async () => {
    const reference = {
      ...bench.reference,
      page: (...question: Parameters<Bench["reference"]["page"]>) =>
        bench.reference.page(...question).slice(1),
    };
    await expect(others.run({ ...bench, reference })).rejects.toThrow("CASL accessibleBy: page of");
  });
});
