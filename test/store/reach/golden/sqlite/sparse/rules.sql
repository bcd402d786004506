-- SPARSE: the newest of the deals of somebody with people below them, shares (one narrowed to owners) and two rules.

-- ?1, ?5 = "<module deals>"
-- ?2 = JSON ["<role sales>"]
-- ?3 = 32 bytes, a byte for each owner, set for 1, 2
-- ?4 = JSON ["u:<user ann>", "c:<rule hot deals>#1", "c:<rule old deals>#3", "g:<group reps>"]
-- ?6 = now
-- ?7 = JSON ["u:<user ann>", "c:<rule hot deals>#1", "c:<rule old deals>#3"]
-- ?8 = "g:<group reps>"
-- ?9 = 32 bytes, a byte for each owner, set for 3, 4
SELECT 0 AS "way", "id"
FROM (
  SELECT r."id" AS "id"
  FROM "Record" r INDEXED BY "Record_moduleId_ownerRoleId_id_ownerSeq_idx"
  WHERE
    r."moduleId" = +?1
    AND r."ownerRoleId" IN (SELECT value FROM json_each(?2))
    AND substr(?3, r."ownerSeq" + 1, 1) = x'01'
  ORDER BY r."id" DESC
  LIMIT 3
)
UNION ALL
SELECT 2 AS "way", "id"
FROM (
  SELECT g."recordId" AS "id"
  FROM "RecordGrant" g
  WHERE
    g."key" IN (SELECT value FROM json_each(?4))
    AND g."moduleId" = +?5
    AND g."readUntil" > CAST(?6 AS INTEGER)
    AND (
      g."key" IN (SELECT value FROM json_each(?7))
      OR (
        g."key" = +?8
        AND substr(?9, g."ownerSeq" + 1, 1) = x'01'
      )
    )
  ORDER BY g."recordId" DESC
  LIMIT 3
);
