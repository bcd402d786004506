import { ACCOUNT_FAULTS } from "./account-faults.ts";
import type { Fault } from "./fault.ts";
import { FILE_FAULTS } from "./file-faults.ts";
import { GRAPHIQL_FAULTS } from "./graphiql-faults.ts";
import { LIST_FAULTS } from "./list-faults.ts";
import { POLICY_FAULTS } from "./policy-faults.ts";
import { SERVER_FAULTS } from "./server-faults.ts";
import { STEP_FAULTS } from "./step-faults.ts";
import { VERSION_FAULTS } from "./version-faults.ts";
import { WRITE_FAULTS } from "./write-faults.ts";

/** Every fault must make one of its tests fail; one that survives is a hole in the tests. */
export const FAULTS: readonly Fault[] = [
  ...POLICY_FAULTS,
  ...VERSION_FAULTS,
  ...LIST_FAULTS,
  ...WRITE_FAULTS,
  ...STEP_FAULTS,
  ...ACCOUNT_FAULTS,
  ...SERVER_FAULTS,
  ...FILE_FAULTS,
  ...GRAPHIQL_FAULTS,
];
