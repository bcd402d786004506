import { mutationsTellNothing } from "./mutations-together.ts";

mutationsTellNothing("postgres", 5222);
