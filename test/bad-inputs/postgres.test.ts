import { badInputs } from "./bad-inputs.ts";

badInputs("postgres", { firstSeed: 100_001, inputs: 3_000 });
