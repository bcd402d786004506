/**
 * A script that runs before GraphiQL: what was open stays open, and the examples are there as long as nobody changed
 * them.
 *
 * GraphiQL keeps its tabs, and beside them what was typed last. Where the two differ, as they do until something is
 * typed, it opens a blank tab; so what was typed last is made to be what the open tab holds.
 */
export function keptTabs(examples: string): string {
  return `
<script>
  (() => {
    const TABS = "graphiql:tabState";
    const SHOWN = "sightline:examples";
    const examples = ${literal(examples)};
    const shown = localStorage.getItem(SHOWN);
    localStorage.setItem(SHOWN, examples);
    try {
      const kept = JSON.parse(localStorage.getItem(TABS));
      if (kept === null) return;
      const { tabs, activeTabIndex } = kept;
      // Examples of an earlier server that nobody changed.
      for (const tab of tabs) if (tab.query === shown) tab.query = examples;
      const asked = new URLSearchParams(location.search).get("query");
      const open = [tabs[activeTabIndex], ...tabs].find(({ query }) => query === asked) ?? tabs[activeTabIndex];
      for (const part of ["query", "variables", "headers"]) localStorage.setItem("graphiql:" + part, open[part] ?? "");
      localStorage.setItem(TABS, JSON.stringify(kept));
    } catch {
      // Not what GraphiQL writes: it begins anew.
      localStorage.removeItem(TABS);
    }
  })();
</script>
`;
}

/** A text as a script inside of a page may spell it. */
function literal(text: string): string {
  return JSON.stringify(text).replaceAll("<", "\\u003c");
}
