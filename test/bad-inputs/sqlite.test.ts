import { badInputs } from "./bad-inputs.ts";

badInputs("sqlite", { firstSeed: 1, inputs: 7_000 });
