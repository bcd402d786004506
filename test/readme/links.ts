import { existsSync, readFileSync } from "node:fs";

/** The links of a document whose file or heading is not there. Other sites are not asked. */
export function brokenLinks(markdown: string, url: URL): readonly string[] {
  const links = [...markdown.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
  return links.filter((link) => {
    const target = new URL(link, url);
    if (target.protocol !== "file:") return false;
    const anchor = target.hash.slice(1);
    target.hash = "";
    if (target.href === url.href) return !headingsOf(markdown).includes(anchor);
    if (!existsSync(target)) return true;
    return anchor !== "" && !headingsOf(readFileSync(target, "utf8")).includes(anchor);
  });
}

/** The headings as their anchors read. */
function headingsOf(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}
