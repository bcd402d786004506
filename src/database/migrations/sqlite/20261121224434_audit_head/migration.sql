-- CreateTable
CREATE TABLE "AuditHead" (
    "orgId" TEXT NOT NULL PRIMARY KEY,
    "sequence" INTEGER NOT NULL,
    CONSTRAINT "AuditHead_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);
