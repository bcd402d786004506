-- CreateEnum
CREATE TYPE "Language" AS ENUM ('EN', 'DE', 'JA', 'ZH');

-- CreateEnum
CREATE TYPE "MailKind" AS ENUM ('INVITATION', 'ADDRESS_CONFIRMATION', 'ADDRESS_CHANGED');

-- CreateEnum
CREATE TYPE "MailStatus" AS ENUM ('WAITING', 'SENDING', 'SENT', 'GIVEN_UP', 'WITHDRAWN');

-- CreateEnum
CREATE TYPE "TokenPurpose" AS ENUM ('INVITATION', 'ADDRESS_CONFIRMATION');

-- AlterTable
ALTER TABLE "Organization" ADD COLUMN     "language" "Language" NOT NULL DEFAULT 'EN';

-- AlterTable
ALTER TABLE "User" ADD COLUMN     "addressSince" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "MailMessage" (
    "orgId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "kind" "MailKind" NOT NULL,
    "language" "Language" NOT NULL,
    "facts" JSONB NOT NULL,
    "secret" TEXT,
    "status" "MailStatus" NOT NULL DEFAULT 'WAITING',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "claim" TEXT,
    "isDoubtful" BOOLEAN NOT NULL DEFAULT false,
    "failure" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "MailMessage_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "MailedToken" (
    "orgId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "purpose" "TokenPurpose" NOT NULL,
    "hash" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "MailedToken_pkey" PRIMARY KEY ("orgId","userId","purpose")
);

-- CreateIndex
CREATE INDEX "MailMessage_status_dueAt_idx" ON "MailMessage"("status", "dueAt");

-- CreateIndex
CREATE INDEX "MailMessage_orgId_userId_idx" ON "MailMessage"("orgId", "userId");

-- CreateIndex
CREATE INDEX "MailMessage_endedAt_idx" ON "MailMessage"("endedAt");

-- CreateIndex
CREATE UNIQUE INDEX "MailedToken_hash_key" ON "MailedToken"("hash");

-- AddForeignKey
ALTER TABLE "MailMessage" ADD CONSTRAINT "MailMessage_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "MailMessage" ADD CONSTRAINT "MailMessage_orgId_userId_fkey" FOREIGN KEY ("orgId", "userId") REFERENCES "User"("orgId", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "MailedToken" ADD CONSTRAINT "MailedToken_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "MailedToken" ADD CONSTRAINT "MailedToken_orgId_userId_fkey" FOREIGN KEY ("orgId", "userId") REFERENCES "User"("orgId", "id") ON DELETE CASCADE ON UPDATE NO ACTION;
