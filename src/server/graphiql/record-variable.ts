/**
 * A script that fills the variable `$record` of the operations shown with the id of a record that whoever is chosen in
 * the persona menu sees: asked for by the API as that person, so that it tells nothing more.
 *
 * It looks in the modules that the operations name, in their order, and takes a record that may be changed before one
 * that may only be read. Variables of one's own are left alone.
 */
export const RECORD_VARIABLE = `
<script>
  document.addEventListener("DOMContentLoaded", () => {
    const FILLED = "sightline:filled";
    const MOST_MODULES = 10;
    const RECORDS = "query ($module: String!) {" +
      " records(module: $module, first: 10) { edges { node { id access { update } } } } }";
    let turn = 0;

    const modelOf = (name) => monaco.editor.getModels().find(({ uri }) => uri.path.endsWith(name));
    const recordsOf = async (module) => {
      const answer = await fetch(location.pathname, {
        method: "POST",
        headers: { "content-type": "application/json", accept: "application/json" },
        body: JSON.stringify({ query: RECORDS, variables: { module } }),
      });
      const { data } = await answer.json();
      return data?.records?.edges.map(({ node }) => node) ?? [];
    };
    const recordIn = async (modules) => {
      for (const module of modules) {
        const records = await recordsOf(module);
        if (records.length > 0) return (records.find(({ access }) => access.update) ?? records[0]).id;
      }
      return null;
    };

    const fill = async () => {
      const now = ++turn;
      const [operations, variables] = [modelOf("operation.graphql"), modelOf("variables.json")];
      if (operations === undefined || variables === undefined) return;
      const isOurs = () =>
        operations.getValue().includes("$record") &&
        ["", localStorage.getItem(FILLED)].includes(variables.getValue().trim());
      if (!isOurs()) return;
      const named = [...operations.getValue().matchAll(/module: "([^"]+)"/g)].map(([, module]) => module);
      const record = await recordIn([...new Set(named)].slice(0, MOST_MODULES));
      // Somebody else may have been chosen meanwhile, or something typed.
      if (now !== turn || !isOurs()) return;
      const filled = record === null ? "" : JSON.stringify({ record }, null, 2);
      localStorage.setItem(FILLED, filled);
      if (variables.getValue() !== filled) variables.setValue(filled);
    };

    document.getElementById("persona").addEventListener("change", fill);
    monaco.editor.onDidCreateModel(fill);
    fill();
  });
</script>
`;
