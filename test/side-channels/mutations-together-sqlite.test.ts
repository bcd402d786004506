import { mutationsTellNothing } from "./mutations-together.ts";

mutationsTellNothing("sqlite", 5221);
