-- CreateEnum
CREATE TYPE "TransferScope" AS ENUM ('EVERYTHING', 'ADMITTED');

-- CreateTable
CREATE TABLE "RecordTransfer" (
    "orgId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "fromId" UUID NOT NULL,
    "toId" UUID NOT NULL,
    "scope" "TransferScope" NOT NULL,
    "modules" JSONB NOT NULL,
    "startedById" UUID NOT NULL,
    "isSupport" BOOLEAN NOT NULL DEFAULT false,
    "requestId" UUID,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "modulesDone" INTEGER NOT NULL DEFAULT 0,
    "upToId" UUID,
    "movedRecords" INTEGER NOT NULL DEFAULT 0,
    "keptRecords" INTEGER NOT NULL DEFAULT 0,
    "totalRecords" INTEGER,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "RecordTransfer_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateIndex
CREATE INDEX "RecordTransfer_endedAt_idx" ON "RecordTransfer"("endedAt");

-- AddForeignKey
ALTER TABLE "RecordTransfer" ADD CONSTRAINT "RecordTransfer_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "RecordTransfer" ADD CONSTRAINT "RecordTransfer_orgId_fromId_fkey" FOREIGN KEY ("orgId", "fromId") REFERENCES "User"("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "RecordTransfer" ADD CONSTRAINT "RecordTransfer_orgId_toId_fkey" FOREIGN KEY ("orgId", "toId") REFERENCES "User"("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "RecordTransfer" ADD CONSTRAINT "RecordTransfer_orgId_startedById_fkey" FOREIGN KEY ("orgId", "startedById") REFERENCES "User"("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
