-- Among how many of the newest records the newest matches of two rules are, for choosing plans.

-- ?1 = JSON [["c:<rule hot deals>#1", "<module deals>"], ["c:<rule old deals>#3", "<module deals>"]]
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
FROM (
  SELECT json_extract(value, '$[0]') AS "key", json_extract(value, '$[1]') AS "moduleId"
  FROM json_each(?1)
) k;
