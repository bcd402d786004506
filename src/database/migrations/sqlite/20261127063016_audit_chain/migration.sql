-- AlterTable
ALTER TABLE "AuditEvent" ADD COLUMN "hash" TEXT;
ALTER TABLE "AuditEvent" ADD COLUMN "previous" TEXT;
ALTER TABLE "AuditEvent" ADD COLUMN "signedWith" TEXT;

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
