/**
 * A suite with people of every kind: Ada administers the suite, Dora Desk and nothing else, Pia manages people and
 * administers nothing, Mo manages people and administers the ninth application, WIKI, which no code knows. Seven
 * regular seats of nine are held.
 */
export const SUITE = `
sightline: 1
organization:
  key: acme
  name: Acme
  timeZone: Europe/Berlin
  edition: ENTERPRISE
  seats: { regular: 9, team: 1 }
  superAdmin: root@acme.test
roles:
  ceo: { name: CEO }
  head: { name: Head, parent: ceo }
  rep: { name: Rep, parent: head }
profiles:
  people: { name: People, modules: { leads: [VIEW] }, capabilities: [MANAGE_USERS] }
  plain: { name: Plain, modules: { leads: [VIEW] } }
users:
  root@acme.test: { name: Root, role: ceo, profile: administrator }
  ada@acme.test: { name: Ada, role: ceo, administrator: true }
  dora@acme.test: { name: Dora, role: head, profile: people }
  mo@acme.test: { name: Mo, role: head, profile: people }
  pia@acme.test: { name: Pia, role: head, profile: people }
  ray@acme.test:
    name: Ray
    role: rep
    profile: plain
    applications:
      CRM: {}
      DESK: { values: { role: Agent, profile: Agent, department: General } }
      WIKI: { enabled: false, values: { space: Docs } }
  lia@acme.test:
    { name: Lia, applications: { DESK: { values: { role: Agent, profile: Agent, department: General, lightAgent: true } } } }
  pro@acme.test:
    { name: Pro, applications: { PROJECTS: { values: { role: Employee, profile: Employee, project: General } } } }
  pam@acme.test: { name: Pam, role: rep, profile: plain, status: PENDING }
  ian@acme.test: { name: Ian, role: rep, profile: plain, status: INACTIVE }
  tia@acme.test: { name: Tia, role: rep, license: TEAM }
  none@acme.test: { name: None, applications: [] }
applications:
  DESK: { administrators: [dora@acme.test] }
  WIKI:
    name: Wiki
    actions: { PENDING: [UNASSIGN], ACTIVE: [EDIT, ENABLE, DISABLE, UNASSIGN] }
    fields:
      space: { label: Space, type: OPTION, required: true, options: [Docs, Notes] }
      motto: { type: TEXT }
      guest: { type: BOOLEAN }
    seatlessBy: guest
    administrators: [mo@acme.test]
modules:
  leads: { label: Leads }
records:
  leads:
    ray-1: { owner: ray@acme.test, name: Ray's }
    root-1: { owner: root@acme.test, name: Root's }
`;

/** The seats of the regular licence that are held: root, ada, dora, mo, pia, ray and pam. */
export const HELD = 7;
