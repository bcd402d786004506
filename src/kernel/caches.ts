/** Something kept in memory that could be had again, at a price. */
type Cache = {
  /** Where it is made, below `src`, and by what. */
  readonly at: `${string}.ts: ${string}`;
  readonly keeps: string;
  /** What keeps it from growing for ever, in words; sizes that the code goes by stand beside it. */
  readonly boundedBy: string;
  readonly emptiedBy: string;
};

/** Every cache there is: what it keeps, what bounds it and who empties it. Whoever keeps something goes by this table. */
export const CACHES = {
  policies: {
    at: "store/core/policies.ts: new LRUCache",
    keeps: "compiled policies, one version of each organisation",
    boundedBy: "bytes, by SIGHTLINE_POLICY_CACHE_BYTES; those used last stay",
    bytes: 512_000_000,
    emptiedBy: "the next version of the organisation, which takes its place",
  },
  reaches: {
    at: "store/core/policies.ts: new LRUCache",
    keeps: "what viewers reach under the version in force",
    boundedBy: "bytes, by SIGHTLINE_REACH_CACHE_BYTES; those used last stay",
    bytes: 256_000_000,
    emptiedBy: "the next version of the organisation, and of a viewer the next grant that begins or ends",
  },
  readings: {
    at: "store/core/policies.ts: new Map",
    keeps: "versions that are being read, so that requests of the same moment share the reading",
    boundedBy: "the readings under way",
    emptiedBy: "the end of the reading",
  },
  derived: {
    at: "policy/model/policy.ts: memo",
    keeps:
      "what was derived from a policy, its lists in order among it, and for one viewer from a compilation of reaches",
    boundedBy: "the people, roles, groups, rules and modules of the organisation; counted with its policy",
    emptiedBy: "the policy or the compilation, which it goes with",
  },
  conditions: {
    at: "policy/ask/ability.ts: new WeakMap",
    keeps: "the conditions found in an ability",
    boundedBy: "modules by actions",
    emptiedBy: "the ability, which it goes with",
  },
  offeredOptions: {
    at: "policy/criteria/field-value.ts: new WeakMap",
    keeps: "the options of fields, for asking whether one is offered",
    boundedBy: "the options of the policies that are kept",
    emptiedBy: "the field's row of the policy, which it goes with",
  },
  grantKeys: {
    at: "store/reach/branches/branches.ts: new WeakMap",
    keeps: "the keys of a reach, by the ways in which statements ask for them",
    boundedBy: "the keys of the reach; counted with it",
    emptiedBy: "the reach, which it goes with",
  },
  singleOwners: {
    at: "store/reach/sql/single-owner.ts: new WeakMap",
    keeps: "the one owner of a mask",
    boundedBy: "one for each mask",
    emptiedBy: "the mask, which it goes with",
  },
  maskBytes: {
    at: "store/reach/sqlite.ts: new WeakMap",
    keeps: "masks of owners as SQLite is given them",
    boundedBy: "a byte for each owner of a mask",
    emptiedBy: "the mask, which it goes with",
  },
  counts: {
    at: "store/reach/plan/densities.ts: new LRUCache",
    keeps: "how many records each owner has, for choosing plans",
    boundedBy: "bytes, by modules and owners; organisations asked for last stay",
    bytes: 64_000_000,
    emptiedBy: "the next count, ten minutes later at the earliest, which takes its place",
  },
  densities: {
    at: "store/reach/plan/densities.ts: new WeakMap",
    keeps: "how frequent the rows of a reach are",
    boundedBy: "one for each reach",
    emptiedBy: "the reach, which it goes with, and the next count",
  },
  foldedNames: {
    at: "store/directory/search.ts: new WeakMap",
    keeps: "names and addresses of people as a search compares them",
    boundedBy: "two texts for each person of the policies that are kept",
    emptiedBy: "the person's row of the policy, which it goes with",
  },
  spentOnFilters: {
    at: "store/records/budget.ts: new WeakMap",
    keeps: "what the lists of an operation have cost, and how much it has shown of values",
    boundedBy: "two numbers for each operation",
    emptiedBy: "the operation, which it goes with",
  },
  turns: {
    at: "store/core/turns.ts: new WeakMap",
    keeps: "when an operation had its turn last",
    boundedBy: "a number for each operation",
    emptiedBy: "the operation, which it goes with",
  },
  fieldsListed: {
    at: "graphql/core/list-work.ts: new WeakMap",
    keeps:
      "how much the lists of an operation had, and how many fields a document selects below each of its fields",
    boundedBy: "a number for each operation, and for each field of the documents that are kept",
    emptiedBy: "the operation and the document, which it goes with",
  },
  loaders: {
    at: "store/core/loaders.ts: new WeakMap",
    keeps: "the loaders of a viewer",
    boundedBy: "one of each kind",
    emptiedBy: "the viewer, whom it goes with",
  },
  rowsOfRequest: {
    at: "store/core/loaders.ts: new DataLoader",
    keeps: "rows that a request has read",
    boundedBy: "what one operation may cost",
    emptiedBy: "the viewer, whom it goes with",
  },
  statements: {
    at: "database/kept-statements.ts: new LRUCache",
    keeps: "prepared statements of a connection to SQLite",
    boundedBy: "their number and the length of each; those used last stay",
    entries: 200,
    charactersEach: 20_000,
    emptiedBy: "the end of the connection",
  },
  statementNames: {
    at: "database/statement-name.ts: new LRUCache",
    keeps: "names under which connections to Postgres keep prepared statements",
    boundedBy: "the bytes of the statements; those used last stay",
    bytes: 16_000_000,
    emptiedBy: "nobody: a name stays right",
  },
  columnsOfOneByte: {
    at: "database/migrate/migrate-postgres.ts: new WeakMap",
    keeps: "columns of an answer whose type has to be put right, while migrating",
    boundedBy: "one for each answer",
    emptiedBy: "the answer, which it goes with",
  },
  aliases: {
    at: "file/reading/node.ts: new WeakMap",
    keeps: "what the aliases of a YAML document stand for, and its entries by key",
    boundedBy: "the document's size",
    emptiedBy: "the document, which it goes with",
  },
  seenTokens: {
    at: "store/core/audit/sign-ins.ts: new LRUCache",
    keeps: "which tokens have been told as sign-ins, by their hashes",
    boundedBy: "their number; those used last stay",
    entries: 10_000,
    emptiedBy: "nobody: what was told stays told",
  },
  documents: {
    at: "server/http/kept-documents.ts: new LRUCache",
    keeps:
      "GraphQL documents that were parsed, with what validation said, and the errors of those that could not be",
    boundedBy: "the number and the bytes of each kind; those used last stay",
    entries: 1_024,
    bytes: 64_000_000,
    emptiedBy: "nobody: the schema does not change while the server runs",
  },
  keySet: {
    at: "server/sign-in/verify-token.ts: createRemoteJWKSet",
    keeps: "the keys of the identity provider",
    boundedBy: "age",
    ageMs: 600_000,
    emptiedBy: "the next fetch: when they are too old, or a token names a key that is not among them",
  },
  requestsCounted: {
    at: "server/limits/rate.ts: new RateLimiterMemory",
    keeps: "how often users, operations and addresses have asked",
    boundedBy: "the time in which requests are counted, by SIGHTLINE_RATE_WINDOW",
    emptiedBy: "the end of that time",
  },
} as const satisfies Readonly<Record<string, Cache & Sizes>>;

type Sizes = {
  readonly bytes?: number;
  readonly entries?: number;
  readonly charactersEach?: number;
  readonly ageMs?: number;
};
