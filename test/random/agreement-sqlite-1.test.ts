import { agreeOn } from "./agree-on.ts";

agreeOn("sqlite", { firstSeed: 1, worlds: 250 });
