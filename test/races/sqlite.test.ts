import { lastAdministratorOn } from "./last-administrator.ts";
import { racesOn } from "./races.ts";

racesOn("sqlite");
lastAdministratorOn("sqlite");
