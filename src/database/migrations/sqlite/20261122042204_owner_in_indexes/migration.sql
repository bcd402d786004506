-- DropIndex
DROP INDEX "Record_moduleId_ownerId_id_idx";

-- DropIndex
DROP INDEX "Record_moduleId_ownerRoleId_id_idx";

-- DropIndex
DROP INDEX "Record_moduleId_id_idx";

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_RecordGrant" (
    "orgId" TEXT NOT NULL,
    "moduleId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "recordId" TEXT NOT NULL,
    "ownerSeq" INTEGER NOT NULL,
    "readUntil" BIGINT NOT NULL,
    "updateUntil" BIGINT NOT NULL,
    "deleteUntil" BIGINT NOT NULL,
    "shareUntil" BIGINT NOT NULL,

    PRIMARY KEY ("orgId", "recordId", "key"),
    CONSTRAINT "RecordGrant_orgId_recordId_fkey" FOREIGN KEY ("orgId", "recordId") REFERENCES "Record" ("orgId", "id") ON DELETE CASCADE ON UPDATE NO ACTION
);
INSERT INTO "new_RecordGrant" ("orgId", "moduleId", "key", "recordId", "ownerSeq", "readUntil", "updateUntil", "deleteUntil", "shareUntil")
  SELECT g."orgId", g."moduleId", g."key", g."recordId", r."ownerSeq", g."readUntil", g."updateUntil", g."deleteUntil", g."shareUntil"
  FROM "RecordGrant" g JOIN "Record" r ON r."orgId" = g."orgId" AND r."id" = g."recordId";
DROP TABLE "RecordGrant";
ALTER TABLE "new_RecordGrant" RENAME TO "RecordGrant";
CREATE INDEX "RecordGrant_key_moduleId_recordId_ownerSeq_readUntil_idx" ON "RecordGrant"("key", "moduleId", "recordId" DESC, "ownerSeq", "readUntil");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE UNIQUE INDEX "Module_id_key" ON "Module"("id");

-- CreateIndex
CREATE INDEX "Record_moduleId_id_ownerSeq_idx" ON "Record"("moduleId", "id" DESC, "ownerSeq");

-- CreateIndex
CREATE INDEX "Record_moduleId_ownerRoleId_id_ownerSeq_idx" ON "Record"("moduleId", "ownerRoleId", "id" DESC, "ownerSeq");

-- CreateIndex
CREATE INDEX "Record_moduleId_ownerId_id_ownerSeq_idx" ON "Record"("moduleId", "ownerId", "id" DESC, "ownerSeq");
