-- AlterTable
ALTER TABLE "Organization" ADD COLUMN     "longestSupportDays" INTEGER;

-- AlterTable
ALTER TABLE "SupportGrant" ADD COLUMN     "grantedById" UUID,
ADD COLUMN     "revokedById" UUID;

-- CreateIndex
CREATE INDEX "AuditEvent_orgId_actorId_at_action_idx" ON "AuditEvent"("orgId", "actorId", "at", "action");

-- AddForeignKey
ALTER TABLE "SupportGrant" ADD CONSTRAINT "SupportGrant_orgId_grantedById_fkey" FOREIGN KEY ("orgId", "grantedById") REFERENCES "User"("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "SupportGrant" ADD CONSTRAINT "SupportGrant_orgId_revokedById_fkey" FOREIGN KEY ("orgId", "revokedById") REFERENCES "User"("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
