import { badInputs } from "./bad-inputs.ts";

badInputs("postgres", 100_001);
