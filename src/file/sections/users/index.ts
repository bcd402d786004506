import { z } from "zod";
import { isStorable } from "../../../kernel/text.ts";
import { section } from "../../terms/lines.ts";
import type { Section } from "../section.ts";
import { checkUsers } from "./check.ts";
import { clearTombstones, exportUsers, importUsers } from "./rows.ts";
import { printedUser, readUsers, userShape } from "./shape.ts";

/** In three files: what a user looks like, how it must fit the rest of the file, and the rows that it becomes. */
export const users: Section<"users"> = {
  shapes: { users: z.record(z.string().refine(isStorable), userShape) },
  read: readUsers,
  check: checkUsers,
  complete: (draft) => draft.users.entries,
  print: (file) => section("users", file.users, printedUser),
  rows: { people: importUsers, prune: clearTombstones },
  export: exportUsers,
};
