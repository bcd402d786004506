-- CreateTable
CREATE TABLE "Refusal" (
    "orgId" UUID NOT NULL,
    "userId" UUID NOT NULL,
    "mutation" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "isSupport" BOOLEAN NOT NULL DEFAULT false,
    "followed" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Refusal_pkey" PRIMARY KEY ("orgId","userId","mutation","code")
);

-- CreateTable
CREATE TABLE "SeenToken" (
    "orgId" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SeenToken_pkey" PRIMARY KEY ("orgId","hash")
);

-- CreateIndex
CREATE INDEX "Refusal_at_idx" ON "Refusal"("at");

-- CreateIndex
CREATE INDEX "SeenToken_orgId_seenAt_idx" ON "SeenToken"("orgId", "seenAt");

-- AddForeignKey
ALTER TABLE "Refusal" ADD CONSTRAINT "Refusal_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "SeenToken" ADD CONSTRAINT "SeenToken_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
