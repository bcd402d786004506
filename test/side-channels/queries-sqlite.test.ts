import { queriesTellNothing } from "./queries.ts";

queriesTellNothing("sqlite", 5201);
