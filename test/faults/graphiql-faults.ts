import type { Fault } from "./fault.ts";

const page = (titles: string) => ({ tests: ["e2e/page.test.ts"], titles, on: "databases" }) as const;
const examples = (titles: string) => ({ tests: ["e2e/examples.test.ts"], titles, on: "databases" }) as const;
const personas = (titles: string) =>
  ({ tests: ["server/sign-in/personas.test.ts"], titles, on: "databases" }) as const;

/** Faults of the page that a newcomer meets first. */
export const GRAPHIQL_FAULTS: readonly Fault[] = [
  {
    name: "GraphiQL: a reload opens a blank tab",
    file: "server/graphiql/kept-tabs.ts",
    find: `localStorage.setItem("graphiql:" + part, open[part] ?? "");`,
    replace: ";",
    ...page("without edits"),
  },
  {
    name: "GraphiQL: examples of an earlier server stay for ever",
    file: "server/graphiql/kept-tabs.ts",
    find: "if (tab.query === shown) tab.query = examples;",
    replace: ";",
    ...page("newer server"),
  },
  {
    name: "GraphiQL: it is as high as the window, below the menu",
    file: "server/graphiql/persona-menu.ts",
    find: "  #root .graphiql-container { height: 100%; width: 100%; }\n",
    replace: "",
    ...page("lower edge"),
  },
  {
    name: "GraphiQL: long lines are cut",
    file: "server/graphiql/wrapped-lines.ts",
    find: `wordWrap: "on"`,
    replace: `wordWrap: "off"`,
    ...page("no line is cut"),
  },
  {
    name: "GraphiQL: a line of the examples is wider than the editor",
    file: "demo/examples.graphql",
    find: "# somebody else and run it again: the answer\n",
    replace: "# somebody else and run it again: the answer, as you see,\n",
    ...page("no line is cut"),
  },
  {
    name: "GraphiQL: it opens as nobody",
    file: "server/graphiql/persona-menu.ts",
    find: "localStorage.getItem(KEY) ?? first",
    replace: `localStorage.getItem(KEY) ?? ""`,
    ...page("first visit"),
  },
  {
    name: "GraphiQL: people of all organisations stand in one list",
    file: "server/graphiql/persona-menu.ts",
    find: "select.append(...groups.values());",
    replace: "for (const group of groups.values()) select.append(...group.children);",
    ...page("two groups"),
  },
  {
    name: "GraphiQL: the record of the variables stays when somebody else is chosen",
    file: "server/graphiql/record-variable.ts",
    find: `document.getElementById("persona").addEventListener("change", fill);`,
    replace: ";",
    ...page("whoever is chosen sees"),
  },
  {
    name: "GraphiQL: one's own variables are overwritten",
    file: "server/graphiql/record-variable.ts",
    find: `["", localStorage.getItem(FILLED)].includes(variables.getValue().trim())`,
    replace: "true",
    ...page("one's own is left alone"),
  },
  {
    name: "GraphiQL: a record that may only be read comes before one that may be changed",
    file: "server/graphiql/record-variable.ts",
    find: "(records.find(({ access }) => access.update) ?? records[0]).id",
    replace: "(records.find(({ access }) => !access.update) ?? records[0]).id",
    ...examples("RayMovesALeadOn"),
  },
  {
    name: "GraphiQL: an instruction names somebody for whom nothing changes",
    file: "demo/examples.graphql",
    find: "# --- Nadia Karim, dealer ---\n",
    replace: "# --- Tia Mbeki, service desk, a team user ---\n",
    ...examples("each persona|NadiaLooks"),
  },
  {
    name: "GraphiQL: there is a menu without people where another signs the tokens",
    file: "server/yoga.ts",
    find: "graphiqlPage(offersPersonas(settings), parts.examples)",
    replace: "graphiqlPage(settings.isDevelopment, parts.examples)",
    ...personas("tokens are another's"),
  },
  {
    name: "GraphiQL: production has the menu",
    file: "server/yoga.ts",
    find: "graphiqlPage(offersPersonas(settings), parts.examples)",
    replace: "graphiqlPage(true, parts.examples)",
    ...personas("in production"),
  },
  {
    name: "GraphiQL: a large organisation leaves no room in the menu for the next",
    file: "store/directory/accounts.ts",
    find: "      take: OFFERED.people,\n",
    replace: "",
    ...personas("leaves room"),
  },
];
