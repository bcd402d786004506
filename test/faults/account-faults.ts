import { type Fault, onDatabases } from "./fault.ts";

const reading = (titles: string) => onDatabases(["graphql/audit/readings.test.ts"], titles);
const accounts = (titles: string) => onDatabases(["graphql/people/takeover.test.ts"], titles);
const invited = (titles: string) => onDatabases(["graphql/people/leaving/never-accepted.test.ts"], titles);

/** In who comes in, with what, and what is told of it. */
export const ACCOUNT_FAULTS: readonly Fault[] = [
  {
    name: "what the support agent is shown is not noted",
    file: "store/records/row.ts",
    find: "for (const id of admitted) viewer.request.shown?.add(id);",
    replace: "",
    ...reading("SA-09"),
  },
  {
    name: "the support agent is answered although the log cannot be written",
    file: "server/sign-in/tells-reading.ts",
    find: "setResult({ errors: [createGraphQLError(originalError.message, { originalError })] });",
    replace: "void createGraphQLError(originalError.message, { originalError });",
    ...onDatabases(["graphql/audit/failing.test.ts"], "SA-09"),
  },
  {
    name: "the log tells of records that its reader does not reach",
    file: "store/audit/shown/values.ts",
    find: 'return found.flatMap((id) => (id === null ? [] : [toGlobalId("Record", id)]));',
    replace: 'return found.flatMap((_, at) => toGlobalId("Record", asId(asked[at] ?? "")));',
    ...reading("SA-22"),
  },
  {
    name: "refused items of many leave no event",
    file: "graphql/core/mutation.ts",
    find: "for (const refusal of refusalsIn(result))",
    replace: "for (const refusal of refusalsIn(null))",
    ...onDatabases(["graphql/audit/refusals.test.ts"], "refused items"),
  },
  {
    name: "the address of who administers an application is anybody's to change",
    file: "store/people/address/admit.ts",
    find: "if (!application.administrators.has(user.id) || viewerAdministers(viewer, application)) continue;",
    replace: "if (viewerAdministers(viewer, application) || user.id !== viewer.user.id) continue;",
    ...accounts("UA-63 UA-01"),
  },
  {
    name: "CRM of an administrator is switched by who administers CRM",
    file: "store/applications/step.ts",
    find: "if (profile !== undefined) admitToProfile(viewer, profile);",
    replace: "",
    ...accounts("UA-31 CA-02"),
  },
  {
    name: "support takes away what is denied to it",
    file: "store/profiles/admit.ts",
    find: "if (kept.has(capability) || viewerHolds(viewer, capability)) continue;",
    replace: "continue;",
    ...onDatabases(["graphql/profiles/profile-refusals.test.ts"], "SA-07"),
  },
  {
    name: "an address of the vendor is free",
    file: "store/core/agents-address.ts",
    find: "return store.supportAgents.has(email);",
    replace: 'return store.supportAgents.has("");',
    ...accounts("SA-06"),
  },
  {
    name: "who never accepted comes back active",
    file: "store/people/leaving/deactivate.ts",
    find: "data: { neverAccepted: true },",
    replace: "data: { neverAccepted: false },",
    ...invited("UA-43"),
  },
  {
    name: "who is invited again when they come back gets no mail",
    file: "store/applications/write-steps.ts",
    find: "if (invited.length > 0) await invite(writing, invited);",
    replace: "",
    ...invited("UA-43 UA-13"),
  },
  {
    name: "mail is bounded for a person, not for an address",
    file: "store/mail/few.ts",
    find: "const sent = Math.max(person?._count.id ?? 0, place?._count.id ?? 0);",
    replace: "const sent = person?._count.id ?? 0;",
    ...invited("AP-10"),
  },
  {
    name: "an answer may hide behind a name that objects keep for themselves",
    file: "store/applications/values.ts",
    find: "const own = Object.fromEntries(answers);",
    replace:
      "const own: Record<string, unknown> = {};\n  for (const [key, value] of answers) own[key] = value;",
    ...onDatabases(["graphql/applications/assignments.test.ts"], "UA-30"),
  },
];
