-- AlterTable
ALTER TABLE "User" ADD COLUMN     "neverAccepted" BOOLEAN NOT NULL DEFAULT false;

-- CreateIndex
CREATE INDEX "MailMessage_orgId_address_idx" ON "MailMessage"("orgId", "address");
