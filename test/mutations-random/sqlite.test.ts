import { testSequence } from "./sequences.ts";

testSequence({ kind: "sqlite", hierarchy: "ROLE", seed: 1 });
