import { describeEffects } from "./effects.ts";

describeEffects("sqlite");
