-- SPARSE: how many deals meet a filter, for somebody with people below them, shares (one narrowed to owners) and two rules.

-- ?1, ?5 = "<module deals>"
-- ?2 = JSON ["<role sales>"]
-- ?3 = 32 bytes, a byte for each owner, set for 1, 2
-- ?4 = JSON ["u:<user ann>", "c:<rule hot deals>#1", "c:<rule old deals>#3", "g:<group reps>"]
-- ?6 = now
-- ?7 = JSON ["u:<user ann>", "c:<rule hot deals>#1", "c:<rule old deals>#3"]
-- ?8 = "g:<group reps>"
-- ?9 = 32 bytes, a byte for each owner, set for 3, 4
-- ?10 = "<organization acme>"
-- ?11, ?12 = "$.\"amount\""
-- ?13 = 500
SELECT count(*) AS "n"
FROM
  (
    SELECT r."id" AS "id"
    FROM "Record" r
    WHERE
      r."moduleId" = ?1
      AND r."ownerRoleId" IN (SELECT value FROM json_each(?2))
      AND substr(?3, r."ownerSeq" + 1, 1) = x'01'
    UNION
    SELECT g."recordId" AS "id"
    FROM "RecordGrant" g
    WHERE
      g."key" IN (SELECT value FROM json_each(?4))
      AND g."moduleId" = ?5
      AND g."readUntil" > CAST(?6 AS INTEGER)
      AND (
        g."key" IN (SELECT value FROM json_each(?7))
        OR (
          g."key" = ?8
          AND substr(?9, g."ownerSeq" + 1, 1) = x'01'
        )
      )
  ) visible
  JOIN "Record" r ON r."orgId" = ?10
  AND r."id" = visible."id"
WHERE
  CAST(
    CASE
      WHEN json_type(r."values", ?11) IN ('integer', 'real') THEN json_extract(r."values", ?12)
    END AS REAL
  ) > CAST(?13 AS REAL);
