-- CreateTable
CREATE TABLE "IdempotencyKey" (
    "orgId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "claim" TEXT NOT NULL,
    "claimedAt" DATETIME NOT NULL,
    "outcome" JSONB,

    PRIMARY KEY ("orgId", "userId", "key"),
    CONSTRAINT "IdempotencyKey_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
    CONSTRAINT "IdempotencyKey_orgId_userId_fkey" FOREIGN KEY ("orgId", "userId") REFERENCES "User" ("orgId", "id") ON DELETE CASCADE ON UPDATE NO ACTION
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_SharingRule" (
    "orgId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "moduleId" TEXT NOT NULL,
    "sourceKind" TEXT,
    "sourceRoleId" TEXT,
    "sourceGroupId" TEXT,
    "criteria" JSONB,
    "targetKind" TEXT NOT NULL,
    "targetUserId" TEXT,
    "targetRoleId" TEXT,
    "targetGroupId" TEXT,
    "level" TEXT NOT NULL,
    "includeSuperiors" BOOLEAN NOT NULL DEFAULT false,
    "status" TEXT NOT NULL,
    "expiresAt" DATETIME,
    "generation" INTEGER NOT NULL DEFAULT 1,
    "appliedRecords" INTEGER NOT NULL DEFAULT 0,
    "totalRecords" INTEGER NOT NULL DEFAULT 0,
    "appliedUpToId" TEXT,
    "isBroken" BOOLEAN NOT NULL DEFAULT false,

    PRIMARY KEY ("orgId", "id"),
    CONSTRAINT "SharingRule_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
    CONSTRAINT "SharingRule_orgId_moduleId_fkey" FOREIGN KEY ("orgId", "moduleId") REFERENCES "Module" ("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "SharingRule_orgId_sourceRoleId_fkey" FOREIGN KEY ("orgId", "sourceRoleId") REFERENCES "Role" ("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "SharingRule_orgId_sourceGroupId_fkey" FOREIGN KEY ("orgId", "sourceGroupId") REFERENCES "Group" ("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "SharingRule_orgId_targetUserId_fkey" FOREIGN KEY ("orgId", "targetUserId") REFERENCES "User" ("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "SharingRule_orgId_targetRoleId_fkey" FOREIGN KEY ("orgId", "targetRoleId") REFERENCES "Role" ("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "SharingRule_orgId_targetGroupId_fkey" FOREIGN KEY ("orgId", "targetGroupId") REFERENCES "Group" ("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION
);
INSERT INTO "new_SharingRule" ("appliedRecords", "criteria", "expiresAt", "generation", "id", "includeSuperiors", "key", "level", "moduleId", "name", "orgId", "sourceGroupId", "sourceKind", "sourceRoleId", "status", "targetGroupId", "targetKind", "targetRoleId", "targetUserId", "totalRecords") SELECT "appliedRecords", "criteria", "expiresAt", "generation", "id", "includeSuperiors", "key", "level", "moduleId", "name", "orgId", "sourceGroupId", "sourceKind", "sourceRoleId", "status", "targetGroupId", "targetKind", "targetRoleId", "targetUserId", "totalRecords" FROM "SharingRule";
DROP TABLE "SharingRule";
ALTER TABLE "new_SharingRule" RENAME TO "SharingRule";
CREATE UNIQUE INDEX "SharingRule_orgId_key_key" ON "SharingRule"("orgId", "key");
CREATE UNIQUE INDEX "SharingRule_orgId_moduleId_name_key" ON "SharingRule"("orgId", "moduleId", "name");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "IdempotencyKey_claimedAt_idx" ON "IdempotencyKey"("claimedAt");
