-- CreateTable
CREATE TABLE "Refusal" (
    "orgId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "mutation" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "isSupport" BOOLEAN NOT NULL DEFAULT false,
    "followed" INTEGER NOT NULL DEFAULT 0,

    PRIMARY KEY ("orgId", "userId", "mutation", "code"),
    CONSTRAINT "Refusal_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

-- CreateTable
CREATE TABLE "SeenToken" (
    "orgId" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "seenAt" DATETIME NOT NULL,

    PRIMARY KEY ("orgId", "hash"),
    CONSTRAINT "SeenToken_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "Organization" ("id") ON DELETE CASCADE ON UPDATE NO ACTION
);

-- CreateIndex
CREATE INDEX "Refusal_at_idx" ON "Refusal"("at");

-- CreateIndex
CREATE INDEX "SeenToken_orgId_seenAt_idx" ON "SeenToken"("orgId", "seenAt");
