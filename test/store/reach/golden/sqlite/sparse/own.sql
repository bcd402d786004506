-- SPARSE: the newest of the deals of somebody with nothing but their own.

-- ?1 = "<module deals>"
-- ?2 = JSON ["<user ann>"]
-- ?3 = 1
SELECT 1 AS "way", "id"
FROM (
  SELECT r."id" AS "id"
  FROM "Record" r INDEXED BY "Record_moduleId_ownerId_id_ownerSeq_idx"
  WHERE
    r."moduleId" = +?1
    AND r."ownerId" IN (SELECT value FROM json_each(?2))
    AND +r."ownerSeq" = ?3
  ORDER BY r."id" DESC
  LIMIT 3
);
