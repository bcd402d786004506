-- CreateEnum
CREATE TYPE "PolicyPart" AS ENUM ('ROLE', 'PROFILE', 'USER', 'GROUP', 'MODULE', 'RULE', 'SUPPORT_GRANT');

-- CreateTable
CREATE TABLE "PolicyMove" (
    "orgId" UUID NOT NULL,
    "part" "PolicyPart" NOT NULL,
    "rowId" UUID NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "PolicyMove_pkey" PRIMARY KEY ("orgId","part","rowId")
);

-- CreateIndex
CREATE INDEX "PolicyMove_orgId_version_idx" ON "PolicyMove"("orgId", "version");

-- AddForeignKey
ALTER TABLE "PolicyMove" ADD CONSTRAINT "PolicyMove_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- Notes what of the policy moves. Whoever changes policy holds the organisation's version alone and raises it by one in
-- the same transaction, so that the version to come is known. How far a rule was applied is not policy.
CREATE FUNCTION "notePolicyMove"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    INSERT INTO "PolicyMove" ("orgId", "part", "rowId", "version")
    SELECT DISTINCT o."id", TG_ARGV[0]::"PolicyPart", (moved.facts ->> TG_ARGV[1])::uuid, o."version" + 1
    FROM (VALUES (to_jsonb(OLD)), (to_jsonb(NEW))) moved(facts)
    JOIN "Organization" o ON o."id" = (moved.facts ->> 'orgId')::uuid
    ON CONFLICT ("orgId", "part", "rowId") DO UPDATE SET "version" = excluded."version";
    RETURN NULL;
END $$;
CREATE TRIGGER "Role_moves" AFTER INSERT OR UPDATE OR DELETE ON "Role" FOR EACH ROW EXECUTE FUNCTION "notePolicyMove"('ROLE', 'id');
CREATE TRIGGER "Profile_moves" AFTER INSERT OR UPDATE OR DELETE ON "Profile" FOR EACH ROW EXECUTE FUNCTION "notePolicyMove"('PROFILE', 'id');
CREATE TRIGGER "ProfileModule_moves" AFTER INSERT OR UPDATE OR DELETE ON "ProfileModule" FOR EACH ROW EXECUTE FUNCTION "notePolicyMove"('PROFILE', 'profileId');
CREATE TRIGGER "User_moves" AFTER INSERT OR UPDATE OR DELETE ON "User" FOR EACH ROW EXECUTE FUNCTION "notePolicyMove"('USER', 'id');
CREATE TRIGGER "ApplicationAssignment_moves" AFTER INSERT OR UPDATE OR DELETE ON "ApplicationAssignment" FOR EACH ROW EXECUTE FUNCTION "notePolicyMove"('USER', 'userId');
CREATE TRIGGER "TeamMembership_moves" AFTER INSERT OR UPDATE OR DELETE ON "TeamMembership" FOR EACH ROW EXECUTE FUNCTION "notePolicyMove"('USER', 'userId');
CREATE TRIGGER "Group_moves" AFTER INSERT OR UPDATE OR DELETE ON "Group" FOR EACH ROW EXECUTE FUNCTION "notePolicyMove"('GROUP', 'id');
CREATE TRIGGER "GroupMember_moves" AFTER INSERT OR UPDATE OR DELETE ON "GroupMember" FOR EACH ROW EXECUTE FUNCTION "notePolicyMove"('GROUP', 'groupId');
CREATE TRIGGER "Module_moves" AFTER INSERT OR UPDATE OR DELETE ON "Module" FOR EACH ROW EXECUTE FUNCTION "notePolicyMove"('MODULE', 'id');
CREATE TRIGGER "Field_moves" AFTER INSERT OR UPDATE OR DELETE ON "Field" FOR EACH ROW EXECUTE FUNCTION "notePolicyMove"('MODULE', 'moduleId');
CREATE TRIGGER "SharingRule_moves" AFTER INSERT OR DELETE OR UPDATE OF "orgId", "id", "key", "name", "moduleId", "sourceKind", "sourceRoleId", "sourceGroupId", "criteria", "targetKind", "targetUserId", "targetRoleId", "targetGroupId", "level", "includeSuperiors", "status", "expiresAt", "generation", "isBroken" ON "SharingRule" FOR EACH ROW EXECUTE FUNCTION "notePolicyMove"('RULE', 'id');
CREATE TRIGGER "SupportGrant_moves" AFTER INSERT OR UPDATE OR DELETE ON "SupportGrant" FOR EACH ROW EXECUTE FUNCTION "notePolicyMove"('SUPPORT_GRANT', 'id');
