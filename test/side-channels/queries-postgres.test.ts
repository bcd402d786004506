import { queriesTellNothing } from "./queries.ts";

queriesTellNothing("postgres", 5202);
