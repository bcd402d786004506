import { casl } from "./casl.ts";
import type { Contender } from "./contender.ts";
import { prismaWhere } from "./prisma.ts";
import { rowLevelSecurity } from "./row-level-security.ts";
import { zenstack } from "./zenstack/zenstack.ts";

/** Everything that Sightline is compared with, in the order of the table. */
export const CONTENDERS: readonly Contender[] = [casl, prismaWhere, zenstack, rowLevelSecurity];
