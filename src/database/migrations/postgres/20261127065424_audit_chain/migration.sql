-- CreateEnum
CREATE TYPE "AuditCheckpointKind" AS ENUM ('BEGINNING', 'PRUNED');

-- AlterTable
ALTER TABLE "AuditEvent" ADD COLUMN     "account" TEXT,
ADD COLUMN     "hash" TEXT,
ADD COLUMN     "id" UUID NOT NULL DEFAULT gen_random_uuid(),
ADD COLUMN     "previous" TEXT,
ADD COLUMN     "signedWith" TEXT;
-- Events that are there already get an id at random: only the hash of a signed one gives one.
ALTER TABLE "AuditEvent" ALTER COLUMN "id" DROP DEFAULT;

-- AlterTable
ALTER TABLE "AuditHead" ADD COLUMN     "hash" TEXT;

-- CreateTable
CREATE TABLE "AuditCheckpoint" (
    "orgId" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "kind" "AuditCheckpointKind" NOT NULL,
    "hash" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "madeBy" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "signedWith" TEXT NOT NULL,

    CONSTRAINT "AuditCheckpoint_pkey" PRIMARY KEY ("orgId","sequence","kind")
);

-- CreateIndex
CREATE INDEX "AuditEvent_orgId_at_sequence_idx" ON "AuditEvent"("orgId", "at", "sequence");

-- CreateIndex
CREATE INDEX "AuditEvent_orgId_actorId_at_sequence_idx" ON "AuditEvent"("orgId", "actorId", "at", "sequence");

-- CreateIndex
CREATE INDEX "AuditEvent_orgId_action_at_sequence_idx" ON "AuditEvent"("orgId", "action", "at", "sequence");

-- CreateIndex
CREATE INDEX "AuditEvent_orgId_targetId_at_sequence_idx" ON "AuditEvent"("orgId", "targetId", "at", "sequence");

-- CreateIndex
CREATE UNIQUE INDEX "AuditEvent_orgId_id_key" ON "AuditEvent"("orgId", "id");

-- AddForeignKey
ALTER TABLE "AuditCheckpoint" ADD CONSTRAINT "AuditCheckpoint_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- The log is appended to and nothing else, as far as the database can see to it; the signatures show what it cannot. Events
-- go with their organisation, and behind a checkpoint that stands for them.
CREATE FUNCTION "refuseAuditChange"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    RAISE EXCEPTION 'The audit log is appended to and never changed.';
END $$;
CREATE FUNCTION "refuseAuditRemoval"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM "Organization" o WHERE o."id" = OLD."orgId") THEN
        RAISE EXCEPTION 'The audit log is appended to and never changed.';
    END IF;
    RETURN OLD;
END $$;
CREATE FUNCTION "refuseEventRemoval"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM "Organization" o WHERE o."id" = OLD."orgId")
        AND NOT EXISTS (SELECT 1 FROM "AuditCheckpoint" c WHERE c."orgId" = OLD."orgId" AND c."kind" = 'PRUNED' AND c."sequence" >= OLD."sequence") THEN
        RAISE EXCEPTION 'The audit log is appended to and never changed.';
    END IF;
    RETURN OLD;
END $$;
CREATE FUNCTION "refuseUnsignedEvent"() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    RAISE EXCEPTION 'The audit log takes signed events only.';
END $$;
CREATE TRIGGER "AuditEvent_is_signed" BEFORE INSERT ON "AuditEvent" FOR EACH ROW
    WHEN (NEW."hash" IS NULL OR NEW."previous" IS NULL OR NEW."signedWith" IS NULL) EXECUTE FUNCTION "refuseUnsignedEvent"();
CREATE TRIGGER "AuditEvent_is_not_changed" BEFORE UPDATE ON "AuditEvent" FOR EACH ROW EXECUTE FUNCTION "refuseAuditChange"();
CREATE TRIGGER "AuditEvent_is_not_removed" BEFORE DELETE ON "AuditEvent" FOR EACH ROW EXECUTE FUNCTION "refuseEventRemoval"();
CREATE TRIGGER "AuditEvent_is_not_emptied" BEFORE TRUNCATE ON "AuditEvent" EXECUTE FUNCTION "refuseAuditChange"();
CREATE TRIGGER "AuditCheckpoint_is_not_changed" BEFORE UPDATE ON "AuditCheckpoint" FOR EACH ROW EXECUTE FUNCTION "refuseAuditChange"();
CREATE TRIGGER "AuditCheckpoint_is_not_removed" BEFORE DELETE ON "AuditCheckpoint" FOR EACH ROW EXECUTE FUNCTION "refuseAuditRemoval"();
CREATE TRIGGER "AuditCheckpoint_is_not_emptied" BEFORE TRUNCATE ON "AuditCheckpoint" EXECUTE FUNCTION "refuseAuditChange"();
CREATE TRIGGER "AuditHead_goes_on" BEFORE UPDATE ON "AuditHead" FOR EACH ROW
    WHEN (NEW."orgId" <> OLD."orgId" OR NEW."sequence" < OLD."sequence" OR (NEW."hash" IS NULL AND OLD."hash" IS NOT NULL)) EXECUTE FUNCTION "refuseAuditChange"();
CREATE TRIGGER "AuditHead_is_not_removed" BEFORE DELETE ON "AuditHead" FOR EACH ROW EXECUTE FUNCTION "refuseAuditRemoval"();
CREATE TRIGGER "AuditHead_is_not_emptied" BEFORE TRUNCATE ON "AuditHead" EXECUTE FUNCTION "refuseAuditChange"();
