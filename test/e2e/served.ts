import type { Browser, Page } from "playwright-core";
import { openStore } from "../../src/database/open.ts";
import { applyOrganizationFile } from "../../src/file/apply.ts";
import { type Guide, start } from "../../src/main.ts";
import { createLog } from "../../src/server/watch/log.ts";
import { readSettings } from "../../src/settings/settings.ts";
import { AUDIT_KEYS } from "../audit-keys.ts";
import { newTestDatabase } from "../database.ts";

/** However busy the machine is. With a fault made on purpose what is waited for may never come. */
export const READY_MS = Number(process.env["PATIENCE_MS"] ?? 300_000);

/** A development server over the organisations of some files, and what its people are told by the API. */
export type Served = {
  readonly url: string;
  /** Asks as somebody, past the browser. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers as they are.
  readonly ask: (persona: string, query: string, variables?: object) => Promise<any>;
  readonly stop: () => Promise<void>;
};

export async function serve(
  files: readonly string[],
  guide: Guide,
  agents: ReadonlySet<string> | null = null,
  environment: Readonly<Record<string, string>> = {},
): Promise<Served> {
  const { url, remove } = await newTestDatabase("sqlite");
  const database = await openStore(url, { auditKeys: AUDIT_KEYS });
  for (const text of files)
    await applyOrganizationFile(database, { text, name: "file" }, agents, { now: Date.now() - 60_000 });
  await database.close();
  const development = { PORT: "0", SIGHTLINE_DEV: "1", SIGHTLINE_LOG_LEVEL: "silent", DATABASE_URL: url };
  const settings = readSettings({ ...development, ...environment }, "SERVE");
  const running = await start(settings, createLog(settings), guide);
  return {
    url: running.url,
    ask: async (persona, query, variables = {}) => {
      const [org = "", user = ""] = persona.split(" ");
      const signedIn = await fetch(`${running.url}/dev/token?${new URLSearchParams({ org, user })}`);
      const answer = await fetch(`${running.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${await signedIn.text()}` },
        body: JSON.stringify({ query, variables }),
      });
      return answer.json();
    },
    stop: async () => {
      await running.stop();
      await remove();
    },
  };
}

export type Size = { readonly width: number; readonly height: number };

/** GraphiQL as a newcomer's browser shows it. */
export async function visit(browser: Browser, url: string, size: Size = { width: 1280, height: 720 }) {
  const context = await browser.newContext({ viewport: size });
  context.setDefaultTimeout(READY_MS);
  const page = await context.newPage();
  await page.goto(`${url}/graphql`);
  await isShown(page);
  return page;
}

/** Waits until the editors are there and show something. */
export async function isShown(page: Page): Promise<void> {
  await page.waitForSelector(".graphiql-execute-button");
  await page.waitForFunction(`globalThis.monaco?.editor.getEditors().length >= 4`);
}

/** What an editor holds: `operation.graphql` or `variables.json`. */
export function textOf(page: Page, editor: string): Promise<string> {
  return page.evaluate<string>(`${modelOf(editor)}.getValue()`);
}

/** Waits until an editor holds a text. */
export async function holds(page: Page, editor: string, text: string): Promise<void> {
  await page.waitForFunction(`${modelOf(editor)}?.getValue() === ${JSON.stringify(text)}`);
}

/** Waits until the browser keeps a tab with these for the next visit. */
export async function isKept(page: Page, part: "query" | "variables", text: string): Promise<void> {
  await page.waitForFunction(
    `JSON.parse(localStorage.getItem("graphiql:tabState"))?.tabs.some((tab) => tab.${part} === ${JSON.stringify(text)})`,
  );
}

/** Empties an editor and types into it, as a person would. */
export async function type(page: Page, editor: string, text: string): Promise<void> {
  await page.evaluate(
    `monaco.editor.getEditors().find((one) => one.getModel().uri.path.endsWith("${editor}")).focus()`,
  );
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.press("Delete");
  await page.keyboard.insertText(text);
}

export function tabs(page: Page): Promise<string[]> {
  return page.locator(".graphiql-tab").allTextContents();
}

function modelOf(editor: string): string {
  return `monaco.editor.getModels().find(({ uri }) => uri.path.endsWith("${editor}"))`;
}
