import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createClient } from "../../src/client/client.ts";
import {
  CreateRecordDocument,
  DeleteRecordDocument,
  type RecordFilter,
  RecordsDocument,
  ShareRecordDocument,
  UpdateRecordDocument,
} from "../../src/client/generated/graphql.ts";
import { describeOnBoth } from "../database.ts";
import { runningServer, runProgram } from "./running.ts";

const EXAMPLE = join(import.meta.dirname, "../../src/client/example.ts");
const DEMO = readFileSync(join(import.meta.dirname, "../../src/demo/acme.yaml"), "utf8");

const PRINTED = `Ray Okonkwo of Acme Instruments makes 7 leads.
There are 7.

Page 1
  changes  Lead 7 (Ray Okonkwo)
  changes  Lead 6 (Ray Okonkwo)
  changes  Lead 5 (Ray Okonkwo)
  changes  Lead 4 (Ray Okonkwo)
  changes  Lead 3 (Ray Okonkwo)

Page 2
  changes  Lead 2 (Ray Okonkwo)
  changes  Lead 1 (Ray Okonkwo)

May the last be changed? Yes.
  Ray Okonkwo owns the record.

Deleted again: 0 are left.
`;

describeOnBoth("AP-32 the example program", (_, kind) => {
  const server = runningServer(kind, DEMO);
  const run = async (user: string) => runProgram([EXAMPLE, server.url()], `${await server.tokenOf(user)}\n`);
  const clientOf = async (user: string) =>
    createClient({ url: server.url(), token: await server.tokenOf(user) });

  test("AP-32 makes, lists page by page, explains and deletes, for who is signed in", async () => {
    expect(await run("ray@acme.test")).toEqual({ code: 0, complaints: "", output: PRINTED });
  });

  test("AP-32 prints the same whatever was made, changed, shared and deleted before, and beside another", async () => {
    const ray = await clientOf("ray@acme.test");
    const input = { module: "leads", name: "Lead 1", values: { company: "Example", status: "new" } };
    for (let each = 0; each < 3; each += 1) await ray.request(CreateRecordDocument, { input });
    const mine: RecordFilter = { compare: { field: "name", op: "EQ", value: "Lead 1" } };
    const { records } = await ray.request(RecordsDocument, { module: "leads", filter: mine });
    const [first, second, third] = (records?.edges ?? []).flatMap(({ node }) => node?.id ?? []);
    await ray.request(UpdateRecordDocument, { input: { id: first ?? "", name: "Lead 8" } });
    const role = await roleOf(server.url(), await server.tokenOf("ray@acme.test"));
    await ray.request(ShareRecordDocument, {
      input: { id: second ?? "", level: "READ_ONLY", with: { role } },
    });
    await ray.request(DeleteRecordDocument, { input: { id: third ?? "" } });
    await open(server.url(), await server.tokenOf("root@acme.test"));

    const both = await Promise.all([run("ray@acme.test"), run("ray@acme.test")]);
    expect(both.map(({ output }) => output)).toEqual([PRINTED, PRINTED]);
    expect(await run("ray@acme.test")).toEqual({ code: 0, complaints: "", output: PRINTED });
  });

  test("AP-32 ends with what is refused, and leaves nothing", async () => {
    expect(await run("opal@acme.test")).toEqual({
      code: 1,
      complaints: "FORBIDDEN: You lack CREATE in Leads.\n",
      output: "Opal Simmons of Acme Instruments makes 7 leads.\n",
    });
    const ended = await runProgram([EXAMPLE, server.url()], "nonsense\n");
    expect(ended).toMatchObject({
      code: 1,
      output: "",
      complaints: expect.stringMatching(/^UNAUTHENTICATED: /),
    });
  });
});

/** The id of one's own role. */
async function roleOf(url: string, token: string): Promise<string> {
  const { data } = await post(url, token, "{ viewer { user { role { id } } } }");
  return (data as { viewer: { user: { role: { id: string } } } }).viewer.user.role.id;
}

/** Lets everybody read every lead. */
async function open(url: string, token: string): Promise<void> {
  const input = '{ defaults: [{ module: "leads", access: PUBLIC_READ_ONLY }] }';
  const answer = await post(
    url,
    token,
    `mutation { setOrganizationDefaults(input: ${input}) { modules { key } } }`,
  );
  expect(answer.errors).toBeUndefined();
}

async function post(
  url: string,
  token: string,
  query: string,
): Promise<{ data?: unknown; errors?: unknown }> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify({ query }) });
  return (await response.json()) as { data?: unknown; errors?: unknown };
}
