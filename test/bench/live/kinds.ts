import { PAGE_OF_RECORDS } from "../operations/request.ts";
import type { Answer, Shown } from "./client.ts";
import type { Worker } from "./worker.ts";

/** One kind of request of the mixed load. */
export type Kind = {
  readonly name: string;
  /** How often it comes, in proportion to the others. */
  readonly weight: number;
  /** Codes of errors that belong to it; any other one fails the run. */
  readonly mayAnswer?: readonly string[];
  /** Sends one request; null when there is nothing yet that it could be about. */
  readonly run: (worker: Worker) => Promise<Answer | null>;
};

const FILTERED = `query Filtered($filter: RecordFilter!, $orderBy: [RecordOrder!]) {
  records(module: "deals", first: 50, filter: $filter, orderBy: $orderBy) {
    edges { node { id name values } } pageInfo { hasNextPage }
  }
}`;

const SINGLE = `query Single($id: ID!) {
  record(id: $id) { id name values owner { id name } access { read update delete share changeOwner } }
}`;

const EXPLAIN = `query Explain($id: ID!, $action: RecordAction!) {
  explainAccess(record: $id, action: $action) { allowed paths { __typename } refusals { __typename } }
}`;

const FILTERS = [
  { filter: { compare: { field: "score", op: "LT", value: 500 } }, orderBy: [] },
  { filter: { compare: { field: "stage", op: "IN", value: ["Won"] } }, orderBy: [] },
  {
    filter: { compare: { field: "city", op: "EQ", value: "Oslo" } },
    orderBy: [{ field: "score", direction: "DESC" }],
  },
];

const ACTIONS = ["READ", "UPDATE", "DELETE", "SHARE", "CHANGE_OWNER"];

/** What people do: mostly look; write now and then; change policy rarely. */
export const KINDS: readonly Kind[] = [
  {
    name: "page",
    weight: 30,
    async run(worker) {
      const viewer = worker.anybody();
      const answer = await worker.ask(viewer, PAGE_OF_RECORDS);
      worker.saw(viewer, answer.data?.records);
      return answer;
    },
  },
  {
    name: "deep page",
    weight: 15,
    run: async (worker) => worker.ask(worker.anybody(), PAGE_OF_RECORDS, { after: worker.somewhere() }),
  },
  {
    name: "filtered list",
    weight: 12,
    run: async (worker) => worker.ask(worker.anybody(), FILTERED, worker.oneOf(FILTERS)),
  },
  {
    name: "single record",
    weight: 15,
    async run(worker) {
      const seen = worker.seen();
      return seen === null ? null : worker.ask(seen.viewer, SINGLE, { id: seen.id });
    },
  },
  {
    name: "explanation",
    weight: 6,
    async run(worker) {
      const seen = worker.seen();
      if (seen === null) return null;
      return worker.ask(seen.viewer, EXPLAIN, { id: seen.id, action: worker.oneOf(ACTIONS) });
    },
  },
  {
    name: "create",
    weight: 6,
    async run(worker) {
      const score = worker.below(100_000);
      const input = { module: "deals", name: `Made under load ${score}`, values: { score } };
      const answer = await worker.write("createRecord", "CreateRecordInput", input);
      const id: string | undefined = answer.data?.createRecord?.id;
      if (id !== undefined) worker.own.push({ id, score, share: null });
      return answer;
    },
  },
  {
    name: "update",
    weight: 8,
    async run(worker) {
      const record = worker.ofOwn();
      if (record === null) return null;
      record.score = worker.below(100_000);
      return worker.write("updateRecord", "UpdateRecordInput", {
        id: record.id,
        values: { score: record.score },
      });
    },
  },
  {
    name: "share",
    weight: 4,
    async run(worker) {
      const record = worker.ofOwn();
      if (record === null) return null;
      const input = { id: record.id, level: "READ_WRITE", with: { role: worker.oneOf(worker.roles) } };
      const answer = await worker.write("shareRecord", "ShareRecordInput", input, "share { id }");
      record.share = answer.data?.shareRecord?.share?.id ?? record.share;
      return answer;
    },
  },
  {
    name: "unshare",
    weight: 3,
    async run(worker) {
      const record = worker.own.find(({ share }) => share !== null);
      if (!record) return null;
      const { share } = record;
      record.share = null;
      return worker.write("unshareRecord", "UnshareRecordInput", { share });
    },
  },
  {
    name: "change of owner",
    weight: 2,
    async run(worker) {
      // It is another's from now on, and nobody here writes it again.
      const record = worker.own.shift();
      if (record === undefined) return null;
      const input = { id: record.id, owner: worker.oneOf(worker.users) };
      return worker.write("changeOwner", "ChangeOwnerInput", input);
    },
  },
  {
    name: "change of policy",
    weight: 0.5,
    mayAnswer: ["RULE_APPLYING"],
    async run(worker) {
      if (worker.rule !== null) {
        const answer = await worker.rules("deleteSharingRule", "DeleteSharingRuleInput", { id: worker.rule });
        if (answer.codes.length === 0) worker.rule = null;
        return answer;
      }
      const answer = await worker.rules("createSharingRule", "CreateSharingRuleInput", worker.newRule());
      worker.rule = answer.data?.createSharingRule?.id ?? null;
      return answer;
    },
  },
];

/** What is asked for at the end: each record that a worker still has is as it wrote it. */
export async function checkOwn(worker: Worker): Promise<void> {
  for (const { id, score } of worker.own) {
    const { data, messages } = await worker.ask(worker.viewer, SINGLE, { id });
    const record: Shown = data?.record;
    if (record?.values?.score !== score)
      throw new Error(
        `${worker.viewer} wrote the score ${score} and reads ${JSON.stringify(record)} ${messages}`,
      );
  }
}
