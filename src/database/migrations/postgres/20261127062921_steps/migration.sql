-- AlterTable
ALTER TABLE "Group" ADD COLUMN     "isRemoved" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Role" ADD COLUMN     "isRemoved" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "User" ADD COLUMN     "isPathBehind" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "ShareRemoval" (
    "orgId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "party" TEXT NOT NULL,
    "actorId" UUID,
    "isSupport" BOOLEAN NOT NULL DEFAULT false,
    "requestId" UUID,

    CONSTRAINT "ShareRemoval_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateIndex
CREATE INDEX "User_isPathBehind_id_idx" ON "User"("isPathBehind", "id");

-- DropIndex
DROP INDEX "RecordShare_orgId_party_idx";

-- CreateIndex
CREATE INDEX "RecordShare_orgId_party_recordId_idx" ON "RecordShare"("orgId", "party", "recordId");

-- AddForeignKey
ALTER TABLE "ShareRemoval" ADD CONSTRAINT "ShareRemoval_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
