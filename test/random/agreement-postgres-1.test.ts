import { agreeOn } from "./agree-on.ts";

agreeOn("postgres", { firstSeed: 1001, worlds: 100 });
