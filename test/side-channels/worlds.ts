import type { Database, DatabaseKind } from "../../src/database/database.ts";
import { openTestDatabase } from "../database.ts";
import { NOW } from "../graphql/world.ts";
import type { OrganizationFile } from "../oracle/file.ts";
import { preparedDatabase } from "../prepared.ts";
import { type Ask, askOver } from "./gateway.ts";

/** A database with the organisation, and the gateway over it. */
export type World = {
  readonly database: Database;
  readonly ask: Ask;
  readonly close: () => Promise<void>;
};

/** The organisation in a database that nobody has open: worlds are copies of it, ids included. */
export type Origin = { readonly copy: () => Promise<World>; readonly remove: () => Promise<void> };

export async function originOf(kind: DatabaseKind, file: OrganizationFile): Promise<Origin> {
  const origin = await preparedDatabase(kind, { text: JSON.stringify(file), now: NOW });
  return {
    remove: origin.remove,
    copy: async () => {
      const { database, close } = await openTestDatabase(kind, {}, origin);
      return { database, ask: askOver(database, NOW), close };
    },
  };
}
