-- CreateIndex
CREATE INDEX "RecordShare_orgId_party_idx" ON "RecordShare"("orgId", "party");
