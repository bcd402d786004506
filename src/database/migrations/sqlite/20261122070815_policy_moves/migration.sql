-- CreateTable
CREATE TABLE "PolicyMove" (
    "orgId" TEXT NOT NULL,
    "part" TEXT NOT NULL,
    "rowId" TEXT NOT NULL,
    "version" INTEGER NOT NULL,

    PRIMARY KEY ("orgId", "part", "rowId"),
    CONSTRAINT "PolicyMove_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

-- CreateIndex
CREATE INDEX "PolicyMove_orgId_version_idx" ON "PolicyMove"("orgId", "version");

-- Notes what of the policy moves. Whoever changes policy holds the organisation's version alone and raises it by one in
-- the same transaction, so that the version to come is known. How far a rule was applied is not policy.
CREATE TRIGGER "Role_moves_on_insert" AFTER INSERT ON "Role" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'ROLE', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT NEW."id" AS "rowId") moved WHERE o."id" = NEW."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "Role_moves_on_update" AFTER UPDATE ON "Role" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'ROLE', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT OLD."id" AS "rowId" UNION SELECT NEW."id") moved WHERE o."id" = NEW."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "Role_moves_on_delete" AFTER DELETE ON "Role" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'ROLE', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT OLD."id" AS "rowId") moved WHERE o."id" = OLD."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "Profile_moves_on_insert" AFTER INSERT ON "Profile" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'PROFILE', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT NEW."id" AS "rowId") moved WHERE o."id" = NEW."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "Profile_moves_on_update" AFTER UPDATE ON "Profile" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'PROFILE', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT OLD."id" AS "rowId" UNION SELECT NEW."id") moved WHERE o."id" = NEW."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "Profile_moves_on_delete" AFTER DELETE ON "Profile" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'PROFILE', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT OLD."id" AS "rowId") moved WHERE o."id" = OLD."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "ProfileModule_moves_on_insert" AFTER INSERT ON "ProfileModule" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'PROFILE', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT NEW."profileId" AS "rowId") moved WHERE o."id" = NEW."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "ProfileModule_moves_on_update" AFTER UPDATE ON "ProfileModule" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'PROFILE', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT OLD."profileId" AS "rowId" UNION SELECT NEW."profileId") moved WHERE o."id" = NEW."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "ProfileModule_moves_on_delete" AFTER DELETE ON "ProfileModule" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'PROFILE', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT OLD."profileId" AS "rowId") moved WHERE o."id" = OLD."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "User_moves_on_insert" AFTER INSERT ON "User" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'USER', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT NEW."id" AS "rowId") moved WHERE o."id" = NEW."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "User_moves_on_update" AFTER UPDATE ON "User" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'USER', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT OLD."id" AS "rowId" UNION SELECT NEW."id") moved WHERE o."id" = NEW."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "User_moves_on_delete" AFTER DELETE ON "User" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'USER', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT OLD."id" AS "rowId") moved WHERE o."id" = OLD."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
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
CREATE TRIGGER "TeamMembership_moves_on_insert" AFTER INSERT ON "TeamMembership" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'USER', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT NEW."userId" AS "rowId") moved WHERE o."id" = NEW."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "TeamMembership_moves_on_update" AFTER UPDATE ON "TeamMembership" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'USER', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT OLD."userId" AS "rowId" UNION SELECT NEW."userId") moved WHERE o."id" = NEW."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "TeamMembership_moves_on_delete" AFTER DELETE ON "TeamMembership" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'USER', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT OLD."userId" AS "rowId") moved WHERE o."id" = OLD."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "Group_moves_on_insert" AFTER INSERT ON "Group" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'GROUP', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT NEW."id" AS "rowId") moved WHERE o."id" = NEW."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "Group_moves_on_update" AFTER UPDATE ON "Group" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'GROUP', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT OLD."id" AS "rowId" UNION SELECT NEW."id") moved WHERE o."id" = NEW."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "Group_moves_on_delete" AFTER DELETE ON "Group" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'GROUP', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT OLD."id" AS "rowId") moved WHERE o."id" = OLD."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "GroupMember_moves_on_insert" AFTER INSERT ON "GroupMember" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'GROUP', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT NEW."groupId" AS "rowId") moved WHERE o."id" = NEW."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "GroupMember_moves_on_update" AFTER UPDATE ON "GroupMember" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'GROUP', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT OLD."groupId" AS "rowId" UNION SELECT NEW."groupId") moved WHERE o."id" = NEW."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "GroupMember_moves_on_delete" AFTER DELETE ON "GroupMember" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'GROUP', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT OLD."groupId" AS "rowId") moved WHERE o."id" = OLD."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "Module_moves_on_insert" AFTER INSERT ON "Module" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'MODULE', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT NEW."id" AS "rowId") moved WHERE o."id" = NEW."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "Module_moves_on_update" AFTER UPDATE ON "Module" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'MODULE', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT OLD."id" AS "rowId" UNION SELECT NEW."id") moved WHERE o."id" = NEW."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "Module_moves_on_delete" AFTER DELETE ON "Module" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'MODULE', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT OLD."id" AS "rowId") moved WHERE o."id" = OLD."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "Field_moves_on_insert" AFTER INSERT ON "Field" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'MODULE', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT NEW."moduleId" AS "rowId") moved WHERE o."id" = NEW."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "Field_moves_on_update" AFTER UPDATE ON "Field" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'MODULE', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT OLD."moduleId" AS "rowId" UNION SELECT NEW."moduleId") moved WHERE o."id" = NEW."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "Field_moves_on_delete" AFTER DELETE ON "Field" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'MODULE', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT OLD."moduleId" AS "rowId") moved WHERE o."id" = OLD."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "SharingRule_moves_on_insert" AFTER INSERT ON "SharingRule" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'RULE', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT NEW."id" AS "rowId") moved WHERE o."id" = NEW."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "SharingRule_moves_on_update" AFTER UPDATE OF "orgId", "id", "key", "name", "moduleId", "sourceKind", "sourceRoleId", "sourceGroupId", "criteria", "targetKind", "targetUserId", "targetRoleId", "targetGroupId", "level", "includeSuperiors", "status", "expiresAt", "generation", "isBroken" ON "SharingRule" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'RULE', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT OLD."id" AS "rowId" UNION SELECT NEW."id") moved WHERE o."id" = NEW."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "SharingRule_moves_on_delete" AFTER DELETE ON "SharingRule" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'RULE', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT OLD."id" AS "rowId") moved WHERE o."id" = OLD."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "SupportGrant_moves_on_insert" AFTER INSERT ON "SupportGrant" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'SUPPORT_GRANT', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT NEW."id" AS "rowId") moved WHERE o."id" = NEW."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "SupportGrant_moves_on_update" AFTER UPDATE ON "SupportGrant" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'SUPPORT_GRANT', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT OLD."id" AS "rowId" UNION SELECT NEW."id") moved WHERE o."id" = NEW."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
CREATE TRIGGER "SupportGrant_moves_on_delete" AFTER DELETE ON "SupportGrant" BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT o."id", 'SUPPORT_GRANT', moved."rowId", o."version" + 1 FROM "Organization" o, (SELECT OLD."id" AS "rowId") moved WHERE o."id" = OLD."orgId"
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
END;
