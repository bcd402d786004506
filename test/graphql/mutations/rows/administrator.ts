import { absentId } from "../../noun-id.ts";
import type { MutationRow } from "../row.ts";

const ROOT = "root@acme.test";
const PIA = "pia@acme.test";
const effect = "{ users(filter: ALL) { edges { node { name isAdministrator } } } }";

/** Pia manages people, and is no administrator. */
export const administratorRows: readonly MutationRow[] = [
  {
    name: "addAdministrators",
    effect,
    noCapability: {
      as: PIA,
      input: async (gateway) => ({ users: [await gateway.user("ray@acme.test")] }),
      code: "FORBIDDEN",
    },
    outOfReach: {
      as: ROOT,
      input: async (gateway) => ({ users: [await gateway.user("ray@acme.test"), absentId("User")] }),
      code: "NOT_FOUND",
      field: "input.users.1",
    },
    notWritable: {
      as: ROOT,
      input: async (gateway) => ({ users: [await gateway.user("ian@acme.test")] }),
      code: "ACTION_NOT_AVAILABLE",
      field: "input.users.0",
    },
    allowed: {
      as: ROOT,
      input: async (gateway) => ({ users: [await gateway.user("ray@acme.test")] }),
      payload: "users { name isAdministrator }",
    },
  },
  {
    name: "revokeAdministrator",
    effect,
    noCapability: {
      as: PIA,
      input: async (gateway) => ({ id: await gateway.user(ROOT) }),
      code: "FORBIDDEN",
    },
    outOfReach: {
      as: ROOT,
      input: async () => ({ id: absentId("User") }),
      code: "NOT_FOUND",
      field: "input.id",
    },
    notWritable: {
      as: ROOT,
      input: async (gateway) => ({ id: await gateway.user(ROOT) }),
      code: "LAST_ADMINISTRATOR",
      field: "input.id",
    },
    allowed: {
      as: ROOT,
      input: async (gateway) => {
        const id = await gateway.user("ann@acme.test");
        await gateway.data(
          ROOT,
          "mutation ($input: AddAdministratorsInput!) { addAdministrators(input: $input) { __typename } }",
          { input: { users: [id] } },
        );
        return { id };
      },
      payload: "user { name isAdministrator }",
    },
  },
];
