import type { Feature } from "./edits.ts";
import { HIERARCHY } from "./hierarchy.ts";
import { PEOPLE } from "./people.ts";
import { RULES } from "./rules.ts";
import { SHARES } from "./shares.ts";
import { SUPPORT } from "./support.ts";

export type { Feature } from "./edits.ts";

/** Everything a random organisation may have, each with a way to take it out. */
export const FEATURES: readonly Feature[] = [...PEOPLE, ...HIERARCHY, ...RULES, ...SHARES, ...SUPPORT];
