import type { Operation } from "../operation.ts";
import { check } from "./check.ts";
import { filtered } from "./filtered.ts";
import { growth } from "./growth.ts";
import { memory } from "./memory.ts";
import { others } from "./others.ts";
import { page } from "./page.ts";
import { policyChange } from "./policy-change.ts";
import { reach } from "./reach.ts";
import { request } from "./request.ts";
import { total } from "./total.ts";

/** Everything that is measured, in the order of the table. */
export const OPERATIONS: readonly Operation[] = [
  page,
  total,
  check,
  filtered,
  request,
  reach,
  policyChange,
  growth,
  memory,
  others,
];
