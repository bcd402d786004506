import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CLIENT_FILE, typedClient } from "../../codegen.ts";

test("AP-32 the typed client is what codegen.ts makes of the SDL and the operations: npm run codegen", async () => {
  expect(readFileSync(CLIENT_FILE, "utf8")).toBe(await typedClient());
});
