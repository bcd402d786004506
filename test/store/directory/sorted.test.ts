import { expect, test } from "vitest";
import { byName, sortedOnce } from "../../../src/store/directory/sorted.ts";
import { policyOf } from "../../policy/build.ts";

test("EN-32 a list of the directory is sorted once for each policy, and whatever it is of has its own", () => {
  const [policy, later] = [policyOf({}), policyOf({})];
  const [rep, head] = [{}, {}];
  let sorted = 0;
  const rows = (of: object | string, under = policy, list = "users") =>
    sortedOnce(under, list, of, () => {
      sorted += 1;
      return byName([
        { id: "2", name: "Zoe" },
        { id: "3", name: "Abe" },
        { id: "1", name: "Zoe" },
      ]);
    });
  expect(rows(rep).map(({ id }) => id)).toEqual(["3", "1", "2"]);
  for (let at = 0; at < 50; at += 1) rows(rep);
  expect(sorted).toBe(1);
  for (const more of [
    () => rows(head),
    () => rows("everybody"),
    () => rows(rep, later),
    () => rows(rep, policy, "members"),
  ]) {
    const before = sorted;
    more();
    more();
    expect(sorted).toBe(before + 1);
  }
});
