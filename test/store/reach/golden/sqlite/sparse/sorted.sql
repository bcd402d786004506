-- SPARSE: those of the greatest amount of the deals of somebody with people below them and with shares.

-- ?1, ?2, ?13, ?14 = "$.\"amount\""
-- ?3, ?6, ?10 = "<module deals>"
-- ?4 = JSON ["<role sales>", "<role service>"]
-- ?5, ?8 = 32 bytes, a byte for each owner, set for 1, 2, 3, 4
-- ?7 = JSON ["<user dee>"]
-- ?9 = JSON ["u:<user ann>", "g:<group reps>"]
-- ?11 = now
-- ?12 = "<organization acme>"
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
    SELECT r."id" AS "id"
    FROM "Record" r
    WHERE
      r."moduleId" = ?6
      AND r."ownerId" IN (SELECT value FROM json_each(?7))
      AND substr(?8, r."ownerSeq" + 1, 1) = x'01'
    UNION
    SELECT g."recordId" AS "id"
    FROM "RecordGrant" g
    WHERE
      g."key" IN (SELECT value FROM json_each(?9))
      AND g."moduleId" = ?10
      AND g."readUntil" > CAST(?11 AS INTEGER)
  ) visible
  JOIN "Record" r ON r."orgId" = ?12
  AND r."id" = visible."id"
ORDER BY
  CAST(
    CASE
      WHEN json_type(r."values", ?13) IN ('integer', 'real') THEN json_extract(r."values", ?14)
    END AS REAL
  ) DESC NULLS LAST,
  r."id" DESC
LIMIT 3;
