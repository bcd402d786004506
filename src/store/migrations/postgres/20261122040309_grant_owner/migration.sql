-- DropIndex
DROP INDEX "RecordGrant_key_moduleId_recordId_idx";

-- AlterTable
ALTER TABLE "RecordGrant" ADD COLUMN     "ownerSeq" INTEGER;
UPDATE "RecordGrant" g SET "ownerSeq" = r."ownerSeq" FROM "Record" r WHERE r."orgId" = g."orgId" AND r."id" = g."recordId";
ALTER TABLE "RecordGrant" ALTER COLUMN "ownerSeq" SET NOT NULL;

-- CreateIndex
CREATE INDEX "RecordGrant_key_moduleId_recordId_ownerSeq_readUntil_idx" ON "RecordGrant"("key", "moduleId", "recordId" DESC, "ownerSeq", "readUntil");
