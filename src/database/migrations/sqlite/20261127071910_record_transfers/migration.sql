-- CreateTable
CREATE TABLE "RecordTransfer" (
    "orgId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "fromId" TEXT NOT NULL,
    "toId" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "modules" JSONB NOT NULL,
    "startedById" TEXT NOT NULL,
    "isSupport" BOOLEAN NOT NULL DEFAULT false,
    "requestId" TEXT,
    "startedAt" DATETIME NOT NULL,
    "modulesDone" INTEGER NOT NULL DEFAULT 0,
    "upToId" TEXT,
    "movedRecords" INTEGER NOT NULL DEFAULT 0,
    "keptRecords" INTEGER NOT NULL DEFAULT 0,
    "totalRecords" INTEGER,
    "endedAt" DATETIME,

    PRIMARY KEY ("orgId", "id"),
    CONSTRAINT "RecordTransfer_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
    CONSTRAINT "RecordTransfer_orgId_fromId_fkey" FOREIGN KEY ("orgId", "fromId") REFERENCES "User" ("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "RecordTransfer_orgId_toId_fkey" FOREIGN KEY ("orgId", "toId") REFERENCES "User" ("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "RecordTransfer_orgId_startedById_fkey" FOREIGN KEY ("orgId", "startedById") REFERENCES "User" ("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION
);

-- CreateIndex
CREATE INDEX "RecordTransfer_endedAt_idx" ON "RecordTransfer"("endedAt");
