import { afterAll, beforeAll, expect, test } from "vitest";
import { describeOnBoth } from "../database.ts";
import { type Real, startReal } from "./real.ts";

const CROWD = 100;
const ROOT = "root@acme.test";

/** Every change of the crowd is of leads that others of it change too, and policy changes among them. */
describeOnBoth("a crowd of writers at one server", (open) => {
  let server: Real;
  let ids: readonly string[];
  beforeAll(async () => {
    const { database } = await open();
    server = await startReal(database, {
      SIGHTLINE_RATE_PER_USER: "100000",
      SIGHTLINE_RATE_PER_OPERATION: "100000",
      SIGHTLINE_RATE_PER_ADDRESS: "100000",
    });
    const leads = `{ records(module: "leads", first: 20) { edges { node { id } } } }`;
    const { data } = await server.as(ROOT, leads);
    ids = nodesOf<{ id: string }>(data, "records").map(({ id }) => id);
  });
  afterAll(() => server.stop());

  test("AP-10 EN-33 of a hundred mass updates at once, beside changes of policy, each is done or refused as busy", async () => {
    const update = `mutation ($input: MassUpdateRecordsInput!) { massUpdateRecords(input: $input) { items { isDone } } }`;
    const rename = `mutation ($input: UpdateRoleInput!) { updateRole(input: $input) { role { name } } }`;
    const roles = await server.as(ROOT, `{ roles { edges { node { id key } } } }`);
    const role = nodesOf<{ id: string; key: string }>(roles.data, "roles").find(({ key }) => key === "rep");
    const answers = await Promise.all([
      ...Array.from({ length: CROWD }, (_, at) => {
        const items = ids.map((id, place) => ({ id, values: { revenue: at * 100 + place } }));
        return server.as(ROOT, update, { variables: { input: { items } } });
      }),
      ...Array.from({ length: 5 }, (_, at) =>
        server.as(ROOT, rename, { variables: { input: { id: role?.id, name: `Reps ${at}` } } }),
      ),
    ]);
    const codes = answers.map(({ errors }) => errors?.[0]?.extensions["code"] ?? "DONE");
    expect(codes.filter((code) => code !== "DONE" && code !== "LIMIT_EXCEEDED")).toEqual([]);
    expect(codes.slice(0, CROWD)).toContain("DONE");
    expect(server.lines.filter(({ level }) => level === "error")).toEqual([]);
    // Every one was done whole: what is left is of one of them.
    const left = await server.as(
      ROOT,
      `{ records(module: "leads", first: 20) { edges { node { values } } } }`,
    );
    const leads = nodesOf<{ values: { revenue: number } }>(left.data, "records");
    const revenues = leads.map(({ values }) => values.revenue);
    expect(new Set(revenues.map((revenue, place) => revenue - place)).size).toBe(1);
  });
});

function nodesOf<Node>(data: unknown, list: string): readonly Node[] {
  const { edges } = (data as Record<string, { edges: { node: Node }[] }>)[list] ?? { edges: [] };
  return edges.map(({ node }) => node);
}
