import type { Answer, Gateway, Shown } from "../gateway.ts";
import { atVersion, profileId } from "../noun-id.ts";
import { ACME } from "../world.ts";

export const ROOT = "root@acme.test";
/** Kim manages profiles, and holds two capabilities of her own. */
export const KIM = "kim@acme.test";
export const RAY = "ray@acme.test";

/** The world with profiles to change, and with those who have them. */
export const WORLD = ACME.replace(
  "profiles:\n",
  `profiles:
  keeper: { name: Keeper, modules: {}, capabilities: [MANAGE_PROFILES, SEND_EMAIL] }
  seller: { name: Seller, modules: { leads: [VIEW, EDIT], deals: [VIEW] }, capabilities: [SEND_EMAIL, START_CALL] }
  idle: { name: Idle, modules: {}, capabilities: [] }
`,
).replace(
  "groups:\n",
  `  kim@acme.test: { name: Kim, role: service, profile: keeper }
  sam@acme.test: { name: Sam, role: rep, profile: seller }
  gus@acme.test: { name: Gus, role: rep, profile: seller, status: INACTIVE }
  eve@acme.test: { name: Eve, role: rep, profile: seller, status: DELETED }
groups:
`,
);

const PROFILE = "profile { id key name kind capabilities modules { module { key } permissions } }";
export const CREATE = `mutation ($input: CreateProfileInput!) { createProfile(input: $input) { ${PROFILE} } }`;
export const UPDATE = `mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { ${PROFILE} } }`;
export const DELETE = `mutation ($input: DeleteProfileInput!) { deleteProfile(input: $input) { id } }`;
export const CAPABILITIES = "{ viewer { capabilities } }";

/** What a profile opens, by module, without those in which it opens nothing. */
export function opened(profile: Shown): Record<string, string[]> {
  const open = profile.modules.filter(({ permissions }: Shown) => permissions.length > 0);
  return Object.fromEntries(open.map(({ module, permissions }: Shown) => [module.key, permissions]));
}

/** Asks for a change of the profile with the key. */
export async function changeProfile(
  gateway: Gateway,
  as: string,
  key: string,
  change: object,
): Promise<Answer> {
  const input = { id: await profileId(gateway, key), ...change };
  return gateway.ask(as, UPDATE, { input: await atVersion(gateway, input) });
}
