import { hiddenIsAbsent } from "./mutations-absent.ts";

hiddenIsAbsent("postgres", 5212);
