import { beforeAll, expect, test } from "vitest";
import { describeOnBoth } from "../../database.ts";
import { type Gateway, openGateway } from "../gateway.ts";
import { namePlaces, withValue } from "./input-places.ts";
import { allRows, mutationText, refusalIn, refusalPayload } from "./rows.ts";

const rows = new Map((await allRows()).map((row) => [row.name as string, row]));
const places = namePlaces().map(({ mutation, path }) => [mutation, path.join("."), path] as const);

const NO_NAMES: readonly (readonly [what: string, text: string])[] = [
  ["nothing", ""],
  ["white space", " \t\u00a0\u3000"],
  ["what has no width", "\u200b\u2060"],
  ["fillers", "\u3164\u115f"],
  ["Braille without a dot", "\u2800"],
  ["too much", "x".repeat(256)],
  ["half a character", "x\ud83d"],
  ["U+0000", "x\u0000"],
];

describeOnBoth("AP-17 names in mutations", (open) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database);
  });

  test("AP-17 every mutation that names something is tried", () => {
    const named = new Set(places.map(([mutation]) => mutation));
    for (const noun of ["Record", "Role", "Group", "Profile", "Module", "Field", "SharingRule"]) {
      expect([...named]).toContain(`create${noun}`);
      expect([...named]).toContain(`update${noun}`);
    }
  });

  test.each(places)(
    "AP-17 %s(%s): what is no name is refused by its field, and nothing changes",
    async (mutation, place, path) => {
      const row = rows.get(mutation);
      if (!row) throw new Error(`${mutation} has no row`);
      const base = await row.allowed.input(gateway);
      const before = await gateway.database.reader.auditEvent.count();
      for (const [what, text] of NO_NAMES) {
        const input = withValue(mutation, base, path, text);
        const answer = await gateway.ask(row.allowed.as, mutationText(mutation, refusalPayload(mutation)), {
          input,
        });
        const refusal = refusalIn(answer, mutation);
        expect(refusal?.["code"], what).toBe("BAD_USER_INPUT");
        expect(String(refusal?.["field"]).replace(/\.\d+/g, ""), what).toBe(`input.${place}`);
      }
      expect(await gateway.database.reader.auditEvent.count()).toBe(before);
    },
  );
});
