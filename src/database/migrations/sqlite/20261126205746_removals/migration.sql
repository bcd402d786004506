-- AlterTable
ALTER TABLE "Field" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "Module" ADD COLUMN "isRemoved" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "Removal" (
    "orgId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "moduleId" TEXT NOT NULL,
    "key" TEXT,
    "upToId" TEXT,

    PRIMARY KEY ("orgId", "id"),
    CONSTRAINT "Removal_orgId_moduleId_fkey" FOREIGN KEY ("orgId", "moduleId") REFERENCES "Module" ("orgId", "id") ON DELETE CASCADE ON UPDATE NO ACTION
);
