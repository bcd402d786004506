import { timesOf } from "../measure.ts";
import type { Measurement } from "../operation.ts";
import { PAGE_OF_RECORDS } from "../operations/request.ts";
import { type Client, clientOf, type Shown } from "./client.ts";
import { startServer } from "./server.ts";

const WARM_UP = 20;

const NEWEST = `{ records(module: "deals", first: 100) { edges { node { id owner { role { id } } } } } }`;

/**
 * Two server processes over one database: a rule is made and deleted through one of them, and the very next request
 * through the other one shows it. Measured is that next page, from the answer to the change on, against the same page
 * with nothing changed before it.
 */
export async function elsewhere(url: string, repetitions: number): Promise<readonly Measurement[]> {
  const servers = [await startServer(url), await startServer(url)] as const;
  const [here, there] = [clientOf(servers[0]), clientOf(servers[1])];
  try {
    const { record, input } = await hiddenRecord(here);
    const page = async (isShown: boolean): Promise<number> => {
      const { data, tookMs, codes } = await there.ask("rep", PAGE_OF_RECORDS);
      if (codes.length > 0 || isOn(data, record) !== isShown)
        throw new Error(`a change was answered and the next request elsewhere does not know it ${codes}`);
      return tookMs;
    };
    const taken = { made: [] as number[], deleted: [] as number[], unchanged: [] as number[] };
    for (let round = -WARM_UP; round < repetitions; round += 1) {
      const rule = await change(here, "createSharingRule", "CreateSharingRuleInput", input);
      const made = await page(true);
      const unchanged = await page(true);
      await change(here, "deleteSharingRule", "DeleteSharingRuleInput", { id: rule });
      const deleted = await page(false);
      if (round < 0) continue;
      taken.made.push(made);
      taken.deleted.push(deleted);
      taken.unchanged.push(unchanged);
    }
    return (["made", "deleted"] as const).map((what) => ({
      operation: "elsewhere",
      variant: `a rule is ${what} through another process, the next page`,
      viewer: "rep",
      times: timesOf(taken[what]),
      baseline: timesOf(taken.unchanged),
      limit: { requirement: "EN-23", kind: "MORE_MILLISECONDS", atMost: 20 },
      plan: "two server processes, one database",
      statements: null,
    }));
  } finally {
    here.close();
    there.close();
    await Promise.all(servers.map((server) => server.stop()));
  }
}

/** A new record that `rep` does not see, and a rule that shows it. */
async function hiddenRecord(client: Client): Promise<{ readonly record: string; readonly input: object }> {
  const all = (await client.data("administrator", NEWEST)).records.edges;
  const seen = await client.data("rep", PAGE_OF_RECORDS);
  const { user } = (await client.data("rep", "{ viewer { user { id } } }")).viewer;
  const hidden = all.find(({ node }: Shown) => !isOn(seen, node.id) && node.owner?.role);
  const { id, owner } = hidden.node;
  const input = {
    name: "Made elsewhere in the bench",
    module: "deals",
    level: "READ_ONLY",
    source: { role: owner.role.id },
    target: { user: user.id },
  };
  return { record: id, input };
}

async function change(client: Client, name: string, type: string, input: object): Promise<string> {
  const document = `mutation ($input: ${type}!) { ${name}(input: $input) { id } }`;
  return (await client.data("administrator", document, { input }))[name].id;
}

function isOn(data: Shown, record: string): boolean {
  return data.records.edges.some(({ node }: Shown) => node.id === record);
}
