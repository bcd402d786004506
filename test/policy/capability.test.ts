import { describe, expect, test } from "vitest";
import { CAPABILITIES, type Capability, capabilityRow, isCapability } from "../../src/policy/capability.ts";
import { namesIn, tableOf } from "./specification.ts";

/** The catalogue as the specification writes it, row by row. */
const [, ...ROWS] = tableOf("capabilities", "| capability |").map(
  ([names = "", standard = "", team = "", agent = ""]) => ({ names: namesIn(names), standard, team, agent }),
);

/** Words that stand for one capability of a row. */
const WORDS: { readonly [word: string]: string } = {
  send: "SEND_EMAIL",
  mass: "MASS_EMAIL",
  "list views only": "SHARE_LIST_VIEWS",
  sandbox: "USE_SANDBOX",
  print: "PRINT_VIEW",
  channels: "CHANNELS",
  assistant: "ASK_ASSISTANT",
  enrichment: "ENRICH_DATA",
  survey: "SURVEY",
  social: "SOCIAL",
};

/** The capabilities of the row that a cell of the columns *standard* and *team user* gives. */
function given(names: readonly string[], cell: string): readonly string[] {
  if (cell === "" || cell === "–") return [];
  if (cell === "yes") return names;
  const [, exception] = /^all but (.+)$/.exec(cell) ?? [];
  if (exception !== undefined) return names.filter((name) => name !== WORDS[exception]);
  return cell.split(", ").map((word) => {
    const name = WORDS[word];
    if (name === undefined || !names.includes(name))
      throw new Error(`what is "${word}" in the row of ${names.join(" ")}?`);
    return name;
  });
}

describe("CA-01 the catalogue", () => {
  test("CA-01 is the table of the specification, name by name", () => {
    expect(ROWS.length).toBeGreaterThan(20);
    const named = ROWS.flatMap(({ names }) => names);
    expect([...CAPABILITIES].sort()).toEqual([...named].sort());
    expect(new Set(named).size).toBe(named.length);
  });

  test("CA-01 each has a description that is a sentence", () => {
    for (const capability of CAPABILITIES)
      expect(capabilityRow(capability).description).toMatch(/^[A-Z].{8,}\.$/);
  });

  test.each(ROWS)("CA-02 $names: standard is '$standard'", ({ names, standard }) => {
    const sources: { readonly [cell: string]: string } = {
      "by the module's `DELETE`": "MODULE_DELETE",
      "by the regular licence": "REGULAR_LICENCE",
    };
    const source = sources[standard];
    for (const name of names)
      expect([name, capabilityRow(name as Capability).source]).toEqual([name, source]);
    const held = names.filter((name) => capabilityRow(name as Capability).standard === true);
    expect(held).toEqual(source === undefined ? given(names, standard) : []);
  });

  test.each(ROWS)("CA-02 TU-12 $names: team user is '$team'", ({ names, standard, team }) => {
    const always = names.filter((name) => capabilityRow(name as Capability).team === "ALWAYS");
    const byRole = names.filter((name) => capabilityRow(name as Capability).team === "BY_TEAM_ROLE");
    if (team === "team modules") {
      // A team role gives at most what a regular licence has (TU-13).
      const most =
        capabilityRow(names[0] as Capability).source === "MODULE_DELETE" ? names : given(names, standard);
      expect({ always, byRole }).toEqual({ always: [], byRole: most });
    } else {
      expect({ always, byRole }).toEqual({ always: given(names, team), byRole: [] });
    }
  });

  test.each(ROWS)("SA-07 $names: agent is '$agent'", ({ names, agent }) => {
    const denials = names.flatMap((name) => capabilityRow(name as Capability).denial ?? []);
    const cited = new Set(
      [...agent.matchAll(/D(\d\d)(?:–D(\d\d))?/g)].flatMap(([, from = "", to = from]) =>
        Array.from(
          { length: Number(to) - Number(from) + 1 },
          (_, at) => `D${String(Number(from) + at).padStart(2, "0")}`,
        ),
      ),
    );
    if (agent.startsWith("all denied")) {
      const spared = namesIn(agent);
      expect(names.filter((name) => capabilityRow(name as Capability).denial === undefined)).toEqual(spared);
      for (const denial of denials) expect(cited).toContain(denial);
    } else {
      expect(new Set(denials)).toEqual(cited);
    }
    if (agent === "yes") expect(denials).toEqual([]);
  });

  test.each(["", "manage_users", "MANAGE_USERS ", "VIEW_EVERYTHING", "toString", "__proto__"])(
    "CA-03 %j is no capability",
    (text) => {
      expect(isCapability(text)).toBe(false);
    },
  );

  test("CA-03 every name of the catalogue is one", () => {
    expect(CAPABILITIES.filter((name) => !isCapability(name))).toEqual([]);
  });
});

const [, ...DENIALS] = tableOf("support-access", "| # | denied |");

describe("The denials", () => {
  test("SA-07 are D01 to D32", () => {
    expect(DENIALS.map(([id]) => id)).toEqual(
      Array.from({ length: 32 }, (_, at) => `D${String(at + 1).padStart(2, "0")}`),
    );
  });

  test.each(DENIALS)("%s %s: %s", (id, _denied, capabilities = "") => {
    const denied = CAPABILITIES.filter((capability) => capabilityRow(capability).denial === id);
    expect(denied.length).toBeGreaterThan(0);
    expect([...denied].sort()).toEqual([...namesIn(capabilities)].sort());
  });
});
