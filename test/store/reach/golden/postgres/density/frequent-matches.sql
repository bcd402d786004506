-- Among how many of the newest records the newest matches of two rules are, for choosing plans.

-- $1 = ["c:<rule hot deals>#1", "c:<rule old deals>#3"]
-- $2 = ["<module deals>", "<module deals>"]
SELECT
  k."key",
  (
    SELECT count(*)
    FROM (
      SELECT 1
      FROM "Record" r
      WHERE
        r."moduleId" = k."moduleId"
        AND r."id" >= (
          SELECT g."recordId"
          FROM "RecordGrant" g
          WHERE
            g."key" = k."key"
            AND g."moduleId" = k."moduleId"
          ORDER BY g."recordId" DESC
          LIMIT 1
          OFFSET 199
        )
      LIMIT 2001
    ) newest
  ) AS "among"
FROM unnest($1::text[], $2::uuid[]) AS k ("key", "moduleId");
