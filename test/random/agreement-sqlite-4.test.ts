import { agreeOn } from "./agree-on.ts";

agreeOn("sqlite", { firstSeed: 751, worlds: 250 });
