import type { Bench } from "../bench.ts";
import type { Rights } from "./rights.ts";

/**
 * What a user would otherwise pick to list records by permission, written the way its own documentation recommends.
 *
 * Each is given for nothing what it cannot find by itself (`Rights`), and Sightline's index of shares and matches.
 */
export type Contender = {
  readonly name: string;
  /** Whether it exists for the database that is measured. */
  readonly isFor: (bench: Bench) => boolean;
  /** Whether it asks by the bare driver: Sightline then does too, and by the store's Prisma otherwise. */
  readonly isBare: boolean;
  readonly open: (bench: Bench) => Promise<OpenContender>;
};

export type OpenContender = {
  /** Made ready for one viewer, outside of what is measured. */
  readonly as: (rights: Rights) => Promise<Asked>;
  /** Undoes whatever opening did to the database. */
  readonly close: () => Promise<void>;
};

/** What is asked of the big module, for one viewer. */
export type Asked = {
  /** Ids of the newest visible records, newest first. */
  readonly page: (limit: number) => Promise<readonly string[]>;
  readonly total: () => Promise<number>;
  readonly check: (id: string) => Promise<boolean>;
};
