import { racesOn } from "./races.ts";

racesOn("sqlite");
