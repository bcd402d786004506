import { beforeAll, expect, test } from "vitest";
import type { QUERY_NEEDS } from "../../src/policy/rights/needs.ts";
import { describeOnBoth } from "../database.ts";
import { type Gateway, openGateway, type Shown } from "./gateway.ts";

/** Ray owns the lead; Ann reads it through a rule and may not share it. Root holds every capability, Ray none of these. */
const RECORD = { may: "ray@acme.test", mayNot: "ann@acme.test" };
const ROOT = { may: "root@acme.test", mayNot: "ray@acme.test" };

/** For every row of the table: what is asked, and where the answer is. */
const ASKED: {
  readonly [place in keyof typeof QUERY_NEEDS]: {
    readonly query: string;
    readonly at: (data: Shown) => unknown;
  } & typeof ROOT;
} = {
  "Query.invitationPreview": {
    ...ROOT,
    query: `{ invitationPreview(csv: "email,DESK.role\\nnew@acme.test,Agent") { email refusal { code } } }`,
    at: (data) => data.invitationPreview,
  },
  "Query.profiles": { ...ROOT, query: "{ profiles { totalCount } }", at: (data) => data.profiles },
  "Query.sharingRules": {
    ...ROOT,
    query: "{ sharingRules { totalCount } }",
    at: (data) => data.sharingRules,
  },
  "Organization.edition": ofOrganization("edition"),
  "Organization.hierarchy": ofOrganization("hierarchy"),
  "Organization.language": ofOrganization("language"),
  "Organization.seats": ofOrganization("seats", "{ regular }"),
  "Organization.longestSupportDays": ofOrganization("longestSupportDays"),
  "Organization.supportAccess": ofOrganization("supportAccess", "{ isOpen }"),
  "Organization.supportAccesses": ofOrganization("supportAccesses", "{ totalCount }"),
  "Organization.supportAgents": ofOrganization("supportAgents", "{ email }"),
  "Organization.superAdministrator": ofOrganization("superAdministrator", "{ name }"),
  "Organization.timeZone": ofOrganization("timeZone"),
  "Record.shares": {
    ...RECORD,
    query: '{ record(key: { module: "leads", key: "lead-1" }) { name shares { totalCount } } }',
    at: (data) => data.record.shares,
  },
  "User.dependents": {
    ...ROOT,
    query: "{ viewer { user { name dependents { forecastManagerOf { totalCount } } } } }",
    at: (data) => data.viewer.user.dependents,
  },
};

function ofOrganization(field: string, selection = "") {
  return {
    ...ROOT,
    query: `{ organization { name ${field} ${selection} } }`,
    at: (data: Shown) => data.organization[field] as unknown,
  };
}

describeOnBoth("what queries need", (open) => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await openGateway((await open()).database);
  });

  test.each(Object.entries(ASKED))(
    "CA-01 AP-23 %s: null without it",
    async (_, { query, at, may, mayNot }) => {
      expect(at(await gateway.data(may, query))).not.toBeNull();
      expect(at(await gateway.data(mayNot, query))).toBeNull();
    },
  );
});
