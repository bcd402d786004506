-- AlterTable
ALTER TABLE "AuditHead" ADD COLUMN "hash" TEXT;

-- CreateTable
CREATE TABLE "AuditCheckpoint" (
    "orgId" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "madeBy" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "signedWith" TEXT NOT NULL,

    PRIMARY KEY ("orgId", "sequence", "kind"),
    CONSTRAINT "AuditCheckpoint_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

-- RedefineTables
-- Events that are there already get an id at random: only the hash of a signed one gives one.
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_AuditEvent" (
    "orgId" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "id" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "actorId" TEXT,
    "account" TEXT,
    "isSupport" BOOLEAN NOT NULL DEFAULT false,
    "action" TEXT NOT NULL,
    "targetType" TEXT,
    "targetId" TEXT,
    "before" JSONB,
    "after" JSONB,
    "requestId" TEXT,
    "previous" TEXT,
    "hash" TEXT,
    "signedWith" TEXT,

    PRIMARY KEY ("orgId", "sequence"),
    CONSTRAINT "AuditEvent_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);
INSERT INTO "new_AuditEvent" ("id", "action", "actorId", "after", "at", "before", "isSupport", "orgId", "requestId", "sequence", "targetId", "targetType") SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(6))), "action", "actorId", "after", "at", "before", "isSupport", "orgId", "requestId", "sequence", "targetId", "targetType" FROM "AuditEvent";
DROP TABLE "AuditEvent";
ALTER TABLE "new_AuditEvent" RENAME TO "AuditEvent";
CREATE INDEX "AuditEvent_orgId_at_sequence_idx" ON "AuditEvent"("orgId", "at", "sequence");
CREATE INDEX "AuditEvent_orgId_actorId_at_sequence_idx" ON "AuditEvent"("orgId", "actorId", "at", "sequence");
CREATE INDEX "AuditEvent_orgId_action_at_sequence_idx" ON "AuditEvent"("orgId", "action", "at", "sequence");
CREATE INDEX "AuditEvent_orgId_targetId_at_sequence_idx" ON "AuditEvent"("orgId", "targetId", "at", "sequence");
CREATE UNIQUE INDEX "AuditEvent_orgId_id_key" ON "AuditEvent"("orgId", "id");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- The log is appended to and nothing else, as far as the database can see to it; the signatures show what it cannot. Events
-- go with their organisation, and behind a checkpoint that stands for them.
CREATE TRIGGER "AuditEvent_is_signed" BEFORE INSERT ON "AuditEvent"
WHEN NEW."hash" IS NULL OR NEW."previous" IS NULL OR NEW."signedWith" IS NULL BEGIN
    SELECT RAISE(ABORT, 'The audit log takes signed events only.');
END;
CREATE TRIGGER "AuditEvent_is_not_replaced" BEFORE INSERT ON "AuditEvent"
WHEN EXISTS (SELECT 1 FROM "AuditEvent" e WHERE e."orgId" = NEW."orgId" AND e."sequence" = NEW."sequence") BEGIN
    SELECT RAISE(ABORT, 'The audit log is appended to and never changed.');
END;
CREATE TRIGGER "AuditEvent_is_not_changed" BEFORE UPDATE ON "AuditEvent" BEGIN
    SELECT RAISE(ABORT, 'The audit log is appended to and never changed.');
END;
CREATE TRIGGER "AuditEvent_is_not_removed" BEFORE DELETE ON "AuditEvent"
WHEN EXISTS (SELECT 1 FROM "Organization" o WHERE o."id" = OLD."orgId")
    AND NOT EXISTS (SELECT 1 FROM "AuditCheckpoint" c WHERE c."orgId" = OLD."orgId" AND c."kind" = 'PRUNED' AND c."sequence" >= OLD."sequence") BEGIN
    SELECT RAISE(ABORT, 'The audit log is appended to and never changed.');
END;
CREATE TRIGGER "AuditCheckpoint_is_not_changed" BEFORE UPDATE ON "AuditCheckpoint" BEGIN
    SELECT RAISE(ABORT, 'The audit log is appended to and never changed.');
END;
CREATE TRIGGER "AuditCheckpoint_is_not_removed" BEFORE DELETE ON "AuditCheckpoint"
WHEN EXISTS (SELECT 1 FROM "Organization" o WHERE o."id" = OLD."orgId") BEGIN
    SELECT RAISE(ABORT, 'The audit log is appended to and never changed.');
END;
CREATE TRIGGER "AuditHead_goes_on" BEFORE UPDATE ON "AuditHead"
WHEN NEW."orgId" <> OLD."orgId" OR NEW."sequence" < OLD."sequence" OR (NEW."hash" IS NULL AND OLD."hash" IS NOT NULL) BEGIN
    SELECT RAISE(ABORT, 'The audit log is appended to and never changed.');
END;
CREATE TRIGGER "AuditHead_is_not_removed" BEFORE DELETE ON "AuditHead"
WHEN EXISTS (SELECT 1 FROM "Organization" o WHERE o."id" = OLD."orgId") BEGIN
    SELECT RAISE(ABORT, 'The audit log is appended to and never changed.');
END;
