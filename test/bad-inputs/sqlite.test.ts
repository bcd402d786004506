import { badInputs } from "./bad-inputs.ts";

badInputs("sqlite", 1);
