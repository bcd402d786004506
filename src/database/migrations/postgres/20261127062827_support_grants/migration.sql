-- AlterTable
ALTER TABLE "Organization" ADD COLUMN     "longestSupportDays" INTEGER;

-- AlterTable
ALTER TABLE "SupportGrant" ADD COLUMN     "grantedById" UUID,
ADD COLUMN     "revokedById" UUID;

-- AddForeignKey
ALTER TABLE "SupportGrant" ADD CONSTRAINT "SupportGrant_orgId_grantedById_fkey" FOREIGN KEY ("orgId", "grantedById") REFERENCES "User"("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "SupportGrant" ADD CONSTRAINT "SupportGrant_orgId_revokedById_fkey" FOREIGN KEY ("orgId", "revokedById") REFERENCES "User"("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
