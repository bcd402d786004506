-- AlterTable
ALTER TABLE "Field" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "Module" ADD COLUMN     "isRemoved" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "Removal" (
    "orgId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "moduleId" UUID NOT NULL,
    "key" TEXT,
    "upToId" UUID,

    CONSTRAINT "Removal_pkey" PRIMARY KEY ("orgId","id")
);

-- AddForeignKey
ALTER TABLE "Removal" ADD CONSTRAINT "Removal_orgId_moduleId_fkey" FOREIGN KEY ("orgId", "moduleId") REFERENCES "Module"("orgId", "id") ON DELETE CASCADE ON UPDATE NO ACTION;
