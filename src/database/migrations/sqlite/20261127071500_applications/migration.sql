-- CreateTable
CREATE TABLE "Application" (
    "orgId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "takesSeat" BOOLEAN NOT NULL DEFAULT true,
    "seatlessBy" TEXT,
    "actions" JSONB NOT NULL,
    "fields" JSONB NOT NULL,
    "position" INTEGER NOT NULL,

    PRIMARY KEY ("orgId", "id"),
    CONSTRAINT "Application_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

-- CreateTable
CREATE TABLE "ApplicationAdministrator" (
    "orgId" TEXT NOT NULL,
    "applicationId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,

    PRIMARY KEY ("orgId", "applicationId", "userId"),
    CONSTRAINT "ApplicationAdministrator_orgId_applicationId_fkey" FOREIGN KEY ("orgId", "applicationId") REFERENCES "Application" ("orgId", "id") ON DELETE CASCADE ON UPDATE NO ACTION,
    CONSTRAINT "ApplicationAdministrator_orgId_userId_fkey" FOREIGN KEY ("orgId", "userId") REFERENCES "User" ("orgId", "id") ON DELETE CASCADE ON UPDATE NO ACTION
);

-- CreateIndex
CREATE UNIQUE INDEX "Application_orgId_key_key" ON "Application"("orgId", "key");

-- CreateIndex
CREATE INDEX "ApplicationAdministrator_orgId_userId_idx" ON "ApplicationAdministrator"("orgId", "userId");

-- Every organisation begins with these; from then on each configures its own.
INSERT INTO "Application" ("orgId", "id", "key", "name", "takesSeat", "seatlessBy", "actions", "fields", "position")
SELECT o."id", lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-a' || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))), f."key", f."name", f."takesSeat", f."seatlessBy", f."actions", f."fields", f."position"
FROM "Organization" o CROSS JOIN (
    SELECT 'CRM' AS "key", 'CRM' AS "name", 1 AS "takesSeat", NULL AS "seatlessBy", '{"PENDING":["EDIT","ENABLE","DISABLE"],"ACTIVE":["EDIT","ENABLE","DISABLE"]}' AS "actions", '[{"key":"role","label":"Role","type":"ROLE","isRequired":true,"options":[]},{"key":"profile","label":"Profile","type":"PROFILE","isRequired":true,"options":[]},{"key":"reportsTo","label":"Reports to","type":"MANAGER","isRequired":false,"options":[]}]' AS "fields", 0 AS "position"
    UNION ALL SELECT 'DESK', 'Desk', 1, 'lightAgent', '{"PENDING":["EDIT","ENABLE","DISABLE"],"ACTIVE":["EDIT","ENABLE","DISABLE"]}', '[{"key":"role","label":"Role","type":"OPTION","isRequired":true,"options":["Agent","Supervisor","Administrator"]},{"key":"profile","label":"Profile","type":"OPTION","isRequired":true,"options":["Agent","Supervisor","Administrator"]},{"key":"department","label":"Department","type":"OPTION","isRequired":true,"options":["General"]},{"key":"lightAgent","label":"Light agent","type":"BOOLEAN","isRequired":false,"options":[]}]', 1
    UNION ALL SELECT 'CAMPAIGNS', 'Campaigns', 1, NULL, '{"PENDING":["EDIT","UNASSIGN"],"ACTIVE":["EDIT","ENABLE","DISABLE"]}', '[{"key":"role","label":"Role","type":"OPTION","isRequired":true,"options":["User","Manager","Administrator"]},{"key":"accessKind","label":"Access","type":"OPTION","isRequired":true,"options":["Full","Campaigns","Lists","Reports"]}]', 2
    UNION ALL SELECT 'SURVEY', 'Survey', 1, NULL, '{"PENDING":["EDIT","UNASSIGN"],"ACTIVE":["EDIT","ENABLE","DISABLE"]}', '[{"key":"department","label":"Department","type":"OPTION","isRequired":true,"options":["General"]},{"key":"departmentRole","label":"Role in the department","type":"OPTION","isRequired":true,"options":["Viewer","Editor","Administrator"]}]', 3
    UNION ALL SELECT 'PROJECTS', 'Projects', 0, NULL, '{"PENDING":["EDIT","UNASSIGN"],"ACTIVE":["EDIT","ENABLE","DISABLE"]}', '[{"key":"role","label":"Role","type":"OPTION","isRequired":true,"options":["Employee","Manager","Administrator"]},{"key":"profile","label":"Profile","type":"OPTION","isRequired":true,"options":["Employee","Manager","Administrator"]},{"key":"project","label":"Project","type":"OPTION","isRequired":true,"options":["General"]}]', 4
    UNION ALL SELECT 'SALESIQ', 'SalesIQ', 1, NULL, '{"PENDING":["EDIT","ENABLE","DISABLE"],"ACTIVE":["EDIT","ENABLE","DISABLE"]}', '[{"key":"role","label":"Role","type":"OPTION","isRequired":true,"options":["Associate","Supervisor","Administrator"]},{"key":"department","label":"Department","type":"OPTION","isRequired":true,"options":["General"]}]', 5
    UNION ALL SELECT 'SOCIAL', 'Social', 1, NULL, '{"PENDING":["EDIT","UNASSIGN"],"ACTIVE":["EDIT","ENABLE","DISABLE"]}', '[{"key":"role","label":"Role","type":"OPTION","isRequired":true,"options":["Member","Administrator"]},{"key":"brand","label":"Brand","type":"OPTION","isRequired":true,"options":["Main"]},{"key":"brandRole","label":"Role in the brand","type":"OPTION","isRequired":true,"options":["Viewer","Publisher","Administrator"]}]', 6
    UNION ALL SELECT 'ANALYTICS', 'Analytics', 1, NULL, '{"PENDING":["ENABLE","DISABLE"],"ACTIVE":["ENABLE","DISABLE"]}', '[{"key":"role","label":"Role","type":"OPTION","isRequired":true,"options":["Viewer","Analyst","Administrator"]}]', 7
) f;

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_ApplicationAssignment" (
    "orgId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "application" TEXT NOT NULL,
    "isEnabled" BOOLEAN NOT NULL,
    "values" JSONB NOT NULL,

    PRIMARY KEY ("orgId", "userId", "application"),
    CONSTRAINT "ApplicationAssignment_orgId_userId_fkey" FOREIGN KEY ("orgId", "userId") REFERENCES "User" ("orgId", "id") ON DELETE CASCADE ON UPDATE NO ACTION,
    CONSTRAINT "ApplicationAssignment_orgId_application_fkey" FOREIGN KEY ("orgId", "application") REFERENCES "Application" ("orgId", "key") ON DELETE NO ACTION ON UPDATE NO ACTION
);
INSERT INTO "new_ApplicationAssignment" ("application", "isEnabled", "orgId", "userId", "values") SELECT "application", "isEnabled", "orgId", "userId", '{}' FROM "ApplicationAssignment";
DROP TABLE "ApplicationAssignment";
ALTER TABLE "new_ApplicationAssignment" RENAME TO "ApplicationAssignment";
CREATE INDEX "ApplicationAssignment_orgId_application_idx" ON "ApplicationAssignment"("orgId", "application");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- Notes what of the policy moves; the triggers of a table go with it when it is made anew.
CREATE TRIGGER "ApplicationAssignment_moves_on_insert" AFTER INSERT ON "ApplicationAssignment" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'USER', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT NEW."userId" AS "rowId") moved WHERE o."id" = NEW."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "ApplicationAssignment_moves_on_update" AFTER UPDATE ON "ApplicationAssignment" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'USER', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT OLD."userId" AS "rowId" UNION SELECT NEW."userId") moved WHERE o."id" = NEW."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "ApplicationAssignment_moves_on_delete" AFTER DELETE ON "ApplicationAssignment" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'USER', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT OLD."userId" AS "rowId") moved WHERE o."id" = OLD."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "Application_moves_on_insert" AFTER INSERT ON "Application" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'APPLICATION', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT NEW."id" AS "rowId") moved WHERE o."id" = NEW."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "Application_moves_on_update" AFTER UPDATE ON "Application" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'APPLICATION', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT OLD."id" AS "rowId" UNION SELECT NEW."id") moved WHERE o."id" = NEW."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "Application_moves_on_delete" AFTER DELETE ON "Application" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'APPLICATION', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT OLD."id" AS "rowId") moved WHERE o."id" = OLD."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "ApplicationAdministrator_moves_on_insert" AFTER INSERT ON "ApplicationAdministrator" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'APPLICATION', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT NEW."applicationId" AS "rowId") moved WHERE o."id" = NEW."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "ApplicationAdministrator_moves_on_update" AFTER UPDATE ON "ApplicationAdministrator" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'APPLICATION', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT OLD."applicationId" AS "rowId" UNION SELECT NEW."applicationId") moved WHERE o."id" = NEW."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "ApplicationAdministrator_moves_on_delete" AFTER DELETE ON "ApplicationAdministrator" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'APPLICATION', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT OLD."applicationId" AS "rowId") moved WHERE o."id" = OLD."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
