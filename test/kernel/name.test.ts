import { describe, expect, test } from "vitest";
import { MAX_NAME, missingOfName } from "../../src/kernel/name.ts";

/** Every code point that Unicode lists under one of these has no glyph of its own. */
const INVISIBLE =
  /[\p{White_Space}\p{Cc}\p{Cf}\p{Cs}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}\u2800]/u;

describe("AP-17 a name", () => {
  test("AP-17 of nothing but what cannot be seen is none, whichever it is", () => {
    let seen = 0;
    for (let point = 1; point <= 0x10ffff; point += 1) {
      const character = String.fromCodePoint(point);
      if (!INVISIBLE.test(character)) continue;
      seen += 1;
      expect(missingOfName(character), point.toString(16)).not.toBeNull();
      expect(missingOfName(`${character} ${character}`), point.toString(16)).not.toBeNull();
    }
    expect(seen).toBeGreaterThan(6_000);
  });

  test.each([
    "",
    " ",
    "\u00a0",
    "\u200b",
    "\u2060",
    "\u3164",
    "\u2800",
    "\u115f\u1160",
    "\u180e\ufe0f",
    "\u{e0020}",
  ])("AP-17 %j is none", (name) =>
    expect(missingOfName(name)).toBe("at least one character that can be seen"),
  );

  test.each(["a", "0", ".", "東京", "🚀", "👩‍💻", "\u200ba", "नमस्ते", "\ue000", "-"])(
    "AP-17 %j is one",
    (name) => expect(missingOfName(name)).toBeNull(),
  );

  test.each(["a", "é", "🚀"])("AP-17 has at most 255 characters, of %s too", (character) => {
    expect(missingOfName(character.repeat(MAX_NAME))).toBeNull();
    expect(missingOfName(character.repeat(MAX_NAME + 1))).toBe("at most 255 characters");
  });

  test.each(["a\u0000", "a\ud83d", "\ude80a"])("AP-17 %j has what no database keeps", (name) =>
    expect(missingOfName(name)).toBe("no U+0000 and no lone surrogate"),
  );
});
