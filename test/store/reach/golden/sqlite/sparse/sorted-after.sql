-- SPARSE: those of the greatest amount after a place of the deals of somebody with people below them, shares (one narrowed to owners) and two rules.

-- ?1, ?2, ?13, ?14, ?16, ?17, ?18, ?19, ?22, ?23 = "$.\"amount\""
-- ?3, ?7 = "<module deals>"
-- ?4 = JSON ["<role sales>"]
-- ?5 = 32 bytes, a byte for each owner, set for 1, 2
-- ?6 = JSON ["u:<user ann>", "c:<rule hot deals>#1", "c:<rule old deals>#3", "g:<group reps>"]
-- ?8 = now
-- ?9 = JSON ["u:<user ann>", "c:<rule hot deals>#1", "c:<rule old deals>#3"]
-- ?10 = "g:<group reps>"
-- ?11 = 32 bytes, a byte for each owner, set for 3, 4
-- ?12 = "<organization acme>"
-- ?15, ?20 = 900
-- ?21 = "<record deal 9>"
SELECT
  CAST(
    CASE
      WHEN json_type(r."values", ?1) IN ('integer', 'real') THEN json_extract(r."values", ?2)
    END AS REAL
  ) AS "v0",
  r."id" AS "id"
FROM
  (
    SELECT r."id" AS "id"
    FROM "Record" r
    WHERE
      r."moduleId" = ?3
      AND r."ownerRoleId" IN (SELECT value FROM json_each(?4))
      AND substr(?5, r."ownerSeq" + 1, 1) = x'01'
    UNION
    SELECT g."recordId" AS "id"
    FROM "RecordGrant" g
    WHERE
      g."key" IN (SELECT value FROM json_each(?6))
      AND g."moduleId" = ?7
      AND g."readUntil" > CAST(?8 AS INTEGER)
      AND (
        g."key" IN (SELECT value FROM json_each(?9))
        OR (
          g."key" = ?10
          AND substr(?11, g."ownerSeq" + 1, 1) = x'01'
        )
      )
  ) visible
  JOIN "Record" r ON r."orgId" = ?12
  AND r."id" = visible."id"
WHERE (
  (
    CAST(
      CASE
        WHEN json_type(r."values", ?13) IN ('integer', 'real') THEN json_extract(r."values", ?14)
      END AS REAL
    ) < CAST(?15 AS REAL)
    OR CAST(
      CASE
        WHEN json_type(r."values", ?16) IN ('integer', 'real') THEN json_extract(r."values", ?17)
      END AS REAL
    ) IS NULL
  )
  OR (
    CAST(
      CASE
        WHEN json_type(r."values", ?18) IN ('integer', 'real') THEN json_extract(r."values", ?19)
      END AS REAL
    ) = CAST(?20 AS REAL)
    AND r."id" < ?21
  )
)
ORDER BY
  CAST(
    CASE
      WHEN json_type(r."values", ?22) IN ('integer', 'real') THEN json_extract(r."values", ?23)
    END AS REAL
  ) DESC NULLS LAST,
  r."id" DESC
LIMIT 3;
