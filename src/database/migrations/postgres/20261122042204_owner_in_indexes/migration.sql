-- DropIndex
DROP INDEX "Record_moduleId_id_idx";

-- DropIndex
DROP INDEX "Record_moduleId_ownerId_id_idx";

-- DropIndex
DROP INDEX "Record_moduleId_ownerRoleId_id_idx";

-- DropIndex
DROP INDEX "RecordGrant_key_moduleId_recordId_idx";

-- AlterTable
ALTER TABLE "RecordGrant" ADD COLUMN     "ownerSeq" INTEGER;
UPDATE "RecordGrant" g SET "ownerSeq" = r."ownerSeq" FROM "Record" r WHERE r."orgId" = g."orgId" AND r."id" = g."recordId";
ALTER TABLE "RecordGrant" ALTER COLUMN "ownerSeq" SET NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "Module_id_key" ON "Module"("id");

-- CreateIndex
CREATE INDEX "Record_moduleId_id_ownerSeq_idx" ON "Record"("moduleId", "id" DESC, "ownerSeq");

-- CreateIndex
CREATE INDEX "Record_moduleId_ownerRoleId_id_ownerSeq_idx" ON "Record"("moduleId", "ownerRoleId", "id" DESC, "ownerSeq");

-- CreateIndex
CREATE INDEX "Record_moduleId_ownerId_id_ownerSeq_idx" ON "Record"("moduleId", "ownerId", "id" DESC, "ownerSeq");

-- CreateIndex
CREATE INDEX "RecordGrant_key_moduleId_recordId_ownerSeq_readUntil_idx" ON "RecordGrant"("key", "moduleId", "recordId" DESC, "ownerSeq", "readUntil");
