-- CreateEnum
CREATE TYPE "Edition" AS ENUM ('FREE', 'STANDARD', 'PROFESSIONAL', 'ENTERPRISE', 'ULTIMATE', 'SUITE_PLUS', 'ONE_FLEXIBLE', 'ONE_ALL_EMPLOYEE');

-- CreateEnum
CREATE TYPE "HierarchyKind" AS ENUM ('ROLE', 'REPORTING');

-- CreateEnum
CREATE TYPE "ProfileKind" AS ENUM ('ADMINISTRATOR', 'STANDARD', 'TEAM_USER', 'CUSTOM');

-- CreateEnum
CREATE TYPE "UserStatus" AS ENUM ('PENDING', 'ACTIVE', 'INACTIVE', 'DELETED');

-- CreateEnum
CREATE TYPE "License" AS ENUM ('REGULAR', 'TEAM', 'SUPPORT');

-- CreateEnum
CREATE TYPE "ModuleKind" AS ENUM ('ORGANIZATION', 'TEAM');

-- CreateEnum
CREATE TYPE "DefaultAccess" AS ENUM ('PRIVATE', 'PUBLIC_READ_ONLY', 'PUBLIC_READ_WRITE', 'PUBLIC_READ_WRITE_DELETE');

-- CreateEnum
CREATE TYPE "FieldType" AS ENUM ('TEXT', 'NUMBER', 'BOOLEAN', 'DATE', 'DATETIME', 'PICKLIST', 'MULTI_PICKLIST', 'EMAIL', 'LOOKUP', 'USER');

-- CreateEnum
CREATE TYPE "TeamRole" AS ENUM ('ADMIN', 'MANAGER', 'MEMBER', 'PARTICIPANT', 'REQUESTER');

-- CreateEnum
CREATE TYPE "PartyKind" AS ENUM ('USER', 'ROLE', 'ROLE_AND_SUBORDINATES', 'GROUP', 'EVERYONE');

-- CreateEnum
CREATE TYPE "RuleStatus" AS ENUM ('ACTIVE', 'APPLYING', 'INACTIVE');

-- CreateEnum
CREATE TYPE "RuleLevel" AS ENUM ('READ_ONLY', 'READ_WRITE', 'READ_WRITE_DELETE');

-- CreateEnum
CREATE TYPE "ShareLevel" AS ENUM ('READ_ONLY', 'READ_WRITE', 'FULL');

-- CreateTable
CREATE TABLE "Organization" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL,
    "edition" "Edition" NOT NULL,
    "regularSeats" INTEGER NOT NULL,
    "teamSeats" INTEGER NOT NULL,
    "hierarchy" "HierarchyKind" NOT NULL DEFAULT 'ROLE',
    "superAdminId" UUID,
    "version" INTEGER NOT NULL DEFAULT 1,
    "nextUserSeq" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Role" (
    "orgId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "parentId" UUID,
    "shareDataWithPeers" BOOLEAN NOT NULL DEFAULT false,
    "forecastManagerId" UUID,

    CONSTRAINT "Role_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "Profile" (
    "orgId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "ProfileKind" NOT NULL,
    "capabilities" JSONB,

    CONSTRAINT "Profile_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "ProfileModule" (
    "orgId" UUID NOT NULL,
    "profileId" UUID NOT NULL,
    "moduleId" UUID NOT NULL,
    "permissions" JSONB NOT NULL,

    CONSTRAINT "ProfileModule_pkey" PRIMARY KEY ("orgId","profileId","moduleId")
);

-- CreateTable
CREATE TABLE "User" (
    "orgId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "email" TEXT,
    "name" TEXT NOT NULL,
    "status" "UserStatus" NOT NULL,
    "license" "License" NOT NULL,
    "roleId" UUID,
    "profileId" UUID,
    "reportsToId" UUID,
    "isAdministrator" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "User_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "ApplicationAssignment" (
    "orgId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "application" TEXT NOT NULL,
    "isEnabled" BOOLEAN NOT NULL,

    CONSTRAINT "ApplicationAssignment_pkey" PRIMARY KEY ("orgId","userId","application")
);

-- CreateTable
CREATE TABLE "TeamMembership" (
    "orgId" UUID NOT NULL,
    "moduleId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "role" "TeamRole" NOT NULL,

    CONSTRAINT "TeamMembership_pkey" PRIMARY KEY ("orgId","moduleId","userId")
);

-- CreateTable
CREATE TABLE "Group" (
    "orgId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "Group_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "GroupMember" (
    "orgId" UUID NOT NULL,
    "groupId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" "PartyKind" NOT NULL,
    "userId" UUID,
    "roleId" UUID,
    "memberGroupId" UUID,

    CONSTRAINT "GroupMember_pkey" PRIMARY KEY ("orgId","groupId","position")
);

-- CreateTable
CREATE TABLE "Module" (
    "orgId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "kind" "ModuleKind" NOT NULL DEFAULT 'ORGANIZATION',
    "defaultAccess" "DefaultAccess" NOT NULL DEFAULT 'PRIVATE',
    "isOpenToTeam" BOOLEAN NOT NULL DEFAULT false,
    "position" INTEGER NOT NULL,

    CONSTRAINT "Module_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "Field" (
    "orgId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "moduleId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "label" TEXT,
    "type" "FieldType" NOT NULL,
    "isRequired" BOOLEAN NOT NULL DEFAULT false,
    "options" JSONB,
    "lookupModuleId" UUID,
    "position" INTEGER NOT NULL,

    CONSTRAINT "Field_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "Record" (
    "orgId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "moduleId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "ownerId" UUID NOT NULL,
    "ownerSeq" INTEGER NOT NULL,
    "ownerRoleId" UUID,
    "createdById" UUID,
    "values" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Record_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "SharingRule" (
    "orgId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "moduleId" UUID NOT NULL,
    "sourceKind" "PartyKind",
    "sourceRoleId" UUID,
    "sourceGroupId" UUID,
    "criteria" JSONB,
    "targetKind" "PartyKind" NOT NULL,
    "targetUserId" UUID,
    "targetRoleId" UUID,
    "targetGroupId" UUID,
    "level" "RuleLevel" NOT NULL,
    "includeSuperiors" BOOLEAN NOT NULL DEFAULT false,
    "status" "RuleStatus" NOT NULL,
    "expiresAt" TIMESTAMPTZ(3),
    "generation" INTEGER NOT NULL DEFAULT 1,
    "appliedRecords" INTEGER NOT NULL DEFAULT 0,
    "totalRecords" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "SharingRule_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "RecordShare" (
    "orgId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "recordId" UUID NOT NULL,
    "party" TEXT NOT NULL,
    "partyKind" "PartyKind" NOT NULL,
    "userId" UUID,
    "roleId" UUID,
    "groupId" UUID,
    "level" "ShareLevel" NOT NULL,
    "expiresAt" TIMESTAMPTZ(3),
    "includeRelated" BOOLEAN NOT NULL DEFAULT false,
    "sharedById" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RecordShare_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "RecordGrant" (
    "orgId" UUID NOT NULL,
    "moduleId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "recordId" UUID NOT NULL,
    "readUntil" BIGINT NOT NULL,
    "updateUntil" BIGINT NOT NULL,
    "deleteUntil" BIGINT NOT NULL,
    "shareUntil" BIGINT NOT NULL,

    CONSTRAINT "RecordGrant_pkey" PRIMARY KEY ("orgId","recordId","key")
);

-- CreateTable
CREATE TABLE "OwnerCount" (
    "orgId" UUID NOT NULL,
    "moduleId" UUID NOT NULL,
    "ownerSeq" INTEGER NOT NULL,
    "n" INTEGER NOT NULL,

    CONSTRAINT "OwnerCount_pkey" PRIMARY KEY ("orgId","moduleId","ownerSeq")
);

-- CreateTable
CREATE TABLE "SupportGrant" (
    "orgId" UUID NOT NULL,
    "id" UUID NOT NULL,
    "agentId" UUID NOT NULL,
    "grantedAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresOn" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),
    "reason" TEXT,
    "extraDenials" JSONB NOT NULL,

    CONSTRAINT "SupportGrant_pkey" PRIMARY KEY ("orgId","id")
);

-- CreateTable
CREATE TABLE "AuditEvent" (
    "orgId" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actorId" UUID,
    "isSupport" BOOLEAN NOT NULL DEFAULT false,
    "action" TEXT NOT NULL,
    "targetType" TEXT,
    "targetId" UUID,
    "before" JSONB,
    "after" JSONB,
    "requestId" UUID,

    CONSTRAINT "AuditEvent_pkey" PRIMARY KEY ("orgId","sequence")
);

-- CreateIndex
CREATE UNIQUE INDEX "Organization_key_key" ON "Organization"("key");

-- CreateIndex
CREATE INDEX "Role_orgId_parentId_idx" ON "Role"("orgId", "parentId");

-- CreateIndex
CREATE UNIQUE INDEX "Role_orgId_key_key" ON "Role"("orgId", "key");

-- CreateIndex
CREATE UNIQUE INDEX "Profile_orgId_key_key" ON "Profile"("orgId", "key");

-- CreateIndex
CREATE INDEX "User_orgId_roleId_idx" ON "User"("orgId", "roleId");

-- CreateIndex
CREATE UNIQUE INDEX "User_orgId_seq_key" ON "User"("orgId", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "User_orgId_email_key" ON "User"("orgId", "email");

-- CreateIndex
CREATE INDEX "TeamMembership_orgId_userId_idx" ON "TeamMembership"("orgId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "Group_orgId_key_key" ON "Group"("orgId", "key");

-- CreateIndex
CREATE UNIQUE INDEX "Module_orgId_key_key" ON "Module"("orgId", "key");

-- CreateIndex
CREATE UNIQUE INDEX "Field_orgId_moduleId_key_key" ON "Field"("orgId", "moduleId", "key");

-- CreateIndex
CREATE INDEX "Record_moduleId_id_idx" ON "Record"("moduleId", "id" DESC);

-- CreateIndex
CREATE INDEX "Record_moduleId_ownerRoleId_id_idx" ON "Record"("moduleId", "ownerRoleId", "id" DESC);

-- CreateIndex
CREATE INDEX "Record_moduleId_ownerId_id_idx" ON "Record"("moduleId", "ownerId", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "Record_orgId_moduleId_key_key" ON "Record"("orgId", "moduleId", "key");

-- CreateIndex
CREATE UNIQUE INDEX "SharingRule_orgId_key_key" ON "SharingRule"("orgId", "key");

-- CreateIndex
CREATE UNIQUE INDEX "SharingRule_orgId_moduleId_name_key" ON "SharingRule"("orgId", "moduleId", "name");

-- CreateIndex
CREATE INDEX "RecordShare_orgId_userId_idx" ON "RecordShare"("orgId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "RecordShare_orgId_recordId_party_key" ON "RecordShare"("orgId", "recordId", "party");

-- CreateIndex
CREATE INDEX "RecordGrant_key_moduleId_recordId_idx" ON "RecordGrant"("key", "moduleId", "recordId" DESC);

-- AddForeignKey
ALTER TABLE "Organization" ADD CONSTRAINT "Organization_id_superAdminId_fkey" FOREIGN KEY ("id", "superAdminId") REFERENCES "User"("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Role" ADD CONSTRAINT "Role_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Role" ADD CONSTRAINT "Role_orgId_parentId_fkey" FOREIGN KEY ("orgId", "parentId") REFERENCES "Role"("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Role" ADD CONSTRAINT "Role_orgId_forecastManagerId_fkey" FOREIGN KEY ("orgId", "forecastManagerId") REFERENCES "User"("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Profile" ADD CONSTRAINT "Profile_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ProfileModule" ADD CONSTRAINT "ProfileModule_orgId_profileId_fkey" FOREIGN KEY ("orgId", "profileId") REFERENCES "Profile"("orgId", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ProfileModule" ADD CONSTRAINT "ProfileModule_orgId_moduleId_fkey" FOREIGN KEY ("orgId", "moduleId") REFERENCES "Module"("orgId", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "User" ADD CONSTRAINT "User_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "User" ADD CONSTRAINT "User_orgId_roleId_fkey" FOREIGN KEY ("orgId", "roleId") REFERENCES "Role"("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "User" ADD CONSTRAINT "User_orgId_profileId_fkey" FOREIGN KEY ("orgId", "profileId") REFERENCES "Profile"("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "User" ADD CONSTRAINT "User_orgId_reportsToId_fkey" FOREIGN KEY ("orgId", "reportsToId") REFERENCES "User"("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "ApplicationAssignment" ADD CONSTRAINT "ApplicationAssignment_orgId_userId_fkey" FOREIGN KEY ("orgId", "userId") REFERENCES "User"("orgId", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "TeamMembership" ADD CONSTRAINT "TeamMembership_orgId_moduleId_fkey" FOREIGN KEY ("orgId", "moduleId") REFERENCES "Module"("orgId", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "TeamMembership" ADD CONSTRAINT "TeamMembership_orgId_userId_fkey" FOREIGN KEY ("orgId", "userId") REFERENCES "User"("orgId", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Group" ADD CONSTRAINT "Group_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "GroupMember" ADD CONSTRAINT "GroupMember_orgId_groupId_fkey" FOREIGN KEY ("orgId", "groupId") REFERENCES "Group"("orgId", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "GroupMember" ADD CONSTRAINT "GroupMember_orgId_userId_fkey" FOREIGN KEY ("orgId", "userId") REFERENCES "User"("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "GroupMember" ADD CONSTRAINT "GroupMember_orgId_roleId_fkey" FOREIGN KEY ("orgId", "roleId") REFERENCES "Role"("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "GroupMember" ADD CONSTRAINT "GroupMember_orgId_memberGroupId_fkey" FOREIGN KEY ("orgId", "memberGroupId") REFERENCES "Group"("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Module" ADD CONSTRAINT "Module_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Field" ADD CONSTRAINT "Field_orgId_moduleId_fkey" FOREIGN KEY ("orgId", "moduleId") REFERENCES "Module"("orgId", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Field" ADD CONSTRAINT "Field_orgId_lookupModuleId_fkey" FOREIGN KEY ("orgId", "lookupModuleId") REFERENCES "Module"("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Record" ADD CONSTRAINT "Record_orgId_moduleId_fkey" FOREIGN KEY ("orgId", "moduleId") REFERENCES "Module"("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Record" ADD CONSTRAINT "Record_orgId_ownerId_fkey" FOREIGN KEY ("orgId", "ownerId") REFERENCES "User"("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "Record" ADD CONSTRAINT "Record_orgId_createdById_fkey" FOREIGN KEY ("orgId", "createdById") REFERENCES "User"("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "SharingRule" ADD CONSTRAINT "SharingRule_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "SharingRule" ADD CONSTRAINT "SharingRule_orgId_moduleId_fkey" FOREIGN KEY ("orgId", "moduleId") REFERENCES "Module"("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "SharingRule" ADD CONSTRAINT "SharingRule_orgId_sourceRoleId_fkey" FOREIGN KEY ("orgId", "sourceRoleId") REFERENCES "Role"("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "SharingRule" ADD CONSTRAINT "SharingRule_orgId_sourceGroupId_fkey" FOREIGN KEY ("orgId", "sourceGroupId") REFERENCES "Group"("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "SharingRule" ADD CONSTRAINT "SharingRule_orgId_targetUserId_fkey" FOREIGN KEY ("orgId", "targetUserId") REFERENCES "User"("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "SharingRule" ADD CONSTRAINT "SharingRule_orgId_targetRoleId_fkey" FOREIGN KEY ("orgId", "targetRoleId") REFERENCES "Role"("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "SharingRule" ADD CONSTRAINT "SharingRule_orgId_targetGroupId_fkey" FOREIGN KEY ("orgId", "targetGroupId") REFERENCES "Group"("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "RecordShare" ADD CONSTRAINT "RecordShare_orgId_recordId_fkey" FOREIGN KEY ("orgId", "recordId") REFERENCES "Record"("orgId", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "RecordShare" ADD CONSTRAINT "RecordShare_orgId_userId_fkey" FOREIGN KEY ("orgId", "userId") REFERENCES "User"("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "RecordShare" ADD CONSTRAINT "RecordShare_orgId_roleId_fkey" FOREIGN KEY ("orgId", "roleId") REFERENCES "Role"("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "RecordShare" ADD CONSTRAINT "RecordShare_orgId_groupId_fkey" FOREIGN KEY ("orgId", "groupId") REFERENCES "Group"("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "RecordShare" ADD CONSTRAINT "RecordShare_orgId_sharedById_fkey" FOREIGN KEY ("orgId", "sharedById") REFERENCES "User"("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "RecordGrant" ADD CONSTRAINT "RecordGrant_orgId_recordId_fkey" FOREIGN KEY ("orgId", "recordId") REFERENCES "Record"("orgId", "id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "SupportGrant" ADD CONSTRAINT "SupportGrant_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "SupportGrant" ADD CONSTRAINT "SupportGrant_orgId_agentId_fkey" FOREIGN KEY ("orgId", "agentId") REFERENCES "User"("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "AuditEvent" ADD CONSTRAINT "AuditEvent_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
