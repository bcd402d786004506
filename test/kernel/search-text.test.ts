import { expect, test } from "vitest";
import { foldForSearch } from "../../src/kernel/search-text.ts";

test.each([
  ["Löwenthal", "LOWENTHAL"],
  ["José", "jose\u0301"],
  ["Straße", "STRASSE"],
  ["STRA\u1e9eE", "strasse"],
  ["İnci", "inci"],
  ["ınci", "INCI"],
  ["ΟΔΥΣΣΕΥΣ", "οδυσσεύς"],
  ["Ａｎｎａ", "anna"],
  ["ｶﾞｰﾙ", "ガール"],
  ["ﬁn", "FIN"],
  ["Łódź", "lodz"],
  ["Øre", "ore"],
  ["Юрий", "ЮРИИ"],
  ["שָׁלוֹם", "שלום"],
  ["\ud55c\uae00", "\u1112\u1161\u11ab\u1100\u1173\u11af"],
  ["Jean\u00adLuc", "jeanluc"],
])("SH-54 %s and %s are found by each other", (a, b) => {
  expect(foldForSearch(a)).toBe(foldForSearch(b));
});

test.each([
  ["a", "b"],
  ["か", "が"],
  ["हद", "हिदी"],
  ["商談", "商店"],
  ["o", "0"],
])("SH-54 %s and %s are not", (a, b) => {
  expect(foldForSearch(a)).not.toBe(foldForSearch(b));
});
