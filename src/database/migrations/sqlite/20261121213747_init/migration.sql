-- CreateTable
CREATE TABLE "Organization" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL,
    "edition" TEXT NOT NULL,
    "regularSeats" INTEGER NOT NULL,
    "teamSeats" INTEGER NOT NULL,
    "hierarchy" TEXT NOT NULL DEFAULT 'ROLE',
    "superAdminId" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "nextUserSeq" INTEGER NOT NULL DEFAULT 0,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "Organization_id_superAdminId_fkey" FOREIGN KEY ("id", "superAdminId") REFERENCES "User" ("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION
);

-- CreateTable
CREATE TABLE "Role" (
    "orgId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "parentId" TEXT,
    "shareDataWithPeers" BOOLEAN NOT NULL DEFAULT false,
    "forecastManagerId" TEXT,

    PRIMARY KEY ("orgId", "id"),
    CONSTRAINT "Role_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
    CONSTRAINT "Role_orgId_parentId_fkey" FOREIGN KEY ("orgId", "parentId") REFERENCES "Role" ("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "Role_orgId_forecastManagerId_fkey" FOREIGN KEY ("orgId", "forecastManagerId") REFERENCES "User" ("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION
);

-- CreateTable
CREATE TABLE "Profile" (
    "orgId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "capabilities" JSONB,

    PRIMARY KEY ("orgId", "id"),
    CONSTRAINT "Profile_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

-- CreateTable
CREATE TABLE "ProfileModule" (
    "orgId" TEXT NOT NULL,
    "profileId" TEXT NOT NULL,
    "moduleId" TEXT NOT NULL,
    "permissions" JSONB NOT NULL,

    PRIMARY KEY ("orgId", "profileId", "moduleId"),
    CONSTRAINT "ProfileModule_orgId_profileId_fkey" FOREIGN KEY ("orgId", "profileId") REFERENCES "Profile" ("orgId", "id") ON DELETE CASCADE ON UPDATE NO ACTION,
    CONSTRAINT "ProfileModule_orgId_moduleId_fkey" FOREIGN KEY ("orgId", "moduleId") REFERENCES "Module" ("orgId", "id") ON DELETE CASCADE ON UPDATE NO ACTION
);

-- CreateTable
CREATE TABLE "User" (
    "orgId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "email" TEXT,
    "name" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "license" TEXT NOT NULL,
    "roleId" TEXT,
    "profileId" TEXT,
    "reportsToId" TEXT,
    "isAdministrator" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" DATETIME NOT NULL,

    PRIMARY KEY ("orgId", "id"),
    CONSTRAINT "User_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
    CONSTRAINT "User_orgId_roleId_fkey" FOREIGN KEY ("orgId", "roleId") REFERENCES "Role" ("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "User_orgId_profileId_fkey" FOREIGN KEY ("orgId", "profileId") REFERENCES "Profile" ("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "User_orgId_reportsToId_fkey" FOREIGN KEY ("orgId", "reportsToId") REFERENCES "User" ("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION
);

-- CreateTable
CREATE TABLE "ApplicationAssignment" (
    "orgId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "application" TEXT NOT NULL,
    "isEnabled" BOOLEAN NOT NULL,

    PRIMARY KEY ("orgId", "userId", "application"),
    CONSTRAINT "ApplicationAssignment_orgId_userId_fkey" FOREIGN KEY ("orgId", "userId") REFERENCES "User" ("orgId", "id") ON DELETE CASCADE ON UPDATE NO ACTION
);

-- CreateTable
CREATE TABLE "TeamMembership" (
    "orgId" TEXT NOT NULL,
    "moduleId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "role" TEXT NOT NULL,

    PRIMARY KEY ("orgId", "moduleId", "userId"),
    CONSTRAINT "TeamMembership_orgId_moduleId_fkey" FOREIGN KEY ("orgId", "moduleId") REFERENCES "Module" ("orgId", "id") ON DELETE CASCADE ON UPDATE NO ACTION,
    CONSTRAINT "TeamMembership_orgId_userId_fkey" FOREIGN KEY ("orgId", "userId") REFERENCES "User" ("orgId", "id") ON DELETE CASCADE ON UPDATE NO ACTION
);

-- CreateTable
CREATE TABLE "Group" (
    "orgId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    PRIMARY KEY ("orgId", "id"),
    CONSTRAINT "Group_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

-- CreateTable
CREATE TABLE "GroupMember" (
    "orgId" TEXT NOT NULL,
    "groupId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "userId" TEXT,
    "roleId" TEXT,
    "memberGroupId" TEXT,

    PRIMARY KEY ("orgId", "groupId", "position"),
    CONSTRAINT "GroupMember_orgId_groupId_fkey" FOREIGN KEY ("orgId", "groupId") REFERENCES "Group" ("orgId", "id") ON DELETE CASCADE ON UPDATE NO ACTION,
    CONSTRAINT "GroupMember_orgId_userId_fkey" FOREIGN KEY ("orgId", "userId") REFERENCES "User" ("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "GroupMember_orgId_roleId_fkey" FOREIGN KEY ("orgId", "roleId") REFERENCES "Role" ("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "GroupMember_orgId_memberGroupId_fkey" FOREIGN KEY ("orgId", "memberGroupId") REFERENCES "Group" ("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION
);

-- CreateTable
CREATE TABLE "Module" (
    "orgId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT 'ORGANIZATION',
    "defaultAccess" TEXT NOT NULL DEFAULT 'PRIVATE',
    "isOpenToTeam" BOOLEAN NOT NULL DEFAULT false,
    "position" INTEGER NOT NULL,

    PRIMARY KEY ("orgId", "id"),
    CONSTRAINT "Module_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

-- CreateTable
CREATE TABLE "Field" (
    "orgId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "moduleId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "label" TEXT,
    "type" TEXT NOT NULL,
    "isRequired" BOOLEAN NOT NULL DEFAULT false,
    "options" JSONB,
    "lookupModuleId" TEXT,
    "position" INTEGER NOT NULL,

    PRIMARY KEY ("orgId", "id"),
    CONSTRAINT "Field_orgId_moduleId_fkey" FOREIGN KEY ("orgId", "moduleId") REFERENCES "Module" ("orgId", "id") ON DELETE CASCADE ON UPDATE NO ACTION,
    CONSTRAINT "Field_orgId_lookupModuleId_fkey" FOREIGN KEY ("orgId", "lookupModuleId") REFERENCES "Module" ("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION
);

-- CreateTable
CREATE TABLE "Record" (
    "orgId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "moduleId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "ownerSeq" INTEGER NOT NULL,
    "ownerRoleId" TEXT,
    "createdById" TEXT,
    "values" JSONB NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "updatedAt" DATETIME NOT NULL,

    PRIMARY KEY ("orgId", "id"),
    CONSTRAINT "Record_orgId_moduleId_fkey" FOREIGN KEY ("orgId", "moduleId") REFERENCES "Module" ("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "Record_orgId_ownerId_fkey" FOREIGN KEY ("orgId", "ownerId") REFERENCES "User" ("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "Record_orgId_createdById_fkey" FOREIGN KEY ("orgId", "createdById") REFERENCES "User" ("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION
);

-- CreateTable
CREATE TABLE "SharingRule" (
    "orgId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "moduleId" TEXT NOT NULL,
    "sourceKind" TEXT,
    "sourceRoleId" TEXT,
    "sourceGroupId" TEXT,
    "criteria" JSONB,
    "targetKind" TEXT NOT NULL,
    "targetUserId" TEXT,
    "targetRoleId" TEXT,
    "targetGroupId" TEXT,
    "level" TEXT NOT NULL,
    "includeSuperiors" BOOLEAN NOT NULL DEFAULT false,
    "status" TEXT NOT NULL,
    "expiresAt" DATETIME,
    "generation" INTEGER NOT NULL DEFAULT 1,
    "appliedRecords" INTEGER NOT NULL DEFAULT 0,
    "totalRecords" INTEGER NOT NULL DEFAULT 0,

    PRIMARY KEY ("orgId", "id"),
    CONSTRAINT "SharingRule_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
    CONSTRAINT "SharingRule_orgId_moduleId_fkey" FOREIGN KEY ("orgId", "moduleId") REFERENCES "Module" ("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "SharingRule_orgId_sourceRoleId_fkey" FOREIGN KEY ("orgId", "sourceRoleId") REFERENCES "Role" ("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "SharingRule_orgId_sourceGroupId_fkey" FOREIGN KEY ("orgId", "sourceGroupId") REFERENCES "Group" ("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "SharingRule_orgId_targetUserId_fkey" FOREIGN KEY ("orgId", "targetUserId") REFERENCES "User" ("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "SharingRule_orgId_targetRoleId_fkey" FOREIGN KEY ("orgId", "targetRoleId") REFERENCES "Role" ("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "SharingRule_orgId_targetGroupId_fkey" FOREIGN KEY ("orgId", "targetGroupId") REFERENCES "Group" ("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION
);

-- CreateTable
CREATE TABLE "RecordShare" (
    "orgId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "recordId" TEXT NOT NULL,
    "party" TEXT NOT NULL,
    "partyKind" TEXT NOT NULL,
    "userId" TEXT,
    "roleId" TEXT,
    "groupId" TEXT,
    "level" TEXT NOT NULL,
    "expiresAt" DATETIME,
    "includeRelated" BOOLEAN NOT NULL DEFAULT false,
    "sharedById" TEXT,
    "createdAt" DATETIME NOT NULL,

    PRIMARY KEY ("orgId", "id"),
    CONSTRAINT "RecordShare_orgId_recordId_fkey" FOREIGN KEY ("orgId", "recordId") REFERENCES "Record" ("orgId", "id") ON DELETE CASCADE ON UPDATE NO ACTION,
    CONSTRAINT "RecordShare_orgId_userId_fkey" FOREIGN KEY ("orgId", "userId") REFERENCES "User" ("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "RecordShare_orgId_roleId_fkey" FOREIGN KEY ("orgId", "roleId") REFERENCES "Role" ("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "RecordShare_orgId_groupId_fkey" FOREIGN KEY ("orgId", "groupId") REFERENCES "Group" ("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "RecordShare_orgId_sharedById_fkey" FOREIGN KEY ("orgId", "sharedById") REFERENCES "User" ("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION
);

-- CreateTable
CREATE TABLE "RecordGrant" (
    "orgId" TEXT NOT NULL,
    "moduleId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "recordId" TEXT NOT NULL,
    "readUntil" BIGINT NOT NULL,
    "updateUntil" BIGINT NOT NULL,
    "deleteUntil" BIGINT NOT NULL,
    "shareUntil" BIGINT NOT NULL,

    PRIMARY KEY ("orgId", "recordId", "key"),
    CONSTRAINT "RecordGrant_orgId_recordId_fkey" FOREIGN KEY ("orgId", "recordId") REFERENCES "Record" ("orgId", "id") ON DELETE CASCADE ON UPDATE NO ACTION
);

-- CreateTable
CREATE TABLE "OwnerCount" (
    "orgId" TEXT NOT NULL,
    "moduleId" TEXT NOT NULL,
    "ownerSeq" INTEGER NOT NULL,
    "n" INTEGER NOT NULL,

    PRIMARY KEY ("orgId", "moduleId", "ownerSeq")
);

-- CreateTable
CREATE TABLE "SupportGrant" (
    "orgId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "agentId" TEXT NOT NULL,
    "grantedAt" DATETIME NOT NULL,
    "expiresOn" TEXT NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "revokedAt" DATETIME,
    "reason" TEXT,
    "extraDenials" JSONB NOT NULL,

    PRIMARY KEY ("orgId", "id"),
    CONSTRAINT "SupportGrant_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
    CONSTRAINT "SupportGrant_orgId_agentId_fkey" FOREIGN KEY ("orgId", "agentId") REFERENCES "User" ("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION
);

-- CreateTable
CREATE TABLE "AuditEvent" (
    "orgId" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "at" DATETIME NOT NULL,
    "actorId" TEXT,
    "isSupport" BOOLEAN NOT NULL DEFAULT false,
    "action" TEXT NOT NULL,
    "targetType" TEXT,
    "targetId" TEXT,
    "before" JSONB,
    "after" JSONB,
    "requestId" TEXT,

    PRIMARY KEY ("orgId", "sequence"),
    CONSTRAINT "AuditEvent_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
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
