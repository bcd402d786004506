import type { Gateway } from "../../gateway.ts";
import { absentId } from "../../noun-id.ts";
import type { MutationRow } from "../row.ts";
import { mutationText } from "../rows.ts";

const RAY = "ray@acme.test";
const REX = "rex@acme.test";
const PAM = "pam@acme.test";
const PIA = "pia@acme.test";
const ROOT = "root@acme.test";

const PEOPLE = "{ users(filter: ALL) { edges { node { name email status } } } outbox { to token } }";

/** The token of the newest mail to an address. */
export async function mailedTo(gateway: Gateway, address: string): Promise<string> {
  const { outbox } = await gateway.data(ROOT, "{ outbox { to token } }");
  return outbox.find(
    (mail: { readonly to: string; readonly token: string | null }) =>
      mail.to === address && mail.token !== null,
  ).token;
}

/** The token of an invitation that Pam has just been sent. */
export async function invitationOf(gateway: Gateway): Promise<string> {
  await gateway.data(PIA, mutationText("resendInvitation"), { input: { id: await gateway.user(PAM) } });
  return mailedTo(gateway, PAM);
}

let count = 0;

/** The token of a mail that asks somebody whether an address is theirs. */
export async function confirmationOf(gateway: Gateway, email: string): Promise<string> {
  count += 1;
  const address = `new-${count}@acme.test`;
  const input = { id: await gateway.user(email), email: address };
  await gateway.data(email, mutationText("changeUserEmail"), { input });
  return mailedTo(gateway, address);
}

const NO_TOKEN = "x".repeat(43);

export const invitationRows: readonly MutationRow[] = [
  {
    name: "resendInvitation",
    effect: PEOPLE,
    noCapability: {
      as: RAY,
      input: async (gateway) => ({ id: await gateway.user(PAM) }),
      code: "FORBIDDEN",
    },
    outOfReach: {
      as: PIA,
      input: async () => ({ id: absentId("User") }),
      code: "NOT_FOUND",
      field: "input.id",
    },
    notWritable: {
      as: PIA,
      input: async (gateway) => ({ id: await gateway.user(REX) }),
      code: "ACTION_NOT_AVAILABLE",
      field: "input.id",
    },
    allowed: {
      as: PIA,
      input: async (gateway) => ({ id: await gateway.user(PAM) }),
      payload: "user { name }",
    },
  },
  {
    name: "acceptInvitation",
    effect: PEOPLE,
    noCapability: { why: "who holds the token needs nothing else" },
    outOfReach: {
      as: null,
      input: async () => ({ token: NO_TOKEN }),
      code: "NOT_FOUND",
      field: "input.token",
    },
    notWritable: { why: "a token is its holder's to use" },
    allowed: {
      as: null,
      input: async (gateway) => ({ token: await invitationOf(gateway) }),
      payload: "user { name email } token",
    },
  },
  {
    name: "changeUserEmail",
    effect: PEOPLE,
    noCapability: {
      as: RAY,
      input: async (gateway) => ({ id: await gateway.user(REX), email: "rexx@acme.test" }),
      code: "FORBIDDEN",
    },
    outOfReach: {
      as: PIA,
      input: async () => ({ id: absentId("User"), email: "rexx@acme.test" }),
      code: "NOT_FOUND",
      field: "input.id",
    },
    notWritable: {
      as: PIA,
      input: async (gateway) => ({ id: await gateway.user(ROOT), email: "rooot@acme.test" }),
      code: "FORBIDDEN",
    },
    allowed: {
      as: ROOT,
      input: async (gateway) => ({ id: await gateway.user(REX), email: "rexx@acme.test" }),
      payload: "user { name email } isConfirmationSent",
    },
  },
  {
    name: "confirmUserEmail",
    effect: PEOPLE,
    noCapability: {
      as: "tia@acme.test",
      input: async (gateway) => ({ token: await confirmationOf(gateway, RAY) }),
      code: "NOT_FOUND",
      field: "input.token",
    },
    outOfReach: {
      as: RAY,
      input: async () => ({ token: NO_TOKEN }),
      code: "NOT_FOUND",
      field: "input.token",
    },
    notWritable: { why: "a token is its holder's to use" },
    allowed: {
      as: RAY,
      input: async (gateway) => ({ token: await confirmationOf(gateway, RAY) }),
      payload: "user { name email }",
    },
  },
];
