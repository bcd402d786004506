/** A script that wraps long lines in every editor of GraphiQL, which offers no setting for it. */
export const WRAPPED_LINES = `
<script>
  document.addEventListener("DOMContentLoaded", () => {
    const wrap = (editor) => editor.updateOptions({ wordWrap: "on" });
    monaco.editor.getEditors().forEach(wrap);
    monaco.editor.onDidCreateEditor(wrap);
  });
</script>
`;
