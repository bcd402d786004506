import { expect, test } from "vitest";
import { isMap, parseDocument } from "yaml";
import { parseOrganizationFile } from "../../../src/file/parse.ts";
import { offsetAt } from "../../../src/file/reading/node.ts";
import { InvalidPolicy } from "../../../src/kernel/fault.ts";
import { bad } from "../bad-file.ts";

const MANY = 2_000;

test("BU-01 AP-10 places in a large map are found without going through it for each", () => {
  const document = parseDocument(Array.from({ length: MANY }, (_, i) => `key-${i}: 1\n`).join(""));
  const map = document.contents;
  if (!isMap(map)) throw new Error("the document is a map");
  let looked = 0;
  map.items = new Proxy(map.items, {
    get(items, at, receiver) {
      if (typeof at === "string" && /^\d+$/.test(at)) looked += 1;
      return Reflect.get(items, at, receiver);
    },
  });

  const offsets = Array.from({ length: MANY }, (_, i) => offsetAt(document, [`key-${i}`], "KEY"));

  expect(offsets.slice(0, 2)).toEqual([0, 9]);
  expect(new Set(offsets).size).toBe(MANY);
  expect(looked).toBeLessThanOrEqual(2 * MANY);
});

test("BU-01 of very many unknown names every one is told, the first hundred with the nearest known one", () => {
  const roles = Array.from({ length: MANY }, (_, i) => `\n  role-${i}: { name: R, parent: rolle-${i} }`);
  const faults = faultsOf(bad({ roles: `\n  ceo: { name: CEO }${roles.join("")}`, users: null }).text);

  const unknown = faults.filter(({ message }) => message.startsWith("there is no role"));
  expect(unknown).toHaveLength(MANY);
  expect(unknown[0]).toMatchObject({
    path: "roles.role-0.parent",
    message: 'there is no role "rolle-0" (did you mean "role-0"?)',
  });
  expect(unknown.filter(({ message }) => message.includes("did you mean")).length).toBeLessThanOrEqual(100);
});

test("SH-20 a long circle is told by how it begins and ends", () => {
  const roles = Array.from({ length: MANY }, (_, i) => `\n  r${i}: { name: R, parent: r${(i + 1) % MANY} }`);
  const faults = faultsOf(bad({ roles: `\n  ceo: { name: CEO }${roles.join("")}`, users: null }).text);

  expect(faults.map(({ message }) => message)).toContain(
    "a role under itself: r0 → r1 → r2 → r3 → r4 → r5 → r6 → r7 → r8 → r9 → r10 → r11 → … 1988 more … → r0",
  );
});

function faultsOf(text: string) {
  try {
    parseOrganizationFile(text, "file.yaml");
    return [];
  } catch (error) {
    if (error instanceof InvalidPolicy) return error.faults;
    throw error;
  }
}
