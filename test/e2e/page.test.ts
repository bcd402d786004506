import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demoExamples } from "../../src/demo/examples.ts";
import { EXAMPLES, EXAMPLES_WITH_MENU } from "../../src/server/graphiql/examples.ts";
import { ACME } from "../graphql/world.ts";
import { openBrowser } from "./browser.ts";
import { holds, isKept, isShown, type Served, serve, tabs, textOf, type, visit } from "./served.ts";

const GLOBEX = `
sightline: 1
organization:
  key: globex
  name: Globex
  timeZone: Europe/Berlin
  edition: ENTERPRISE
  seats: { regular: 40, team: 10 }
  superAdmin: gus@globex.test
roles:
  ceo: { name: CEO }
profiles: {}
users:
  gus@globex.test: { name: Gus, role: ceo, profile: administrator }
  gail@globex.test: { name: Gail, role: ceo }
modules:
  leads: { label: Leads }
`;
const OPERATION = "operation.graphql";
const VARIABLES = "variables.json";
const RAY = "acme ray@acme.test";
const FIRST_LEADS = `{ records(module: "leads", first: 10) { edges { node { id access { update } } } } }`;

let browser: Browser;
let server: Served;
beforeAll(async () => {
  browser = await openBrowser();
  server = await serve([ACME, GLOBEX], { hints: new Map([["ray@acme.test", "Sees his own."]]) });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

/** The variables that the page has to show for somebody: one's newest lead that may be changed, or the newest. */
async function variablesFor(persona: string): Promise<string> {
  const { data } = await server.ask(persona, FIRST_LEADS);
  const leads: { id: string; access: { update: boolean } }[] = data.records.edges.map(
    ({ node }: { node: unknown }) => node,
  );
  const record = (leads.find(({ access }) => access.update) ?? leads[0])?.id;
  return record === undefined ? "" : JSON.stringify({ record }, null, 2);
}

async function visited(): Promise<Page> {
  const page = await visit(browser, server.url);
  await holds(page, OPERATION, EXAMPLES_WITH_MENU);
  await holds(page, VARIABLES, await variablesFor(RAY));
  return page;
}

async function reload(page: Page): Promise<void> {
  await page.reload();
  await isShown(page);
}

describe("AP-30 a reload", () => {
  test("without edits shows the examples again, in one tab, however often", async () => {
    const page = await visited();
    await isKept(page, "variables", await variablesFor(RAY));
    for (const _ of [1, 2]) {
      await reload(page);
      expect(await textOf(page, OPERATION)).toBe(EXAMPLES_WITH_MENU);
      expect(await tabs(page)).toHaveLength(1);
    }
    await page.context().close();
  });

  test("at once, before the browser has kept anything, shows them too", async () => {
    const page = await visit(browser, server.url);
    await reload(page);
    expect(await textOf(page, OPERATION)).toBe(EXAMPLES_WITH_MENU);
    expect(await tabs(page)).toHaveLength(1);
    await page.context().close();
  });

  test("keeps one's own operations and variables, and so does a visit", async () => {
    const page = await visited();
    const [operation, variables] = ["query Mine { viewer { user { name } } }", '{ "mine": 1 }'];
    await type(page, OPERATION, operation);
    await type(page, VARIABLES, variables);
    await isKept(page, "query", operation);
    await isKept(page, "variables", variables);
    for (const again of [() => reload(page), () => page.goto(`${server.url}/graphql`)]) {
      await again();
      await isShown(page);
      await holds(page, OPERATION, operation);
      await holds(page, VARIABLES, variables);
      expect(await tabs(page)).toHaveLength(1);
    }
    await page.context().close();
  });

  test("keeps all tabs, and which of them is open", async () => {
    const page = await visited();
    await page.getByRole("button", { name: "New tab" }).click();
    await type(page, OPERATION, "query Second { viewer { isSupport } }");
    await isKept(page, "query", "query Second { viewer { isSupport } }");
    await reload(page);
    await holds(page, OPERATION, "query Second { viewer { isSupport } }");
    expect(await tabs(page)).toHaveLength(2);
    await page.locator(".graphiql-tab-button").first().click();
    await holds(page, OPERATION, EXAMPLES_WITH_MENU);
    await page.context().close();
  });

  test("brings the examples of a newer server in place of older ones that nobody changed", async () => {
    const page = await visited();
    await isKept(page, "query", EXAMPLES_WITH_MENU);
    await page.evaluate(() => {
      const kept = JSON.parse(localStorage.getItem("graphiql:tabState") ?? "");
      for (const tab of kept.tabs) tab.query = "query Old { viewer { isSupport } }";
      localStorage.setItem("graphiql:tabState", JSON.stringify(kept));
      localStorage.setItem("sightline:examples", "query Old { viewer { isSupport } }");
    });
    await reload(page);
    expect(await textOf(page, OPERATION)).toBe(EXAMPLES_WITH_MENU);
    expect(await tabs(page)).toHaveLength(1);
    await page.context().close();
  });

  test("begins anew when the browser keeps what is no tab", async () => {
    const page = await visited();
    for (const broken of ["{", '{"tabs":[{}],"activeTabIndex":5}']) {
      await page.evaluate((text) => localStorage.setItem("graphiql:tabState", text), broken);
      await reload(page);
      expect(await textOf(page, OPERATION)).toBe(EXAMPLES_WITH_MENU);
    }
    await page.context().close();
  });
});

const SIZES = [
  { width: 1280, height: 720 },
  { width: 1024, height: 600 },
];

/** The editor of operations, to ask how it shows them. */
const EDITOR = `monaco.editor.getEditors().find((one) => one.getModel().uri.path.endsWith("${OPERATION}"))`;

test("AP-30 nothing is below the lower edge of a window, which does not scroll; variables are typed where they are seen", async () => {
  const page = await visited();
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const pane of ["Documentation Explorer", "GraphiQL Explorer"]) {
      await page.getByRole("button", { name: `Show ${pane}` }).click();
      const lowest = await page.evaluate(() => {
        scrollTo(0, 10_000);
        const parts = document.querySelectorAll(
          ".graphiql-container, .graphiql-sidebar button, .graphiql-plugin, .graphiql-query-editor, .graphiql-editor-tool, .graphiql-response",
        );
        const edges = [...parts].map((part) => part.getBoundingClientRect().bottom);
        return Math.max(scrollY + innerHeight, ...edges);
      });
      expect([size, pane, lowest]).toEqual([size, pane, size.height]);
      await page.getByRole("button", { name: `Hide ${pane}` }).click();
    }
    const editor = page.locator(".graphiql-editor-tool .monaco-editor").first();
    await editor.click();
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.press("Delete");
    const typed = `{ "high": ${size.height} }`;
    await page.keyboard.insertText(typed);
    await holds(page, VARIABLES, typed);
    const [box, shown] = [await editor.boundingBox(), await page.getByText('"high"').first().boundingBox()];
    if (box === null || shown === null) throw new Error("The variables are not shown.");
    expect(shown.y).toBeGreaterThanOrEqual(box.y);
    expect(shown.y + shown.height).toBeLessThanOrEqual(Math.min(size.height, box.y + box.height));
  }
  await page.context().close();
});

test("AP-30 no line is cut: those of the examples fit a window 1280 wide, and what does not is wrapped", async () => {
  const page = await visited();
  for (const examples of [await demoExamples(), EXAMPLES_WITH_MENU, EXAMPLES]) {
    // Set, not typed: an editor indents what is typed.
    await page.evaluate(`${EDITOR}.setValue(${JSON.stringify(examples)})`);
    const wrapped = await page.evaluate<string[]>(`(() => {
      const editor = ${EDITOR};
      const topOf = (at) => editor.getTopForLineNumber(at + 1);
      const lines = editor.getModel().getLinesContent().slice(0, -1);
      return lines.filter((_, at) => topOf(at + 1) - topOf(at) !== topOf(1) - topOf(0));
    })()`);
    expect(wrapped).toEqual([]);
  }
  await type(page, OPERATION, `# ${"a long line ".repeat(30)}`);
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await page.waitForFunction(`(() => {
      const editor = ${EDITOR};
      const { contentWidth, wrappingColumn } = editor.getLayoutInfo();
      return wrappingColumn > 0 && editor.getScrollWidth() <= contentWidth;
    })()`);
  }
  await page.context().close();
});

describe("AP-21 who is signed in", () => {
  test("at the first visit it is the first persona, and the first answer is theirs", async () => {
    const page = await visited();
    expect(await page.inputValue("#persona")).toBe(RAY);
    const answered = page.waitForResponse(
      (response) => response.request().postData()?.includes("WhoAmI") === true,
    );
    await page.click(".graphiql-execute-button");
    await page.getByRole("menuitem", { name: "WhoAmI" }).click();
    expect((await (await answered).json()).data.viewer.user.name).toBe("Ray");
    await page.context().close();
  });

  test("whoever was chosen stays, nobody too, as long as they are there", async () => {
    const page = await visited();
    const rows = [
      ["", ""],
      ["acme ann@acme.test", "acme ann@acme.test"],
      ["acme gone@acme.test", RAY],
    ] as const;
    for (const [kept, shown] of rows) {
      await page.evaluate((persona) => localStorage.setItem("sightline:persona", persona), kept);
      await page.reload();
      await page.waitForFunction(
        (persona) =>
          document.querySelectorAll("#persona option").length > 1 &&
          (document.querySelector("#persona") as HTMLSelectElement).value === persona,
        shown,
      );
    }
    await page.context().close();
  });

  test("people of two organisations stand in two groups", async () => {
    const page = await visited();
    const groups = await page.$$eval("#persona optgroup", (found) =>
      found.map((group) => [
        (group as HTMLOptGroupElement).label,
        [...group.children].map((option) => (option as HTMLOptionElement).value),
      ]),
    );
    expect(groups.map(([label]) => label)).toEqual(["Acme (acme)", "Globex (globex)"]);
    expect(groups[0]?.[1]?.[0]).toBe(RAY);
    expect(groups[1]?.[1]).toEqual(["globex gail@globex.test", "globex gus@globex.test"]);
    expect(
      await page.$$eval("#persona > option", (found) => found.map(({ textContent }) => textContent)),
    ).toEqual(["nobody"]);
    await page.context().close();
  });
});

describe("AP-21 the record of the variables", () => {
  test("is one that whoever is chosen sees, and goes with them", async () => {
    const page = await visited();
    const personas = [
      "acme sue@acme.test",
      "acme tia@acme.test",
      "acme ann@acme.test",
      "globex gus@globex.test",
      RAY,
    ];
    const shown = new Set<string>();
    for (const persona of personas) {
      const expected = await variablesFor(persona);
      await page.selectOption("#persona", persona);
      await holds(page, VARIABLES, expected);
      shown.add(expected);
      if (expected === "") continue;
      const variables = JSON.parse(await textOf(page, VARIABLES));
      const { data } = await server.ask(
        persona,
        "query ($record: ID!) { record(id: $record) { id } }",
        variables,
      );
      expect(data.record.id).toBe(variables.record);
    }
    // Somebody sees a record, somebody sees none.
    expect(shown.size).toBeGreaterThan(1);
    expect(shown).toContain("");
    await page.selectOption("#persona", "");
    await holds(page, VARIABLES, "");
    await page.context().close();
  });

  test("is no record that they do not see, and one's own is left alone", async () => {
    const page = await visited();
    const own = '{"record": "mine"}';
    await type(page, VARIABLES, own);
    const asked = page.waitForResponse((response) => response.url().includes("/dev/token"));
    await page.selectOption("#persona", "acme ann@acme.test");
    await (await asked).finished();
    const answered = page.waitForResponse(
      (response) => response.request().postData()?.includes("WhyMayI") === true,
    );
    await page.click(".graphiql-execute-button");
    await page.getByRole("menuitem", { name: "WhyMayI" }).click();
    expect((await answered).request().postDataJSON().variables).toEqual({ record: "mine" });
    expect(await textOf(page, VARIABLES)).toBe(own);
    await page.context().close();
  });

  test("is not put beside operations that do not want it", async () => {
    const page = await visited();
    await page.getByRole("button", { name: "New tab" }).click();
    await holds(page, OPERATION, "");
    const signedIn = page.waitForResponse((response) => response.url().includes("/dev/token"));
    await page.selectOption("#persona", "acme sue@acme.test");
    await (await signedIn).finished();
    await type(page, OPERATION, "{ viewer { user { name } } }");
    const answered = page.waitForResponse((response) => response.request().method() === "POST");
    await page.click(".graphiql-execute-button");
    expect((await (await answered).json()).data.viewer.user.name).toBe("Sue");
    expect(await textOf(page, VARIABLES)).toBe("");
    await page.context().close();
  });
});
