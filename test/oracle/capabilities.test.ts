import { describe, expect, test } from "vitest";
import { CAPABILITIES, DENIED_TO_AGENT } from "./capabilities.ts";
import type { OrganizationFile } from "./file.ts";
import { holds } from "./oracle.ts";
import { entry, NOW, world } from "./world.ts";

describe("CA-02 the oracle's capabilities", () => {
  const holders: [string, (file: OrganizationFile) => void, string, boolean][] = [
    ["the super administrator has every one", () => {}, "root MANAGE_SUPPORT_ACCESS", true],
    ["standard by its column", () => {}, "rep EXPORT_DATA", true],
    ["standard has no more", () => {}, "rep BACKUP_DATA", false],
    [
      "a list replaces",
      (file) => {
        file.profiles = { standard: { capabilities: [] } };
      },
      "rep EXPORT_DATA",
      false,
    ],
    [
      "what need not be listed stays",
      (file) => {
        file.profiles = { standard: { capabilities: [] } };
      },
      "rep ASSIGNMENT_TARGET",
      true,
    ],
    [
      "a team user by its column",
      (file) => {
        entry(file, "rep").license = "TEAM";
      },
      "rep PRINT_VIEW",
      true,
    ],
    [
      "a team user has no more",
      (file) => {
        entry(file, "rep").license = "TEAM";
      },
      "rep BE_LOOKED_UP",
      false,
    ],
    [
      "an inactive user has none",
      (file) => {
        entry(file, "rep").status = "INACTIVE";
      },
      "rep USE_FEEDS",
      false,
    ],
    [
      "UA-03 the flag",
      (file) => {
        entry(file, "rep").administrator = true;
      },
      "rep MANAGE_USERS",
      true,
    ],
    [
      "UA-03 and no more",
      (file) => {
        entry(file, "rep").administrator = true;
      },
      "rep MANAGE_DATA_SHARING",
      false,
    ],
  ];
  test.each(holders)("%s", (_title, change, ask, expected) => {
    const [user, capability] = ask.split(" ");
    expect(holds(world(change), `${user}@acme.test`, capability ?? "", NOW)).toBe(expected);
  });

  test("SA-07 the agent: all but the denials and the extra ones", () => {
    const file = world();
    file.supportAccess = {
      agent: "a@vendor.test",
      expiresOn: "2026-12-31",
      grantedAt: "2026-12-01T00:00:00Z",
      extraDenials: ["VIEW_ACCESS"],
    };
    const held = CAPABILITIES.filter((name) => holds(file, "a@vendor.test", name, NOW));
    expect(held).toEqual(
      CAPABILITIES.filter((name) => !DENIED_TO_AGENT.includes(name) && name !== "VIEW_ACCESS"),
    );
  });

  test("CA-03 an unknown name is refused", () => {
    expect(() => holds(world(), "root@acme.test", "FLY", NOW)).toThrow(/unknown capability/);
  });
});
