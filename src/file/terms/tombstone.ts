import { asId, type UserId } from "../../kernel/id.ts";

const END = "@deleted.invalid";
const ADDRESS = /^([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})@deleted\.invalid$/;

/**
 * How a file names a person who was deleted and whose address is free again (UA-61): by the id, which stays, at a domain
 * in which nobody ever has an address.
 */
export function tombstoneAddress(id: string): string {
  return `${id}${END}`;
}

/** The person whom such an address names; null for any other address. */
export function tombstoneNamed(address: string): UserId | null {
  const [, id] = ADDRESS.exec(address) ?? [];
  return id === undefined ? null : asId(id);
}
