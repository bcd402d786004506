-- AlterTable
ALTER TABLE "Organization" ADD COLUMN "longestSupportDays" INTEGER;

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_SupportGrant" (
    "orgId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "agentId" TEXT NOT NULL,
    "grantedAt" DATETIME NOT NULL,
    "expiresOn" TEXT NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "revokedAt" DATETIME,
    "reason" TEXT,
    "extraDenials" JSONB NOT NULL,
    "grantedById" TEXT,
    "revokedById" TEXT,

    PRIMARY KEY ("orgId", "id"),
    CONSTRAINT "SupportGrant_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization" ("id") ON DELETE CASCADE ON UPDATE NO ACTION,
    CONSTRAINT "SupportGrant_orgId_agentId_fkey" FOREIGN KEY ("orgId", "agentId") REFERENCES "User" ("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "SupportGrant_orgId_grantedById_fkey" FOREIGN KEY ("orgId", "grantedById") REFERENCES "User" ("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION,
    CONSTRAINT "SupportGrant_orgId_revokedById_fkey" FOREIGN KEY ("orgId", "revokedById") REFERENCES "User" ("orgId", "id") ON DELETE NO ACTION ON UPDATE NO ACTION
);
INSERT INTO "new_SupportGrant" ("agentId", "expiresAt", "expiresOn", "extraDenials", "grantedAt", "id", "orgId", "reason", "revokedAt") SELECT "agentId", "expiresAt", "expiresOn", "extraDenials", "grantedAt", "id", "orgId", "reason", "revokedAt" FROM "SupportGrant";
DROP TABLE "SupportGrant";
ALTER TABLE "new_SupportGrant" RENAME TO "SupportGrant";
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- The triggers went with the table that was made anew.
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
