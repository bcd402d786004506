import { testSequence } from "./sequences.ts";

testSequence({ kind: "postgres", hierarchy: "REPORTING", seed: 2 });
