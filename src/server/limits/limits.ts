import type { Plugin } from "graphql-yoga";
import type { Settings } from "../../settings/settings.ts";
import type { ServerContext } from "../exchange.ts";
import { limitsCost } from "./cost.ts";
import { limitsDocuments } from "./document.ts";
import { limitsRates } from "./rate.ts";
import { limitsTime } from "./time.ts";
import { limitsVariables } from "./variables.ts";

/** Every limit on what a request may ask (AP-10), in the order in which they are held; its size is yoga's. */
export function limits(settings: Settings): readonly Plugin<object, ServerContext>[] {
  return [
    limitsRates(settings),
    limitsVariables,
    limitsDocuments(settings),
    limitsCost(settings),
    limitsTime(settings),
  ];
}
