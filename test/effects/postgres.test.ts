import { describeEffects } from "./effects.ts";

describeEffects("postgres");
