import { describe, expect, test } from "vitest";
import { parseOrganizationFile } from "../../src/file/parse.ts";
import { InvalidPolicy, type PolicyFault } from "../../src/kernel/fault.ts";
import { bad, GOOD, type Sections } from "./bad-file.ts";
import { criteria, modules, organization, records, rule, user, value } from "./changes.ts";

/** what is wrong | the sections that say it, the place marked | part of the fault as it is printed */
// biome-ignore format: one row, one line
const SHAPE: readonly [string, Sections, string][] = [
  ["a format of the future", { sightline: "‸2" }, "found 2 (expected 1, the version of this format)"],
  ["a version as text", { sightline: "‸'1'" }, 'found "1" (expected 1'],
  ["a missing section", { sightline: null, "‸sightline": "1", users: null }, '"users" is missing'],
  ["an unknown section", { "‸people": "{}" }, 'unknown key "people" (expected one of sightline, organization'],
  ["a section that is a list", { roles: "‸[ ceo ]" }, "found a list (expected a map of roles by key)"],
  ["an empty section", { groups: "" }, "found nothing (expected a map of groups by key, in lines that are indented further than this one)"],
  ["an unknown key of the organisation", { organization: organization("‸colour: blue") }, 'organization.colour: unknown key "colour" (expected one of key, name, timeZone'],
  ["a missing key of the organisation", { organization: null, "‸organization": "{ key: acme, name: Acme, timeZone: UTC, edition: FREE, seats: { regular: 9, team: 0 } }" }, 'organization: "superAdmin" is missing (expected text)'],
  ["an unknown time zone", { organization: organization("timeZone: ‸Europe/Nowhere") }, 'found "Europe/Nowhere" (expected a time zone of the IANA database'],
  ["an unknown edition", { organization: organization("edition: ‸GOLD") }, "expected one of FREE, STANDARD"],
  ["half a seat", { organization: organization("seats: { regular: ‸4.5, team: 2 }") }, "found 4.5 (expected a whole number)"],
  ["fewer seats than none", { organization: organization("seats: { regular: ‸-1, team: 2 }") }, "found -1 (expected at least 0)"],
  ["a name that YAML reads as a number", { roles: "\n  ceo: { name: ‸42 }" }, 'roles.ceo.name: found 42 (expected text)'],
  ["an empty name", { roles: "\n  ceo: { name: ‸'' }" }, "expected text that is not empty"],
  ["a name without a value", { roles: "\n  ceo: { ‸name: }" }, "found nothing (expected text)"],
  ["a key that begins with a sign", { roles: `${GOOD["roles"]}\n  ‸-ceo: { name: CEO }` }, "expected a key: at most 64 letters"],
  ["a key with a blank", { roles: `${GOOD["roles"]}\n  ‸head of: { name: CEO }` }, '"head of" is no key'],
  ["a key of 65 characters", { roles: `${GOOD["roles"]}\n  ‸${"k".repeat(65)}: { name: CEO }` }, "is no key"],
  ["a user who is no address", { users: `${GOOD["users"]}\n  ‸meg: { name: Meg, role: rep }` }, '"meg" is no address (expected an email address)'],
  ["a language that there is not", { organization: organization("language: ‸FR") }, "expected one of EN, DE, JA, ZH"],
  ["a former address that is none", { users: user("formerly: ‸ray") }, "expected an email address"],
  ["an unknown status", { users: user("status: ‸ASLEEP") }, "expected one of PENDING, ACTIVE, INACTIVE, DELETED"],
  ["a truth that is text", { users: user("administrator: ‸yes") }, 'found "yes" (expected true or false)'],
  ["an unknown application", { users: user("applications: [ CRM, ‸CRN ]") }, 'there is no application "CRN" (did you mean "CRM"?) (expected one of CRM, DESK, CAMPAIGNS'],
  ["an unknown application in a map", { users: user("applications: { ‸CRN: {} }") }, 'there is no application "CRN"'],
  ["applications as text", { users: user("applications: ‸CRM") }, "expected a list of applications, or a map of them with their values"],
  ["an application that says more than it takes", { users: user("applications: { DESK: { ‸on: true } }") }, 'unknown key "on"'],
  ["an application of one's own without a name", { applications: "{ ‸WIKI: {} }" }, '"name" is missing'],
  ["an unknown action", { applications: "{ DESK: { actions: { PENDING: [ ‸FLY ], ACTIVE: [] } } }" }, "expected one of EDIT, ENABLE, DISABLE, UNASSIGN"],
  ["options of a yes or no", { applications: "{ WIKI: { name: Wiki, fields: { a: { type: BOOLEAN, options: ‸[a] } } } }" }, "a BOOLEAN offers no values"],
  ["a yes or no that is required", { applications: "{ WIKI: { name: Wiki, fields: { a: { type: BOOLEAN, required: ‸true } } } }" }, "what is not said is no"],
  ["an option without any", { applications: "{ WIKI: { name: Wiki, fields: { ‸a: { type: OPTION } } } }" }, "nothing is offered (expected the values offered)"],
  ["an administrator who is nobody", { applications: "{ DESK: { administrators: [ ‸no@acme.test ] } }" }, 'there is no user "no@acme.test"'],
  ["an unknown capability", { profiles: "{ p: { name: P, capabilities: [ ‸FLY ] } }" }, 'found "FLY" (expected one of MANAGE_DATA_SHARING'],
  ["a capability that is nearly one", { profiles: "{ p: { name: P, capabilities: [ ‸SEND_MAIL ] } }" }, 'found "SEND_MAIL" (did you mean "SEND_EMAIL"?) (expected one of MANAGE_DATA_SHARING'],
  ["a word in another case", { users: user("status: ‸active") }, 'found "active" (did you mean "ACTIVE"?)'],
  ["a type of field that is nearly one", { modules: modules("x: { type: ‸PICKLISTS, options: [a] }") }, 'found "PICKLISTS" (did you mean "PICKLIST"?) (expected one of TEXT'],
  ["an application that is nearly one", { users: user("applications: [ ‸CMR ]") }, 'there is no application "CMR" (did you mean "CRM"?)'],
  ["everybody, nearly", { sharingRules: rule("from: ‸everyones") }, 'found "everyones" (did you mean "everyone"?) (expected everyone, or a map'],
  ["a word like none", { users: user("status: ‸HIBERNATING") }, 'found "HIBERNATING" (expected one of PENDING'],
  ["an unknown permission", { profiles: "{ p: { name: P, modules: { leads: [ VIEW, ‸LOOK ] } } }" }, "expected one of VIEW, CREATE"],
  ["a permission twice", { profiles: "{ p: { name: P, modules: { leads: [ VIEW, ‸VIEW ] } } }" }, "expected each entry once"],
  ["field permissions, which are of a later version", { profiles: "{ p: { name: P, ‸fields: { leads: { revenue: HIDDEN } } } }" }, "known to the format, but not enforced by this version yet"],
  ["fields of a system profile, of a later version too", { profiles: "{ administrator: { ‸fields: {} } }" }, "not enforced by this version yet"],
  ["an adjusted administrator", { profiles: "{ administrator: { ‸capabilities: [] } }" }, 'unknown key "capabilities" (expected one of fields)'],
  ["an adjusted team user profile", { profiles: "{ team-user: { ‸modules: { leads: [VIEW] } } }" }, 'unknown key "modules"'],
  ["a renamed system profile", { profiles: "{ standard: { name: ‸Normal } }" }, "(expected Standard)"],
  ["a custom profile without a name", { profiles: "{ ‸p: { modules: {} } }" }, '"name" is missing'],
  ["a member of two kinds", { groups: "{ g: { name: G, members: [ ‸{ role: rep, group: vips } ] } }" }, "expected exactly one of user, role, roleAndSubordinates, group"],
  ["everyone in a group", { groups: "{ g: { name: G, members: [ ‸everyone ] } }" }, 'found "everyone" (expected a map)'],
  ["a group without members", { groups: "{ ‸g: { name: G } }" }, '"members" is missing (expected a list)'],
  ["an unknown type of field", { modules: modules("x: { type: ‸MONEY }") }, 'found "MONEY" (expected one of TEXT, NUMBER'],
  ["a field without a type", { modules: modules("‸x: { required: true }") }, '"type" is missing'],
  ["options of a text", { modules: modules("x: { type: TEXT, ‸options: [a] }") }, 'unknown key "options"'],
  ["a picklist without options", { modules: modules("x: { type: PICKLIST, options: ‸[] }") }, "expected at least one option"],
  ["more options than a field may offer", { modules: modules(`x: { type: PICKLIST, options: ‸[${Array.from({ length: 1_001 }, (_, at) => `o${at}`).join(", ")}] }`) }, "at most 1000 options"],
  ["an option twice", { modules: modules("x: { type: PICKLIST, options: [a, b, ‸a] }") }, "expected each entry once"],
  ["a lookup to nowhere", { modules: modules("‸x: { type: LOOKUP }") }, '"module" is missing'],
  ["an unknown default", { modules: "\n  leads: { label: Leads, default: ‸PUBLIC }" }, "expected one of PRIVATE, PUBLIC_READ_ONLY"],
  ["a rule without a target", { sharingRules: "{ ‸r: { module: leads, from: everyone, access: READ_ONLY } }" }, '"to" is missing'],
  ["a rule from a user", { sharingRules: rule("from: { ‸user: ray@acme.test }") }, "no user: the source of a rule is a role"],
  ["a rule from a misspelt party", { sharingRules: rule("from: { ‸rol: rep }") }, 'unknown key "rol"'],
  ["a rule from nobody known", { sharingRules: rule("from: ‸all") }, "expected everyone, or a map"],
  ["a level of shares on a rule", { sharingRules: "{ r: { module: leads, from: everyone, to: everyone, access: ‸FULL } }" }, "expected one of READ_ONLY, READ_WRITE, READ_WRITE_DELETE"],
  ["an instant without an offset", { sharingRules: rule("from: everyone, expiresAt: ‸2027-01-01T00:00:00") }, "expected an instant with an offset"],
  ["a record from before 1970", { records: records("x: { owner: ray@acme.test, name: X, createdAt: ‸1969-12-31T23:59:59Z }") }, "expected no earlier than 1970"],
  ["a record without an owner", { records: records("‸x: { name: X }") }, '"owner" is missing (expected text)'],
  ["a map as a value", { records: records("x: { owner: ray@acme.test, name: X, values: { note: ‸{} } }") }, "values.note: found a map"],
  ["a share that names no module", { shares: "[ { record: ‸lead-1, to: { role: rep }, access: FULL } ]" }, "expected module/record"],
  ["a share with everyone", { shares: "[ { record: leads/lead-1, to: ‸everyone, access: FULL } ]" }, 'found "everyone" (expected a map)'],
  ["a level of rules on a share", { shares: "[ { record: leads/lead-1, to: { role: rep }, access: ‸READ_WRITE_DELETE } ]" }, "expected one of READ_ONLY, READ_WRITE, FULL"],
  ["related records, which are of a later version", { shares: "[ { record: leads/lead-1, to: { role: rep }, access: FULL, includeRelated: ‸true } ]" }, "not enforced by this version yet"],
  ["a day that does not exist", { supportAccess: "{ agent: a@vendor.test, expiresOn: ‸2026-02-30 }" }, "expected a day that exists"],
  ["an unknown action of an expectation", { expect: "{ access: [ { user: ray@acme.test, module: leads, ‸write: [] } ] }" }, 'unknown key "write"'],
  ["a key repeated in a map", { roles: "\n  ceo: { name: CEO }\n  rep: { name: Rep }\n  manager: { name: M }\n  ‸rep: { name: Rep }" }, 'the key "rep" is written twice'],
  ["a broken text", { groups: "{ g: { name: G, members: ‸[ }" }, "this [ is not closed"],
  ["a tab as indentation", { groups: "\n  g:\n‸\tname: G" }, "a tab as indentation: YAML takes blanks alone"],
  ["a second document", { expect: "{}\n‸---\nsightline: 1" }, "a second document begins here (---)"],
  ["a text with a colon", { groups: "{ g: { name: G, members: [] } }\nh: ‸i: j" }, "a colon inside a text: put the text between quotes"],
  ["everyone in braces, as a target", { sharingRules: "{ r: { module: leads, from: everyone, to: { ‸everyone: true }, access: READ_ONLY } }" }, "the word everyone by itself, without braces"],
  ["everyone in braces, as a source", { sharingRules: "{ r: { module: leads, from: { ‸everyone: }, to: { role: rep }, access: READ_ONLY } }" }, "the word everyone by itself, without braces"],
  ["a key that is nearly one", { sharingRules: "{ r: { module: leads, from: everyone, to: everyone, ‸acess: READ_ONLY } }" }, 'unknown key "acess" (did you mean "access"?)'],
  ["a section that is nearly one", { "‸sharingRule": "{}" }, 'unknown key "sharingRule" (did you mean "sharingRules"?)'],
  ["an unknown tag", { groups: "{ g: { name: ‸!secret G, members: [] } }" }, "a text that begins with ! goes between quotes"],
  ["an alias of itself", { groups: "&g { g: ‸*g }" }, "the alias *g contains itself"],
  ["an alias of nothing", { groups: "{ g: { name: G, members: ‸*h } }" }, "the alias *h stands for nothing"],
];

/** requirement | what is wrong | the sections that say it | part of the fault */
// biome-ignore format: one row, one line
const MEANING: readonly [string, string, Sections, string][] = [
  ["SH-60", "a super administrator who is nobody", { organization: organization("superAdmin: ‸boss@acme.test") }, 'there is no user "boss@acme.test" (expected one of root@acme.test'],
  ["SH-60", "a super administrator who is deleted", { organization: organization("superAdmin: ‸old@acme.test") }, "old@acme.test is DELETED"],
  ["SH-60", "a super administrator with a team licence", { organization: organization("superAdmin: ‸tia@acme.test") }, "expected an ACTIVE user with the licence REGULAR"],
  ["UA-10", "more regular users than seats", { organization: organization("seats: { regular: ‸2, team: 2 }") }, "NO_SEAT: 3 pending and active users need a regular seat, of 2"],
  ["UA-13", "a pending user without a seat", { organization: organization("seats: { regular: ‸3, team: 2 }"), users: user("status: PENDING") }, "NO_SEAT: 4 pending"],
  ["UA-10", "more team users than seats", { organization: organization("seats: { regular: 4, team: ‸0 }") }, "NO_SEAT: 1 pending and active users need a team seat"],
  ["TU-04", "a team user in an edition without", { organization: organization("edition: FREE"), users: user("license: ‸TEAM, teamModules: {}").replace(/\n {2}tia.*/, "") }, "the edition FREE has no team users"],
  ["SH-20", "a parent that is not there", { roles: "\n  ceo: { name: CEO, parent: ‸board }\n  manager: { name: M, parent: ceo }\n  rep: { name: R, parent: manager }" }, 'there is no role "board" (expected one of ceo, manager, rep)'],
  ["SH-20", "a role under itself", { roles: "\n  ceo: { name: CEO, parent: rep }\n  manager: { name: M, parent: ‸ceo }\n  rep: { name: R, parent: manager }" }, "a role under itself: ceo → rep → manager → ceo"],
  ["SH-22", "a forecast manager who is nobody", { roles: `${GOOD["roles"]}, forecastManager: x }`.replace("parent: manager }, forecastManager: x", "parent: manager, forecastManager: ‸x@acme.test") }, 'there is no user "x@acme.test"'],
  ["UA-30", "an application without what it needs", { users: user("applications: { ‸DESK: { values: { role: Agent, profile: Agent } } }") }, "Desk needs department (expected one of General) [UA-30]"],
  ["UA-30", "a listed application that needs something", { users: user("applications: [ CRM, ‸ANALYTICS ]") }, "Analytics needs role (expected one of Viewer, Analyst, Administrator) [UA-30]"],
  ["UA-30", "a value that is not offered", { users: user("applications: { ANALYTICS: { values: { role: ‸Boss } } }") }, "Analytics takes one of Viewer, Analyst, Administrator as role"],
  ["UA-30", "a value that no application asks for", { users: user("applications: { ANALYTICS: { values: { role: Viewer, ‸rolle: Viewer } } }") }, 'Analytics asks for no "rolle"'],
  ["UA-30", "CRM's role among the values", { users: user("applications: { CRM: { values: { ‸role: rep } } }") }, "(expected nothing: it stands at the user)"],
  ["UA-31", "a place that another application asks for", { applications: "{ DESK: { seatlessBy: null, fields: { boss: { type: ‸MANAGER } } } }" }, "MANAGER is the person's own place, which only CRM asks for"],
  ["UA-31", "a CRM that needs no role", { applications: "{ ‸CRM: { fields: { profile: { type: PROFILE, required: true } } } }" }, 'CRM asks for a ROLE nowhere (expected one field "role" of type ROLE that is required) [UA-31]'],
  ["UA-31", "a CRM whose profile is optional", { applications: "{ ‸CRM: { fields: { role: { type: ROLE, required: true }, profile: { type: PROFILE } } } }" }, "CRM asks for a PROFILE in another way"],
  ["UA-11", "a field that says of no seat and is none", { applications: "{ ‸DESK: { seatlessBy: light } }" }, '"light" says who needs no seat'],
  ["UA-11", "no seat twice", { applications: "{ DESK: { takesSeat: false, seatlessBy: ‸lightAgent } }" }, "the application takes no seat anyway"],
  ["UA-51", "an administrator of an application who has not come yet", { applications: "{ DESK: { administrators: [ ‸p@acme.test ] } }", users: `${GOOD["users"]}\n  p@acme.test: { name: P, role: rep, status: PENDING, applications: [] }` }, '"p@acme.test" is PENDING with the licence REGULAR'],
  ["TU-12p", "a team user who administers an application", { applications: "{ DESK: { administrators: [ ‸tia@acme.test ] } }" }, '"tia@acme.test" is ACTIVE with the licence TEAM'],
  ["UA-30", "a CRM user without a role", { users: `${GOOD["users"]}\n  ‸new@acme.test: { name: New }` }, '"role" is missing (expected a role, which CRM requires) [UA-30]'],
  ["BU-01", "a role that is not there", { users: `${GOOD["users"]}\n  new@acme.test: { name: New, role: ‸boss }` }, 'there is no role "boss"'],
  ["BU-01", "a profile that is not there", { users: user("profile: ‸vip") }, 'there is no profile "vip" (expected one of administrator, standard, team-user)'],
  ["TU-07", "a regular user with the team user profile", { users: user("profile: ‸team-user") }, "[TU-07]"],
  ["TU-07", "a team user with another profile", { users: user("license: TEAM, profile: ‸standard") }, "every team user has the profile team-user"],
  ["UA-22", "one address in two cases", { users: `${GOOD["users"]}\n  ‸Ray@Acme.test: { name: Ray, role: rep }` }, 'CONFLICT: "Ray@Acme.test" is the address of "ray@acme.test" too'],
  ["SH-25", "a manager who is nobody", { users: user("reportsTo: ‸x@acme.test") }, 'there is no user "x@acme.test"'],
  ["SH-25", "a manager of the same role", { users: user("reportsTo: ‸ray@acme.test") }, `is not above "rep" (expected a manager in a role above the user's; else no reportsTo, or a role for the user below the manager's)`],
  ["BU-01", "a role that is nearly one", { users: `${GOOD["users"]}\n  new@acme.test: { name: New, role: ‸reps }` }, 'there is no role "reps" (did you mean "rep"?)'],
  ["BU-01", "a person who is nearly one", { organization: organization("superAdmin: ‸rot@acme.test") }, 'there is no user "rot@acme.test" (did you mean "root@acme.test"?)'],
  ["BU-01", "a profile that is nearly one", { users: user("profile: ‸standart") }, 'there is no profile "standart" (did you mean "standard"?)'],
  ["BU-01", "a module that is nearly one", { sharingRules: rule("from: everyone").replace("leads", "‸lead") }, 'there is no module "lead" (did you mean "leads"?)'],
  ["BU-01", "a field that is nearly one", { records: value("‸notes: x") }, '"leads" has no field "notes" (did you mean "note"?)'],
  ["BU-01", "a user value of nearly somebody", { records: value("boss: ‸ra@acme.test") }, 'there is no user "ra@acme.test" (did you mean "ray@acme.test"?)'],
  ["BU-01", "a lookup of nearly a record", { records: value("account: ‸acmee") }, '"accounts" has no record "acmee" (did you mean "acme"?)'],
  ["BU-01", "a share of nearly a record", { shares: "[ { record: ‸leads/lead-11, to: { role: rep }, access: FULL } ]" }, 'there is no record "leads/lead-11" (did you mean "lead-1"?)'],
  ["BU-04", "an expectation about nearly a record", { expect: "{ access: [ { user: ray@acme.test, module: leads, read: [ ‸lead1 ] } ] }" }, '"leads" has no record "lead1" (did you mean "lead-1"?)'],
  ["SH-25", "a manager of a role below", { users: `${GOOD["users"]}\n  new@acme.test: { name: New, role: manager, reportsTo: ‸ray@acme.test }` }, "[SH-25]"],
  ["TU-20", "a team role in an organisation module", { users: user("teamModules: { ‸leads: MEMBER }") }, "expected a module of kind TEAM"],
  ["TU-20", "a team role in no module", { users: user("teamModules: { nowhere: ‸MEMBER }") }, 'there is no module "nowhere"'],
  ["TU-12p", "a team user who administers", { users: user("license: TEAM, administrator: ‸true") }, "[TU-12p]"],
  ["UA-63", "a former address that somebody in the file has", { users: user("formerly: ‸meg@acme.test") }, "CONFLICT: meg@acme.test is an address in this file"],
  ["UA-63", "one's own address as the former one", { users: user("formerly: ‸ray@acme.test") }, "CONFLICT: ray@acme.test is an address in this file"],
  ["UA-63", "a former address of two", { users: `${user("formerly: rita@acme.test")}\n  later@acme.test: { name: Later, role: rep, status: INACTIVE, formerly: ‸Rita@acme.test }` }, "rita@acme.test is the former address of new@acme.test too"],
  ["UA-51", "a pending administrator", { users: user("status: PENDING, administrator: ‸true") }, "[UA-51]"],
  ["SH-40", "a member that is not there", { groups: "{ g: { name: G, members: [ { role: rep }, { group: ‸h } ] } }" }, 'there is no group "h" (expected one of g)'],
  ["SH-40", "a group inside itself", { groups: "\n  a: { name: A, members: [ { group: b } ] }\n  b: { name: B, members: [ { role: rep }, ‸{ group: a } ] }" }, "a group inside itself: a → b → a"],
  ["UA-61", "a deleted member", { groups: "{ g: { name: G, members: [ { user: ‸old@acme.test } ] } }" }, "is deleted (expected a user who is not deleted) [UA-61]"],
  ["CA-02", "a profile for a module that is not there", { profiles: "{ p: { name: P, modules: { deals: ‸[VIEW] } } }" }, 'there is no module "deals"'],
  ["TU-21", "a profile for a team module", { profiles: "{ p: { name: P, modules: { ‸tickets: [VIEW] } } }" }, "[TU-21]"],
  ["SH-08", "a reserved module", { modules: `${GOOD["modules"]}\n  ‸notes: { label: Notes }` }, "[SH-08]"],
  ["SH-09", "public forecasts", { modules: `${GOOD["modules"]}\n  forecasts: { default: ‸PUBLIC_READ_ONLY }` }, "forecasts is always private"],
  ["SH-09", "forecasts as a team module", { modules: `${GOOD["modules"]}\n  forecasts: { kind: ‸TEAM }` }, "[SH-09]"],
  ["TU-21", "a default in a team module", { modules: modules("").replace("kind: TEAM", "kind: TEAM, default: ‸PUBLIC_READ_ONLY") }, "a default does not count in a team module"],
  ["BU-01", "a field that every record has", { modules: modules("‸owner: { type: TEXT }") }, 'every record has "owner" already'],
  ["BU-01", "a lookup to a module that is not there", { modules: modules("x: { type: LOOKUP, module: ‸deals }") }, 'there is no module "deals"'],
  ["TU-10", "a team module opened to team users", { teamUserModules: "[ leads, ‸tickets ]" }, "[TU-10]"],
  ["TU-10", "a module opened twice", { teamUserModules: "[ leads, ‸leads ]" }, "listed already"],
  ["TU-10", "an eleventh module", { modules: `${GOOD["modules"]}${"123456789".replace(/./g, "\n  m$&: { label: M$& }")}`, teamUserModules: "[ leads, accounts, m1, m2, m3, m4, m5, m6, m7, m8, ‸m9 ]" }, "TEAM_MODULE_LIMIT: "],
  ["SH-30", "a rule of no module", { sharingRules: "{ r: { module: ‸deals, from: everyone, to: everyone, access: READ_ONLY } }" }, 'there is no module "deals"'],
  ["SH-08", "a rule for notes", { sharingRules: "{ r: { module: ‸notes, from: everyone, to: everyone, access: READ_ONLY } }" }, "[SH-08]"],
  ["SH-09", "a rule for forecasts", { sharingRules: "{ r: { module: ‸forecasts, from: everyone, to: everyone, access: READ_ONLY } }" }, "[SH-09]"],
  ["SH-30", "a rule that is about nothing", { sharingRules: "{ ‸r: { module: leads, to: everyone, access: READ_ONLY } }" }, "neither from nor criteria"],
  ["SH-33", "a rule to a group that is not there", { sharingRules: rule("from: everyone").replace("to: { role: rep }", "to: { group: ‸x }") }, 'there is no group "x"'],
  ["UA-61", "a rule to a deleted user", { sharingRules: rule("from: everyone").replace("to: { role: rep }", "to: { user: ‸old@acme.test }") }, "[UA-61]"],
  ["SH-30", "two rules of one name in a module", { sharingRules: "{ r: { module: leads, from: everyone, to: everyone, access: READ_ONLY }, s: { name: ‸r, module: leads, from: everyone, to: everyone, access: READ_WRITE } }" }, 'CONFLICT: "r" has this name'],
  ["SH-38", "an exact duplicate", { sharingRules: "{ r: { module: leads, criteria: { field: note, op: EQ, value: x }, to: everyone, access: READ_ONLY }, ‸s: { access: READ_ONLY, to: everyone, criteria: { value: x, op: EQ, field: note }, module: leads, active: false } }" }, 'CONFLICT: an exact duplicate of "r"'],
  ["SH-32", "criteria on a field that is not there", { sharingRules: criteria("{ field: ‸stage, op: EQ, value: won }") }, 'the module has no field "stage"'],
  ["SH-32", "an operator that does not fit", { sharingRules: criteria("{ all: [ { field: note, op: IS_NULL }, { field: status, op: ‸GT, value: won } ] }") }, 'GT does not fit "status", which is PICKLIST'],
  ["SH-32", "an option that is not offered", { sharingRules: criteria("{ field: status, op: IN, value: [ won, ‸gone ] }") }, 'expected one of "new", "won"'],
  ["SH-32", "an option that is nearly one", { sharingRules: criteria("{ field: status, op: EQ, value: ‸Won }") }, 'which is PICKLIST (did you mean "won"?)'],
  ["SH-32", "a number as text", { sharingRules: criteria("{ field: revenue, op: GT, value: ‸'5' }") }, "expected a finite number"],
  ["SH-32", "an empty tree", { sharingRules: criteria("{ any: ‸[] }") }, "expected at least one condition"],
  ["SH-32", "a value for IS_NULL", { sharingRules: criteria("{ field: note, op: IS_NULL, ‸value: x }") }, "IS_NULL takes no value"],
  ["SH-32", "criteria without a value", { sharingRules: "{ r: { module: leads, ‸criteria: { field: note, op: EQ }, to: everyone, access: READ_ONLY } }".replace("‸criteria: {", "criteria: ‸{") }, "EQ needs a value"],
  ["SH-32", "criteria that name nobody", { sharingRules: criteria("{ field: boss, op: EQ, value: ‸x@acme.test }") }, 'there is no user "x@acme.test"'],
  ["SH-32", "criteria that name no record", { sharingRules: criteria("{ field: account, op: IN, value: [ acme, ‸other ] }") }, '"accounts" has no record "other"'],
  ["BU-01", "records of no module", { records: "{ deals: ‸{ d: { owner: ray@acme.test, name: D } } }" }, 'there is no module "deals"'],
  ["BU-01", "a record owned by nobody", { records: records("x: { owner: ‸x@acme.test, name: X }") }, 'there is no user "x@acme.test"'],
  ["TU-22", "a team user who owns a lead", { records: records("x: { owner: ‸tia@acme.test, name: X }") }, "[TU-22]"],
  ["BU-01", "a value of no field", { records: value("‸stage: won") }, '"leads" has no field "stage"'],
  ["BU-01", "a value of another type", { records: value("revenue: ‸'5'") }, '"5" is no NUMBER (expected a finite number)'],
  ["BU-01", "a number without end", { records: value("revenue: ‸.inf") }, "values.revenue: found"],
  ["BU-01", "an option that is not offered", { records: value("status: ‸lost") }, 'expected one of "new", "won"'],
  ["BU-01", "an option that is nearly one", { records: value("status: ‸Won") }, '"Won" is no PICKLIST (did you mean "won"?) (expected one of "new", "won")'],
  ["BU-01", "options of which one is nearly one", { modules: modules("x: { type: MULTI_PICKLIST, options: [hot, cold] }"), records: "\n  accounts:\n    acme: { owner: ray@acme.test, name: Acme, values: { city: Ulm, x: ‸[ hot, colt ] } }\n" }, 'a list is no MULTI_PICKLIST (did you mean "cold"?)'],
  ["BU-01", "options that repeat", { records: value("tags: ‸[ a, a ]") }, "expected a list without repetition"],
  ["BU-01", "a day that does not exist", { records: value("met: ‸2026-02-30") }, "is no DATE"],
  ["BU-01", "an instant without an offset", { records: value("called: ‸2026-02-01T00:00:00") }, "is no DATETIME"],
  ["BU-01", "an address without a host", { records: value("mail: ‸ray") }, "is no EMAIL"],
  ["BU-01", "a truth as a number", { records: value("open: ‸1") }, "1 is no BOOLEAN"],
  ["BU-01", "text that Postgres cannot keep", { records: value('note: ‸"a\\0"') }, "is no TEXT"],
  ["AP-17", "a whole number that a double rounds", { records: value("revenue: ‸9007199254740993") }, "a whole one within ±9007199254740991"],
  ["AP-17", "a whole number of twenty digits", { records: value("revenue: ‸-12345678901234567890") }, "is no NUMBER"],
  ["AP-17", "a number in a notation that hides how long it is", { records: value("revenue: ‸1e21") }, "is no NUMBER"],
  ["AP-17", "text that is too long", { records: value(`note: ‸${"n".repeat(10_001)}`) }, "expected text of at most 10000 characters"],
  ["AP-17", "a record named by what has no width", { records: records('x: { owner: ray@acme.test, name: ‸"\\u200b\\u2060" }') }, "at least one character that can be seen"],
  ["AP-17", "a person without a visible name", { users: `${GOOD["users"]}\n  new@acme.test: { name: ‸"\\u3164", role: rep }` }, "at least one character that can be seen"],
  ["AP-17", "a role whose name is too long", { roles: `${GOOD["roles"]}\n  long: { name: ‸${"x".repeat(256)} }` }, "expected a name: at most 255 characters"],
  ["AP-17", "an option that nobody sees", { modules: modules('x: { type: PICKLIST, options: [ a, ‸" " ] }') }, "at least one character that can be seen"],
  ["AP-17", "a rule named by blanks", { sharingRules: rule('name: ‸"\\u00a0", from: everyone') }, "at least one character that can be seen"],
  ["BU-01", "a lookup of no record", { records: value("account: ‸other") }, '"accounts" has no record "other"'],
  ["BU-01", "a user value of nobody", { records: value("boss: ‸x@acme.test") }, 'there is no user "x@acme.test"'],
  ["BU-01", "a required value that is missing", { records: "\n  accounts:\n    ‸acme: { owner: ray@acme.test, name: Acme }\n" }, 'the required value "city" is missing'],
  ["BU-01", "a required value with a key that every object has", { modules: modules("constructor: { type: TEXT, required: true }"), records: "\n  accounts:\n    acme: { owner: ray@acme.test, name: Acme, ‸values: { city: Ulm } }\n" }, 'the required value "constructor" is missing'],
  ["BU-01", "a required value that is null", { records: "\n  accounts:\n    acme: { owner: ray@acme.test, name: Acme, values: { ‸city: null } }\n" }, 'the required value "city" is missing'],
  ["SH-41", "a share of no record", { shares: "[ { record: ‸leads/lead-2, to: { role: rep }, access: FULL } ]" }, 'there is no record "leads/lead-2"'],
  ["UA-61", "a share with a deleted user", { shares: "[ { record: leads/lead-1, to: { user: ‸OLD@acme.test }, access: FULL } ]" }, "[UA-61]"],
  ["SH-09", "a share of a forecast", { records: "{ forecasts: { q1: { owner: ray@acme.test, name: Q1 } } }", shares: "[ { record: ‸forecasts/q1, to: { role: rep }, access: FULL } ]" }, "[SH-09]"],
  ["SA-02", "an agent who is a member", { supportAccess: "{ agent: ‸RAY@acme.test, expiresOn: 2026-12-31 }" }, "CONFLICT: "],
  ["SA-02", "a grant that ends before it begins", { supportAccess: "{ agent: a@vendor.test, grantedAt: 2026-12-31T23:30:00Z, expiresOn: ‸2026-12-31 }" }, "is before 2027-01-01, the day of grantedAt in Europe/Berlin"],
  ["SA-02", "a grant that ends after the last instant", { organization: organization("timeZone: UTC"), supportAccess: "{ agent: a@vendor.test, expiresOn: ‸9999-12-31 }" }, "ends after the year 9999"],
  ["SA-02", "a grant that begins on the last day", { supportAccess: "{ agent: a@vendor.test, grantedAt: ‸9999-12-31T23:59:59.999Z, expiresOn: 9999-12-31 }" }, "ends after the year 9999"],
  ["SA-06", "a share with the agent", { supportAccess: "{ agent: a@vendor.test, expiresOn: 2026-12-31 }", shares: "[ { record: leads/lead-1, to: { user: ‸a@vendor.test }, access: FULL } ]" }, "there is no user"],
  ["CA-03", "an unknown denial", { supportAccess: "{ agent: a@vendor.test, expiresOn: 2026-12-31, extraDenials: [ ‸FLY ] }" }, "expected one of MANAGE_DATA_SHARING"],
  ["BU-04", "an expectation about nobody", { expect: "{ access: [ { user: ‸x@acme.test, module: leads, read: [] } ] }" }, 'there is no user "x@acme.test"'],
  ["BU-04", "an expectation about no module", { expect: "{ access: [ { user: ray@acme.test, module: ‸deals, read: [] } ] }" }, 'there is no module "deals"'],
  ["BU-04", "an expectation about no record", { expect: "{ access: [ { user: ray@acme.test, module: leads, read: [ lead-1, ‸lead-2 ] } ] }" }, '"leads" has no record "lead-2"'],
  ["BU-04", "an expectation that expects nothing", { expect: "{ access: [ ‸{ user: ray@acme.test, module: leads } ] }" }, "the row names no action"],
  ["BU-04", "a capability allowed and denied", { expect: "{ capabilities: [ { user: ray@acme.test, allowed: [ SEND_EMAIL ], denied: [ ‸SEND_EMAIL ] } ] }" }, "expected either allowed or denied"],
];

test("BU-01 the file that the bad ones differ from is right", () => {
  expect(faultsOf(bad({}).text)).toEqual([]);
});

describe("BU-01 a file of the wrong shape", () => {
  test.each(SHAPE)("BU-01 %s", (_title, sections, expected) => expectFault(sections, expected));
});

describe("BU-01 a file that does not fit together", () => {
  test.each(MEANING)("BU-01 %s %s", (_requirement, _title, sections, expected) =>
    expectFault(sections, expected),
  );
});

describe("BU-01 the faults of a file", () => {
  test("BU-01 are told all at once, in the order of the file, with line, column, path and what was expected", () => {
    const text = [
      "sightline: 1",
      "organization: { key: acme, name: Acme, timeZone: UTC, edition: STANDARD, seats: { regular: 1, team: 0 }, superAdmin: root@acme.test }",
      "roles:",
      "  ceo: { name: CEO, colour: red }",
      "users:",
      "  root@acme.test: { name: Root, role: boss }",
      "  ray@acme.test: { name: Ray, role: ceo, profile: vip }",
      "modules:",
      "  leads: { label: Leads }",
      "records:",
      "  leads:",
      "    lead-1:",
      "      owner: nobody@acme.test",
      "      name: One",
      "tail: 1",
      "",
    ].join("\r\n");
    expect(
      faultsOf(text).map(({ line, column, path, requirement }) => [line, column, path, requirement]),
    ).toEqual([
      [2, 92, "organization.seats.regular", "UA-10"],
      [4, 21, "roles.ceo.colour", null],
      [6, 39, 'users["root@acme.test"].role', null],
      [7, 51, 'users["ray@acme.test"].profile', null],
      [13, 14, "records.leads.lead-1.owner", null],
      [15, 1, "tail", null],
    ]);
  });

  test("BU-01 a reference to a malformed entry is no second fault", () => {
    const faults = faultsOf(bad({ roles: `${GOOD["roles"]}`.replace("name: Rep", "name: 5") }).text);
    expect(faults.map(({ path }) => path)).toEqual(["roles.rep.name"]);
  });

  test("BU-01 of JSON have places too", () => {
    const text = JSON.stringify(
      { sightline: 1, organization: {}, roles: {}, users: {}, extra: true },
      null,
      1,
    );
    const faults = faultsOf(text);
    expect(faults.map(({ path }) => path)).toContain("extra");
    expect(faults.find(({ path }) => path === "extra")).toMatchObject({ line: 6, column: 2 });
  });

  test.each([
    ["nothing", ""],
    ["a comment", "# nothing\n"],
    ["a list", "- 1\n"],
    ["a word", "acme\n"],
  ])("BU-01 of a file that is %s", (_title, text) => {
    expect(faultsOf(text)[0]).toMatchObject({ line: 1, message: "the file is no map" });
  });

  test("BU-01 a small file cannot become a large one by aliases", () => {
    const bomb = Array.from(
      { length: 12 },
      (_, level) =>
        `  l${level}: &l${level} { ${"abcdefghij".replace(/./g, (key) => `${key}: ${level === 0 ? "1" : `*l${level - 1}`}, `)} }`,
    );
    expect(
      faultsOf(`sightline: 1\nroles:\n${bomb.join("\n")}\n`).some(({ message }) =>
        message.includes("too large"),
      ),
    ).toBe(true);
  });

  test("BU-01 a file may not be nested without end", () => {
    expect(
      faultsOf(
        bad({
          sharingRules: criteria(`${"{ all: [ ".repeat(60)}{ field: note, op: IS_NULL }${" ] }".repeat(60)}`),
        }).text,
      ).some(({ message }) => message.includes("nested deeper")),
    ).toBe(true);
    expect(
      faultsOf(
        bad({
          sharingRules: criteria(`${"{ all: [ ".repeat(33)}{ field: note, op: IS_NULL }${" ] }".repeat(33)}`),
        }).text,
      )[0]?.message,
    ).toContain("too deep");
  });
});

function expectFault(sections: Sections, expected: string): void {
  const { text, place } = bad(sections);
  const faults = faultsOf(text);
  const described = faults.map((fault) => new InvalidPolicy([fault]).message);
  expect(faults).not.toEqual([]);
  expect(described.join("\n")).toContain(expected);
  if (place !== null)
    expect(described.find((line) => line.includes(expected))).toContain(
      `acme.yaml:${place.line}:${place.column}:`,
    );
}

function faultsOf(text: string): readonly PolicyFault[] {
  try {
    parseOrganizationFile(text, "acme.yaml");
    return [];
  } catch (error) {
    if (error instanceof InvalidPolicy) return error.faults;
    throw error;
  }
}
