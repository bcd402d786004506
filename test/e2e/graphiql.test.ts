import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openStore } from "../../src/database/open.ts";
import { applyOrganizationFile } from "../../src/file/apply.ts";
import { start } from "../../src/main.ts";
import { createLog } from "../../src/server/watch/log.ts";
import { readSettings } from "../../src/settings/settings.ts";
import { AUDIT_KEYS } from "../audit-keys.ts";
import { newTestDatabase } from "../database.ts";
import { ACME } from "../graphql/world.ts";
import { openBrowser } from "./browser.ts";
import { READY_MS } from "./served.ts";

let browser: Browser;
let server: { readonly url: string; readonly stop: () => Promise<void> };
beforeAll(async () => {
  browser = await openBrowser();
  const { url, remove } = await newTestDatabase("sqlite");
  const database = await openStore(url, { auditKeys: AUDIT_KEYS });
  await applyOrganizationFile(database, { text: ACME, name: "acme" }, null, { now: Date.now() - 60_000 });
  await database.close();
  const settings = readSettings(
    { PORT: "0", SIGHTLINE_DEV: "1", SIGHTLINE_LOG_LEVEL: "silent", DATABASE_URL: url },
    "SERVE",
  );
  const running = await start(settings, createLog(settings), {
    hints: new Map([["ray@acme.test", "Sees his own."]]),
  });
  server = {
    url: running.url,
    stop: async () => {
      await running.stop();
      await remove();
    },
  };
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** A page of GraphiQL with an operation in it, and everything it asked of anybody else. */
async function openGraphiQL(query: string) {
  const page = await browser.newPage();
  const outside: string[] = [];
  const broken: string[] = [];
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith("http") && origin !== server.url) outside.push(request.url());
  });
  page.on("pageerror", (error) => broken.push(String(error)));
  await page.goto(`${server.url}/graphql?${new URLSearchParams({ query })}`);
  await page.waitForSelector(".graphiql-execute-button", { timeout: READY_MS });
  return { page, outside, broken };
}

async function answerAs(page: Page, persona: string): Promise<string> {
  await page.selectOption("#persona", persona);
  const answered = page.waitForResponse((response) => response.request().method() === "POST", {
    timeout: READY_MS,
  });
  await page.click(".graphiql-execute-button");
  return (await answered).text();
}

test("AP-21 AP-30 in a real browser: sign in as somebody, run, sign in as somebody else, see another answer", async () => {
  const { page, outside, broken } = await openGraphiQL(
    '{ viewer { user { name } } records(module: "leads") { totalCount } }',
  );
  const ray = JSON.parse(await answerAs(page, "acme ray@acme.test"));
  expect(ray.data.viewer.user.name).toBe("Ray");
  await page.getByText('"Ray"', { exact: false }).first().waitFor({ timeout: READY_MS });
  expect(await page.textContent("#personas output")).toBe("Sees his own.");

  const tia = JSON.parse(await answerAs(page, "acme tia@acme.test"));
  expect(tia.data.viewer.user.name).toBe("Tia");
  expect(tia.data.records.totalCount).not.toBe(ray.data.records.totalCount);
  await page.getByText('"Tia"', { exact: false }).first().waitFor({ timeout: READY_MS });

  const nobody = JSON.parse(await answerAs(page, ""));
  expect(nobody.errors[0].extensions.code).toBe("UNAUTHENTICATED");
  expect([outside, broken]).toEqual([[], []]);
  await page.close();
});

test("UA-20 AP-21 in a real browser: the outbox shows the mail that somebody was sent, as whoever is chosen", async () => {
  const users = "{ users(filter: PENDING) { edges { node { id } } } }";
  const { page, outside, broken } = await openGraphiQL(users);
  const found = JSON.parse(await answerAs(page, "acme root@acme.test"));
  await page.getByRole("button", { name: "Outbox" }).click();
  await page.getByText("There is no mail yet").waitFor({ timeout: READY_MS });
  await page.getByRole("button", { name: "Close" }).click();
  await page.close();

  const id = found.data.users.edges[0].node.id;
  const invited = await openGraphiQL(
    `mutation { resendInvitation(input: { id: "${id}" }) { user { name } } }`,
  );
  await answerAs(invited.page, "acme root@acme.test");
  await invited.page.getByRole("button", { name: "Outbox" }).click();
  const mail = invited.page.locator("#outbox article");
  await mail.waitFor({ timeout: READY_MS });
  expect(await mail.locator("h3").textContent()).toBe("Root invites you to Acme");
  expect(await mail.locator("pre").textContent()).toMatch(/Your code: [\w-]{43}/);
  expect([outside, broken, invited.outside, invited.broken]).toEqual([[], [], [], []]);
  await invited.page.close();
});

test("AP-30 it opens with operations to try, and remembers who was chosen", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${server.url}/graphql`);
  await page.waitForSelector(".graphiql-execute-button", { timeout: READY_MS });
  for (const name of ["WhoAmI", "MyLeads", "WhyMayI"])
    await page.getByText(name).first().waitFor({ timeout: READY_MS });
  await page.selectOption("#persona", "acme ann@acme.test");
  await page.reload();
  await page.waitForFunction(
    () => (document.querySelector("#persona") as HTMLSelectElement).value === "acme ann@acme.test",
  );
  await context.close();
});

test("AP-30 a mutation run in the browser is in force for the next question of somebody else", async () => {
  const count = '{ records(module: "accounts") { totalCount } }';
  const defaults = (access: string) =>
    `mutation { setOrganizationDefaults(input: { defaults: [{ module: "accounts", access: ${access} }] }) { modules { defaultAccess } } }`;
  const asked = async (query: string, persona: string) => {
    const { page } = await openGraphiQL(query);
    const answer = JSON.parse(await answerAs(page, persona));
    await page.close();
    return answer;
  };
  const before = await asked(count, "acme rex@acme.test");
  expect(before.data.records.totalCount).toBe(0);
  const refused = await asked(defaults("PUBLIC_READ_ONLY"), "acme rex@acme.test");
  expect(refused.errors[0].extensions.code).toBe("FORBIDDEN");
  const opened = await asked(defaults("PUBLIC_READ_ONLY"), "acme root@acme.test");
  expect(opened.data.setOrganizationDefaults.modules).toEqual([{ defaultAccess: "PUBLIC_READ_ONLY" }]);
  const after = await asked(count, "acme rex@acme.test");
  expect(after.data.records.totalCount).toBe(2);
});
