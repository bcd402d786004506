-- SPARSE: the newest of the deals of somebody with many owners below them.

-- ?1, ?4 = "<module deals>"
-- ?2 = JSON ["<role sales>"]
-- ?3, ?6 = 32 bytes, a byte for each owner, set for 1, 2, 3, 4, 5, 6, 7, 8, 9
-- ?5 = JSON [
--     "<user ben>",
--     "<user cem>",
--     "<user dee>",
--     "<user eva>",
--     "<user fay>",
--     "<user gus>",
--     "<user hal>",
--     "<user ida>"
--   ]
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
SELECT 1 AS "way", "id"
FROM (
  SELECT r."id" AS "id"
  FROM "Record" r INDEXED BY "Record_moduleId_ownerId_id_ownerSeq_idx"
  WHERE
    r."moduleId" = +?4
    AND r."ownerId" IN (SELECT value FROM json_each(?5))
    AND substr(?6, r."ownerSeq" + 1, 1) = x'01'
  ORDER BY r."id" DESC
  LIMIT 3
);
