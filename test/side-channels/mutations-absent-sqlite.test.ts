import { hiddenIsAbsent } from "./mutations-absent.ts";

hiddenIsAbsent("sqlite", 5211);
