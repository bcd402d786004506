import type { Viewer } from "./viewer.ts";

/**
 * Whether an address is the vendor's: no member gets one. All of them are refused as an address is that somebody has, so
 * that the answer does not tell which of the vendor's agents has been let in (SA-06), and nobody takes an agent's address
 * away before a grant.
 */
export function isVendors({ store }: Viewer, email: string): boolean {
  return store.supportAgents.has(email);
}
