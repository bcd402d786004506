-- AlterEnum
ALTER TYPE "PolicyPart" ADD VALUE 'APPLICATION';

-- AlterTable
ALTER TABLE "ApplicationAssignment" ADD COLUMN     "values" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "ApplicationAssignment" ALTER COLUMN "values" DROP DEFAULT;

-- CreateTable
CREATE TABLE "Application" (
    "orgId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "takesSeat" BOOLEAN NOT NULL DEFAULT true,
    "seatlessBy" TEXT,
    "actions" JSONB NOT NULL,
    "fields" JSONB NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "Application_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "ApplicationAdministrator" (
    "orgId" UUID NOT NULL,
    "applicationId" UUID NOT NULL,
    "userId" UUID NOT NULL,

    CONSTRAINT "ApplicationAdministrator_pkey" PRIMARY KEY ("orgId","applicationId","userId")
);

-- CreateIndex
CREATE UNIQUE INDEX "Application_orgId_key_key" ON "Application"("orgId", "key");

-- CreateIndex
CREATE INDEX "ApplicationAdministrator_orgId_userId_idx" ON "ApplicationAdministrator"("orgId", "userId");

-- CreateIndex
CREATE INDEX "ApplicationAssignment_orgId_application_idx" ON "ApplicationAssignment"("orgId", "application");

-- AddForeignKey
ALTER TABLE "Application" ADD CONSTRAINT "Application_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ApplicationAdministrator" ADD CONSTRAINT "ApplicationAdministrator_orgId_applicationId_fkey" FOREIGN KEY ("orgId", "applicationId") REFERENCES "Application"("orgId", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ApplicationAdministrator" ADD CONSTRAINT "ApplicationAdministrator_orgId_userId_fkey" FOREIGN KEY ("orgId", "userId") REFERENCES "User"("orgId", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- Every organisation begins with these; from then on each configures its own.
INSERT INTO "Application" ("orgId", "id", "key", "name", "takesSeat", "seatlessBy", "actions", "fields", "position")
SELECT o."id", gen_random_uuid(), f."key", f."name", f."takesSeat", f."seatlessBy", f."actions"::jsonb, f."fields"::jsonb, f."position"
FROM "Organization" o CROSS JOIN (
    SELECT 'CRM' AS "key", 'CRM' AS "name", true AS "takesSeat", NULL AS "seatlessBy", '{"PENDING":["EDIT","ENABLE","DISABLE"],"ACTIVE":["EDIT","ENABLE","DISABLE"]}' AS "actions", '[{"key":"role","label":"Role","type":"ROLE","isRequired":true,"options":[]},{"key":"profile","label":"Profile","type":"PROFILE","isRequired":true,"options":[]},{"key":"reportsTo","label":"Reports to","type":"MANAGER","isRequired":false,"options":[]}]' AS "fields", 0 AS "position"
    UNION ALL SELECT 'DESK', 'Desk', true, 'lightAgent', '{"PENDING":["EDIT","ENABLE","DISABLE"],"ACTIVE":["EDIT","ENABLE","DISABLE"]}', '[{"key":"role","label":"Role","type":"OPTION","isRequired":true,"options":["Agent","Supervisor","Administrator"]},{"key":"profile","label":"Profile","type":"OPTION","isRequired":true,"options":["Agent","Supervisor","Administrator"]},{"key":"department","label":"Department","type":"OPTION","isRequired":true,"options":["General"]},{"key":"lightAgent","label":"Light agent","type":"BOOLEAN","isRequired":false,"options":[]}]', 1
    UNION ALL SELECT 'CAMPAIGNS', 'Campaigns', true, NULL, '{"PENDING":["EDIT","UNASSIGN"],"ACTIVE":["EDIT","ENABLE","DISABLE"]}', '[{"key":"role","label":"Role","type":"OPTION","isRequired":true,"options":["User","Manager","Administrator"]},{"key":"accessKind","label":"Access","type":"OPTION","isRequired":true,"options":["Full","Campaigns","Lists","Reports"]}]', 2
    UNION ALL SELECT 'SURVEY', 'Survey', true, NULL, '{"PENDING":["EDIT","UNASSIGN"],"ACTIVE":["EDIT","ENABLE","DISABLE"]}', '[{"key":"department","label":"Department","type":"OPTION","isRequired":true,"options":["General"]},{"key":"departmentRole","label":"Role in the department","type":"OPTION","isRequired":true,"options":["Viewer","Editor","Administrator"]}]', 3
    UNION ALL SELECT 'PROJECTS', 'Projects', false, NULL, '{"PENDING":["EDIT","UNASSIGN"],"ACTIVE":["EDIT","ENABLE","DISABLE"]}', '[{"key":"role","label":"Role","type":"OPTION","isRequired":true,"options":["Employee","Manager","Administrator"]},{"key":"profile","label":"Profile","type":"OPTION","isRequired":true,"options":["Employee","Manager","Administrator"]},{"key":"project","label":"Project","type":"OPTION","isRequired":true,"options":["General"]}]', 4
    UNION ALL SELECT 'SALESIQ', 'SalesIQ', true, NULL, '{"PENDING":["EDIT","ENABLE","DISABLE"],"ACTIVE":["EDIT","ENABLE","DISABLE"]}', '[{"key":"role","label":"Role","type":"OPTION","isRequired":true,"options":["Associate","Supervisor","Administrator"]},{"key":"department","label":"Department","type":"OPTION","isRequired":true,"options":["General"]}]', 5
    UNION ALL SELECT 'SOCIAL', 'Social', true, NULL, '{"PENDING":["EDIT","UNASSIGN"],"ACTIVE":["EDIT","ENABLE","DISABLE"]}', '[{"key":"role","label":"Role","type":"OPTION","isRequired":true,"options":["Member","Administrator"]},{"key":"brand","label":"Brand","type":"OPTION","isRequired":true,"options":["Main"]},{"key":"brandRole","label":"Role in the brand","type":"OPTION","isRequired":true,"options":["Viewer","Publisher","Administrator"]}]', 6
    UNION ALL SELECT 'ANALYTICS', 'Analytics', true, NULL, '{"PENDING":["ENABLE","DISABLE"],"ACTIVE":["ENABLE","DISABLE"]}', '[{"key":"role","label":"Role","type":"OPTION","isRequired":true,"options":["Viewer","Analyst","Administrator"]}]', 7
) f;

-- AddForeignKey
ALTER TABLE "ApplicationAssignment" ADD CONSTRAINT "ApplicationAssignment_orgId_application_fkey" FOREIGN KEY ("orgId", "application") REFERENCES "Application"("orgId", "key") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- Notes what of the policy moves.
CREATE TRIGGER "Application_moves" AFTER INSERT OR UPDATE OR DELETE ON "Application" FOR EACH ROW EXECUTE FUNCTION "notePolicyMove"('APPLICATION', 'id');
CREATE TRIGGER "ApplicationAdministrator_moves" AFTER INSERT OR UPDATE OR DELETE ON "ApplicationAdministrator" FOR EACH ROW EXECUTE FUNCTION "notePolicyMove"('APPLICATION', 'applicationId');
