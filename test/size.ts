/** How often the tests repeat with other chances what they repeat. What is tested is the same in every size. */
type Size = {
  /** Random organisations, a multiple of 25, in which engine and oracle agree, and how many decisions that are at least. */
  readonly agreement: {
    readonly sqlite: { readonly worlds: number; readonly decisions: number };
    readonly postgres: { readonly worlds: number; readonly decisions: number };
  };
  /** How often each pair of mutations meets at most, if it does not take longer until either of them came first. */
  readonly races: number;
  /** Inputs that are refused. */
  readonly badInputs: { readonly sqlite: number; readonly postgres: number };
  /** Random mutations one after another, at least; it goes on until every one was done. */
  readonly mutations: number;
  /** Of so many attempts at a change each caller makes one, and another caller the next; on SQLite the super administrator all. */
  readonly effects: { readonly sqlite: number; readonly postgres: number };
  /** How often the process that sends two hundred invitations is killed. */
  readonly kills: number;
  /** Random organisations, eight at most, that come back from their export to the byte. */
  readonly exports: number;
  /** An organisation with many of a kind, beyond what a statement takes. */
  readonly many: {
    readonly ofEach: number;
    readonly modules: readonly [modules: number, fields: number];
    /** Whether each kind has an organisation of its own; otherwise all are in one. */
    readonly isByItself: boolean;
  };
  /** What each person tries to find out about what they do not reach. */
  readonly sideChannels: {
    /** Questions that follow no plan, besides every comparison and every order. */
    readonly questions: number;
    /** Fields that all of them ask for together, at least. */
    readonly asked: number;
    /** Mutations in two worlds. */
    readonly mutations: number;
    /** Inputs of each mutation, where a record can be named and where none was so far. */
    readonly inputs: { readonly ofRecords: number; readonly ofOthers: number };
  };
};

/** What a change is tried with: `npm test`. */
const QUICK: Size = {
  agreement: { sqlite: { worlds: 50, decisions: 900_000 }, postgres: { worlds: 25, decisions: 450_000 } },
  races: 10,
  badInputs: { sqlite: 1_000, postgres: 1_000 },
  mutations: 60,
  effects: { sqlite: 8, postgres: 24 },
  kills: 5,
  exports: 2,
  many: { ofEach: 1_100, modules: [60, 20], isByItself: false },
  sideChannels: { questions: 100, asked: 2_000, mutations: 70, inputs: { ofRecords: 6, ofOthers: 3 } },
};

/** What is proved in the end: `CI=true npm test`. */
const DEEP: Size = {
  agreement: { sqlite: { worlds: 250, decisions: 3_850_000 }, postgres: { worlds: 50, decisions: 780_000 } },
  races: 100,
  badInputs: { sqlite: 7_000, postgres: 3_000 },
  mutations: 200,
  effects: { sqlite: 1, postgres: 6 },
  kills: 30,
  exports: 8,
  many: { ofEach: 10_000, modules: [200, 20], isByItself: true },
  sideChannels: { questions: 100, asked: 2_000, mutations: 70, inputs: { ofRecords: 6, ofOthers: 3 } },
};

/** The only place that says how much a run does: deep when `CI` is `true`, quick otherwise. */
export const size: Size = process.env["CI"] === "true" ? DEEP : QUICK;
