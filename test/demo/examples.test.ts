import { type OperationDefinitionNode, parse, validate } from "graphql";
import { beforeAll, describe, expect, test } from "vitest";
import { demoExamples } from "../../src/demo/examples.ts";
import { demoOrganization } from "../../src/demo/organization.ts";
import { PERSONAS } from "../../src/demo/personas.ts";
import { schema } from "../../src/graphql/schema.ts";
import { openTestDatabase, type TestDatabase } from "../database.ts";
import { type Gateway, openGateway } from "../graphql/gateway.ts";
import { NOW } from "../graphql/world.ts";

const text = await demoExamples();
const operations = parse(text).definitions as readonly OperationDefinitionNode[];
const names = operations.map(({ name }) => name?.value ?? "");

/** `RayMakesALead` is for Ray; what names nobody is for anybody. */
function personaOf(name: string): string {
  const first = (email: string) => email.slice(0, email.indexOf("@"));
  const found = PERSONAS.find(({ email }) => name.toLowerCase().startsWith(first(email)));
  return found?.email ?? "meg@acme.test";
}

test("AP-30 the examples of the demo are valid, and each has a name", () => {
  expect(validate(schema, parse(text)).map(({ message }) => message)).toEqual([]);
  expect(new Set(names).size).toBe(operations.length);
});

test("AP-30 there are examples for several of the demo's people, and for anybody", () => {
  const people = new Set(names.map(personaOf));
  expect(people.size).toBeGreaterThanOrEqual(5);
  expect(names).toContain("WhoAmI");
});

describe("the examples run in the demo", () => {
  let opened: TestDatabase;
  let gateway: Gateway;
  beforeAll(async () => {
    opened = await openTestDatabase("sqlite");
    gateway = await openGateway(opened.database, demoOrganization(NOW));
    return () => opened.close();
  });

  test.each(names)("AP-30 %s", async (name) => {
    const persona = personaOf(name);
    const leads = await gateway.data(
      persona,
      `{ records(module: "leads", first: 1) { edges { node { id } } } }`,
    );
    const record: unknown = leads["records"].edges[0]?.node.id;
    const answer = await gateway.ask(persona, text, { record }, name);
    if (name.includes("Cannot")) {
      expect(answer.errors?.[0]?.extensions["code"]).toBe("FORBIDDEN");
      return;
    }
    expect(answer.errors).toBeUndefined();
    for (const value of Object.values(answer.data ?? {})) expect(value).not.toBeNull();
  });
});
