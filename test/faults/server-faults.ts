import { type Fault, onDatabases } from "./fault.ts";

const BOUNDS = { tests: ["server/bounds.test.ts"] } as const;
const SIGN_IN = { tests: ["server/sign-in/sign-in.test.ts"] } as const;

/** Faults at the edge: what a request may cost, what is no request, and who asks. */
export const SERVER_FAULTS: readonly Fault[] = [
  {
    name: "the server: any number of values is coerced",
    file: "server/limits/variables.ts",
    find: "if (values > max)\n",
    replace: "if (values < 0)\n",
    ...BOUNDS,
  },
  {
    name: "the server: a body is parsed before it is measured",
    file: "server/limits/variables.ts",
    find: "async () => requireSmall(await read(), maxFor(exchange));",
    replace: "read;",
    tests: ["server/json-size.test.ts"],
  },
  {
    name: "the server: coercion goes on to the last fault",
    file: "server/http/variables.ts",
    find: "{ maxErrors: MOST_FAULTS_TOLD, hideSuggestions }",
    replace: "{ hideSuggestions }",
    ...BOUNDS,
  },
  {
    name: "the server: a closed schema proposes its names for wrong ones",
    file: "server/http/variables.ts",
    find: "{ maxErrors: MOST_FAULTS_TOLD, hideSuggestions }",
    replace: "{ maxErrors: MOST_FAULTS_TOLD }",
    ...BOUNDS,
  },
  {
    name: "the server: a stranger's body may be as large as a member's",
    file: "server/limits/body.ts",
    find: "if (length > ANONYMOUS.bytes) throw",
    replace: "if (length < 0) throw",
    ...BOUNDS,
  },
  {
    name: "the server: a stranger's body in chunks is read to its end",
    file: "server/limits/body.ts",
    find: "if (bytes > ANONYMOUS.bytes) throw",
    replace: "if (bytes < 0) throw",
    ...BOUNDS,
  },
  {
    name: "the server: refused tokens are not counted",
    file: "server/sign-in/open-session.ts",
    find: "if (error instanceof Unauthenticated) await countRefused(request, serverContext);",
    replace: "",
    ...onDatabases(["server/limits-in-time.test.ts"], "refused tokens"),
  },
  {
    name: "the server: a Host that is none fails in the adapter",
    file: "server/http/node-handler.ts",
    find: "    requireAddress(req);\n",
    replace: "",
    tests: ["server/malformed.test.ts"],
  },
  {
    name: "the server: a body may look like a promise, or like an answer",
    file: "server/http/json-posts.ts",
    find: "if (value === null || MEMBERS.has(name)) continue;",
    replace: "if (value !== null) continue;",
    tests: ["server/malformed.test.ts"],
  },
  {
    name: "the server: what Node cannot read leaves no line",
    file: "server/http/listen.ts",
    find: "  answersMalformed(server, parts.log);\n",
    replace: "",
    tests: ["server/malformed.test.ts"],
  },
  {
    name: "the server: addresses are folded by Unicode",
    file: "kernel/text.ts",
    find: "email.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())",
    replace: "email.toLowerCase()",
    tests: ["kernel/text.test.ts"],
  },
  {
    name: "the server: an address that is unverified in text is taken for verified",
    file: "server/sign-in/verify-token.ts",
    find: 'isVerified !== undefined && isVerified !== true && isVerified !== "true"',
    replace: "isVerified === false",
    ...SIGN_IN,
  },
  {
    name: "the server: the person comes from whichever claim is there",
    file: "server/sign-in/verify-token.ts",
    find: "claim === null ? payload : asPerson(payload[claim])",
    replace: "claim === null || payload[claim] === undefined ? payload : asPerson(payload[claim])",
    ...SIGN_IN,
  },
  {
    name: "the server: a database that is busy is a failure of ours",
    file: "database/busy.ts",
    find: "if (!couldNotBegin(error)) throw error;",
    replace: "if (!couldNotBegin(error) || waitMs > 0) throw error;",
    ...onDatabases(["database/busy.test.ts"], "busy"),
  },
];
