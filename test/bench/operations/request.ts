import { toGlobalId } from "../../../src/kernel/global-id.ts";
import { asId } from "../../../src/kernel/id.ts";
import { reachedBy } from "../../../src/store/core/viewer.ts";
import { toCursor } from "../../../src/store/records/cursor.ts";
import type { Bench } from "../bench.ts";
import type { ViewerName } from "../data-set/viewers.ts";
import { type Gateway, openGateway, type Shown } from "../gateway.ts";
import { agree, type Measurement, type Operation } from "../operation.ts";

const PAGE = 50;

/** What a list in an application asks for: rows with their owners and values, and what may be done with each. */
export const PAGE_OF_RECORDS = `query Page($after: String) {
  records(module: "deals", first: ${PAGE}, after: $after) {
    edges { node {
      id name updatedAt values
      owner { id name }
      access { read update delete share changeOwner }
    } }
    pageInfo { hasNextPage endCursor }
  }
}`;

/**
 * The page of 50 through the whole gateway, over a socket: sign-in, parsing, ability, statements, flags and JSON.
 * Against the same request to a gateway in which everybody reaches everything. The client runs in the same process, and
 * what it takes is part of both.
 */
export const request: Operation = {
  name: "request",
  requirement: "EN-21",
  summary: "a page with access flags by GraphQL over HTTP, against the same with the policy switched off",
  async run(bench) {
    const gateway = await openGateway(bench);
    const open = await openGateway(bench, { hasPolicy: false });
    try {
      if (bench.repetitions > 0) await warmUp(gateway, open);
      const measurements: Measurement[] = [];
      for (const name of bench.viewers)
        for (const variant of ["first", "deep"] as const)
          measurements.push(await requestOf(bench, { gateway, open }, name, variant));
      return measurements;
    } finally {
      await gateway.close();
      await open.close();
    }
  },
};

/** So many requests it takes until the whole way of one is compiled, whoever asks. */
const WARM_UP = 100;

async function warmUp(...gateways: readonly Gateway[]): Promise<void> {
  for (let at = 0; at < WARM_UP; at += 1)
    for (const gateway of gateways) await gateway.ask("ceo", PAGE_OF_RECORDS);
}

async function requestOf(
  bench: Bench,
  { gateway, open }: { readonly gateway: Gateway; readonly open: Gateway },
  name: ViewerName,
  variant: "first" | "deep",
): Promise<Measurement> {
  const { reference, dataSet } = bench;
  const below = variant === "deep" ? reference.middle(name) : undefined;
  const after =
    below === undefined ? null : toCursor([], { values: [], id: asId(dataSet.places.id(0, below)) });
  const what = `${variant} request of ${name}`;

  agree(what, idsOf(await gateway.data(name, PAGE_OF_RECORDS, { after })), globalIds(bench, name, below));
  const all = await open.data(name, PAGE_OF_RECORDS, { after });
  agree(`${what} without the policy`, idsOf(all), globalIds(bench, "administrator", below));
  agree(`${what} without the policy, flags`, flagsOf(all), ["true"]);
  // The policy is warm by now.
  const { statements } = await bench.database.statementsOf(() =>
    gateway.ask(name, PAGE_OF_RECORDS, { after }),
  );

  const { times, baseline } = await bench.measure(
    () => gateway.ask(name, PAGE_OF_RECORDS, { after }),
    () => open.ask(name, PAGE_OF_RECORDS, { after }),
  );
  const viewer = await bench.viewer(name);
  return {
    operation: request.name,
    variant,
    viewer: name,
    times,
    baseline,
    limit: { requirement: "EN-21", kind: "RATIO", atMost: name === "dormant" ? 3 : 1.5 },
    plan: bench.planOf({
      reached: reachedBy(viewer, bench.module(viewer), "READ"),
      filter: null,
      order: [],
      after: null,
      before: null,
      limit: PAGE + 1,
      isFromEnd: false,
    }),
    statements: statements.length,
  };
}

function globalIds({ reference }: Bench, name: ViewerName, below: number | undefined): readonly string[] {
  return reference.page(name, PAGE, below).map((id) => toGlobalId("Record", id));
}

/** The ids on a page of records, as the gateway answered it. */
export function idsOf({ records }: Shown): readonly string[] {
  return records.edges.map(({ node }: Shown) => node.id);
}

/** Every value that a flag of the page has. */
function flagsOf({ records }: Shown): readonly string[] {
  const flags = records.edges.flatMap(({ node }: Shown) => Object.values(node.access).map(String));
  return [...new Set<string>(flags)];
}
