import { expect, test } from "vitest";
import { LANGUAGES } from "../../../src/policy/model/org.ts";
import { type Letter, MAIL_KINDS } from "../../../src/store/mail/letter.ts";
import { linkTo, NO_POST } from "../../../src/store/mail/post.ts";
import { render } from "../../../src/store/mail/text/render.ts";
import { newToken } from "../../../src/store/mail/token.ts";

const FACTS = { organization: "Acme", person: "Ray", by: "Ada" };
const LINK = "https://app.example.test/accept#token=abc";
const letter = (more: Partial<Letter>): Letter => ({
  kind: "INVITATION",
  language: "EN",
  facts: FACTS,
  link: LINK,
  token: "abc",
  ...more,
});

const EVERY = LANGUAGES.flatMap((language) => MAIL_KINDS.map((kind) => [language, kind] as const));

test.each(EVERY)(
  "UA-20 a mail in %s of the kind %s is short and whole, as text and as HTML",
  (language, kind) => {
    const { subject, text, html } = render(letter({ language, kind }));
    expect(subject).toContain("Acme");
    expect(text).toContain("Ray");
    expect(text.length).toBeLessThan(1_000);
    expect(html).toMatch(/^<!doctype html>\n<html lang="[a-zA-Z-]+">/);
    const isLeading = kind !== "ADDRESS_CHANGED";
    expect(text.includes(LINK)).toBe(isLeading);
    expect(html.includes(`<a href="${LINK}">`)).toBe(isLeading);
    // What the text says, the page says.
    for (const paragraph of text.split("\n\n"))
      for (const line of paragraph.trim().split(":\n")) expect(html).toContain(line);
  },
);

test("UA-20 the languages say different things", () => {
  const subjects = EVERY.map(([language, kind]) => render(letter({ language, kind })).subject);
  expect(new Set(subjects).size).toBe(subjects.length);
});

test("UA-20 without a page to lead to, a mail shows its token; without either it shows none", () => {
  expect(render(letter({ link: null })).text).toContain("Your code: abc");
  expect(render(letter({ link: null, token: null })).text).not.toContain("code");
});

test("UA-20 the token stands behind the # of the page's address, which nobody is sent", () => {
  const mailing = { ...NO_POST, page: new URL("https://app.example.test/accept?lang=de") };
  const { token } = newToken();
  expect(linkTo(mailing, token)).toBe(`https://app.example.test/accept?lang=de#token=${token}`);
  expect(linkTo(mailing, null)).toBeNull();
  expect(linkTo(NO_POST, token)).toBeNull();
});

test.each([
  ["markup", '<script>alert("x")</script>', "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;"],
  ["an attribute", `" onclick='x'`, "&quot; onclick=&#39;x&#39;"],
  ["an entity", "A &amp; B", "A &amp;amp; B"],
])("UA-20 %s in a name is shown, and is none", (_, name, shown) => {
  for (const language of LANGUAGES) {
    const { html } = render(letter({ language, facts: { organization: name, person: name, by: name } }));
    expect(html).toContain(shown);
    expect(html).not.toContain(name);
  }
});

test.each([
  ["a line", "Ray\r\nBcc: all@acme.test", "Ray Bcc: all@acme.test"],
  ["a line of Unicode", "Ray\u2028Bcc: x", "Ray Bcc: x"],
  ["another direction", "Ray\u202Egnp", "Ray gnp"],
  ["a long name", "x".repeat(300), `${"x".repeat(80)}…`],
  ["characters of two units", "😀".repeat(81), `${"😀".repeat(80)}…`],
])("UA-20 %s in a name is none in the subject", (_, name, shown) => {
  const { subject } = render(letter({ facts: { ...FACTS, by: name } }));
  expect(subject).toBe(`${shown} invites you to Acme`);
});
