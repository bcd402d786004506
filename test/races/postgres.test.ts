import { racesOn } from "./races.ts";

racesOn("postgres");
