-- AlterTable
ALTER TABLE "Organization" ADD COLUMN "language" TEXT NOT NULL DEFAULT 'EN';

-- AlterTable
ALTER TABLE "User" ADD COLUMN "addressSince" DATETIME;

-- CreateTable
CREATE TABLE "MailMessage" (
    "orgId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "secret" TEXT,
    "status" TEXT NOT NULL DEFAULT 'WAITING',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "dueAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "claim" TEXT,
    "isDoubtful" BOOLEAN NOT NULL DEFAULT false,
    "failure" TEXT,
    "createdAt" DATETIME NOT NULL,
    "endedAt" DATETIME,

    PRIMARY KEY ("orgId", "id"),
    CONSTRAINT "MailMessage_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
    CONSTRAINT "MailMessage_orgId_userId_fkey" FOREIGN KEY ("orgId", "userId") REFERENCES "User" ("orgId", "id") ON DELETE CASCADE ON UPDATE NO ACTION
);

-- CreateTable
CREATE TABLE "MailedToken" (
    "orgId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,

    PRIMARY KEY ("orgId", "userId", "purpose"),
    CONSTRAINT "MailedToken_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
    CONSTRAINT "MailedToken_orgId_userId_fkey" FOREIGN KEY ("orgId", "userId") REFERENCES "User" ("orgId", "id") ON DELETE CASCADE ON UPDATE NO ACTION
);

-- CreateIndex
CREATE INDEX "MailMessage_status_dueAt_idx" ON "MailMessage"("status", "dueAt");

-- CreateIndex
CREATE INDEX "MailMessage_orgId_userId_idx" ON "MailMessage"("orgId", "userId");

-- CreateIndex
CREATE INDEX "MailMessage_endedAt_idx" ON "MailMessage"("endedAt");

-- CreateIndex
CREATE UNIQUE INDEX "MailedToken_hash_key" ON "MailedToken"("hash");
