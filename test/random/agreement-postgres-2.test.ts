import { agreeOn } from "./agree-on.ts";

agreeOn("postgres", { firstSeed: 1101, worlds: 100 });
