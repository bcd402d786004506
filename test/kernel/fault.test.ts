import { describe, expect, test } from "vitest";
import {
  describeFault,
  ERROR_CODES,
  Forbidden,
  InvalidInput,
  InvalidPolicy,
  isFault,
  NotFound,
} from "../../src/kernel/fault.ts";

describe("AP-04 failures", () => {
  const fault = {
    file: "acme.yaml",
    line: 3,
    column: 7,
    path: "roles.rep.parent",
    message: "no role has this key",
    expected: "a key of roles",
    code: "BAD_USER_INPUT",
    requirement: "SH-20",
  } as const;

  test.each([
    ["invalid input", new InvalidInput("criteria.all", "It is empty."), "BAD_USER_INPUT"],
    [
      "no seat",
      new InvalidInput("license", "All 40 seats are taken.", { code: "NO_SEAT", requirement: "UA-10" }),
      "NO_SEAT",
    ],
    ["not found", new NotFound("id"), "NOT_FOUND"],
    ["forbidden", new Forbidden("A team user may not share.", "TU-12e"), "FORBIDDEN"],
    ["invalid policy", new InvalidPolicy([fault]), "BAD_USER_INPUT"],
  ])("AP-04 %s is a fault with a code of the list", (_title, error, code) => {
    expect(isFault(error)).toBe(true);
    expect(error.code).toBe(code);
    expect(ERROR_CODES).toContain(error.code);
  });

  test.each([new Error("bug"), new TypeError("bug"), null, { kind: "FORBIDDEN" }])(
    "AP-04 %s is a bug, not a fault",
    (error) => {
      expect(isFault(error)).toBe(false);
    },
  );

  test("AP-03 not found says the same of everything", () => {
    expect(new NotFound("record").message).toBe(new NotFound().message);
  });

  test("BU-01 a fault of a file is one line that says where, what and what was expected", () => {
    expect(describeFault(fault)).toBe(
      "acme.yaml:3:7: roles.rep.parent: no role has this key (expected a key of roles) [SH-20]",
    );
    expect(describeFault({ ...fault, path: "", expected: null, requirement: null, code: "NO_SEAT" })).toBe(
      "acme.yaml:3:7: NO_SEAT: no role has this key",
    );
    expect(new InvalidPolicy([fault, fault]).message.split("\n")).toHaveLength(2);
  });
});
