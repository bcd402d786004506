import type { Letter, MailFacts, Text } from "../letter.ts";
import { PHRASES } from "./words.ts";

/** Longer names are cut: a mail is short, whatever somebody is called. */
const MAX_NAME = 80;

/** The text of a letter, plain and as HTML. Names are names in it and nothing else: no line, no header, no markup. */
export function render({ kind, language, facts, link, token }: Letter): Text {
  const phrases = PHRASES[language];
  const { subject, before, action, after } = phrases[kind](cleaned(facts));
  const shownToken = link === null && token !== null ? `${phrases.token} ${token}` : null;
  const text = [
    ...before,
    ...(action !== null && link !== null ? [`${action}:\n${link}`] : []),
    ...(shownToken === null ? [] : [shownToken]),
    ...after,
  ];
  const html = [
    ...before.map(paragraph),
    ...(action !== null && link !== null
      ? [`<p><a href="${escaped(link)}">${escaped(action)}</a></p>`, paragraph(link)]
      : []),
    ...(shownToken === null ? [] : [paragraph(shownToken)]),
    ...after.map(paragraph),
  ];
  return { subject, text: `${text.join("\n\n")}\n`, html: page(phrases.tag, subject, html) };
}

function cleaned({ organization, person, by }: MailFacts): MailFacts {
  return { organization: nameOf(organization), person: nameOf(person), by: nameOf(by) };
}

/** What breaks a line, and what turns the direction of what follows: neither is a name's to do. */
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]+/gu;

function nameOf(name: string): string {
  const line = [...name.replace(BREAKS, " ").trim()];
  return line.length > MAX_NAME ? `${line.slice(0, MAX_NAME).join("")}…` : line.join("");
}

function page(tag: string, title: string, body: readonly string[]): string {
  return `<!doctype html>
<html lang="${tag}">
<head><meta charset="utf-8"><title>${escaped(title)}</title></head>
<body style="font: 16px/1.5 system-ui, sans-serif">
${body.join("\n")}
</body>
</html>
`;
}

function paragraph(text: string): string {
  return `<p>${escaped(text)}</p>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
