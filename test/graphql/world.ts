/** The instant at which the tests look at the world, in milliseconds since 1970. */
export const NOW = Date.parse("2026-12-01T12:00:00Z");

/** How many leads Ray owns: more than a page. */
export const LEADS = 130;

/**
 * An organisation with one of everything that a query can hide.
 *
 * `lead-1` is Ray's, is shared with Sue, and points to an account that Ray does not reach; `lead-2` points to one that
 * he does; `lead-3` to none. Sue's branch sees the leads of Ray's through a rule.
 */
export const ACME = `
sightline: 1
organization:
  key: acme
  name: Acme
  timeZone: Europe/Berlin
  edition: ENTERPRISE
  seats: { regular: 40, team: 10 }
  superAdmin: root@acme.test
  longestSupportDays: 90
roles:
  ceo: { name: CEO }
  head: { name: Head of sales, parent: ceo, forecastManager: hal@acme.test }
  rep: { name: Rep, parent: head, shareDataWithPeers: false }
  service: { name: Service, parent: ceo }
profiles:
  standard: { modules: { deals: [VIEW, EDIT] }, capabilities: [SEND_EMAIL, BE_LOOKED_UP] }
  auditor: { name: Auditor, modules: { leads: [VIEW] }, capabilities: [VIEW_ACCESS, VIEW_ALL_DATA] }
  people: { name: People, modules: {}, capabilities: [MANAGE_USERS] }
users:
  root@acme.test: { name: Root, role: ceo, profile: administrator }
  hal@acme.test: { name: Hal, role: head }
  ray@acme.test: { name: Ray, role: rep, reportsTo: hal@acme.test }
  rex@acme.test: { name: Rex, role: rep, applications: { CRM: {}, DESK: { values: { role: Agent, profile: Agent, department: General } }, SURVEY: { enabled: false } } }
  sue@acme.test: { name: Sue, role: service }
  ann@acme.test: { name: Ann, role: service, profile: auditor }
  pia@acme.test: { name: Pia, role: service, profile: people }
  ian@acme.test: { name: Ian, role: rep, status: INACTIVE }
  pam@acme.test: { name: Pam, role: rep, status: PENDING, applications: { CRM: {}, SURVEY: { values: { department: General, departmentRole: Viewer } } } }
  tia@acme.test: { name: Tia, role: service, license: TEAM, teamModules: { tickets: MEMBER } }
groups:
  emea: { name: EMEA, members: [ { user: sue@acme.test }, { role: rep }, { roleAndSubordinates: head }, { group: vips } ] }
  vips: { name: VIPs, members: [] }
applications:
  DESK: { administrators: [pia@acme.test] }
modules:
  accounts: { label: Accounts }
  leads:
    label: Leads
    fields:
      status: { type: PICKLIST, options: [new, won, lost], required: true }
      revenue: { type: NUMBER, label: Expected revenue }
      account: { type: LOOKUP, module: accounts }
      contact: { type: USER }
      tags: { type: MULTI_PICKLIST, options: [hot, cold] }
      signedAt: { type: DATETIME }
  deals: { label: Deals, default: PUBLIC_READ_ONLY }
  tickets: { label: Tickets, kind: TEAM }
teamUserModules: [leads]
sharingRules:
  reps-to-service: { module: leads, from: { role: rep }, to: { user: ann@acme.test }, access: READ_WRITE }
  won-to-vips:
    module: leads
    criteria: { all: [ { field: status, op: EQ, value: won }, { field: account, op: EQ, value: acc-2 } ] }
    to: { group: vips }
    access: READ_ONLY
    includeSuperiors: true
    expiresAt: 2027-01-01T00:00:00Z
records:
  accounts:
    acc-1: { owner: sue@acme.test, name: Hidden from reps }
    acc-2: { owner: ray@acme.test, name: Known to reps }
  deals:
    deal-1: { owner: rex@acme.test, name: Deal }
  tickets:
    ticket-1: { owner: tia@acme.test, name: Help }
  leads:
    lead-1: { owner: ray@acme.test, name: One, values: { status: won, revenue: 5, account: acc-1, contact: sue@acme.test, tags: [hot], signedAt: 2026-11-01T10:00:00+02:00 }, createdAt: 2026-10-01T08:00:00Z }
    lead-2: { owner: ray@acme.test, name: Two, values: { status: lost, account: acc-2 }, createdAt: 2026-10-02T08:00:00Z }
    lead-3: { owner: ray@acme.test, name: Three, values: { status: new }, createdAt: 2026-10-03T08:00:00Z }
    other-1: { owner: rex@acme.test, name: Other, values: { status: new }, createdAt: 2026-10-04T08:00:00Z }
    agent-1: { owner: rex@acme.test, name: To the agent, values: { status: new }, createdAt: 2026-10-05T08:00:00Z }
${moreLeads()}
shares:
  - { record: leads/lead-1, to: { user: sue@acme.test }, access: READ_ONLY }
  - { record: leads/lead-1, to: { group: vips }, access: READ_WRITE, expiresAt: 2026-11-30T00:00:00Z }
supportAccess: { agent: agent@vendor.test, grantedAt: 2026-11-30T00:00:00Z, expiresOn: 2026-12-31, extraDenials: [RECORD_DELETE] }
`;

function moreLeads(): string {
  return Array.from({ length: LEADS - 3 }, (_, at) => {
    const n = at + 4;
    const day = String(1 + (at % 28)).padStart(2, "0");
    return `    lead-${n}: { owner: ray@acme.test, name: Lead ${n}, values: { status: new, revenue: ${n}, account: acc-${1 + (n % 2)} }, createdAt: 2026-09-${day}T08:00:00Z }`;
  }).join("\n");
}
