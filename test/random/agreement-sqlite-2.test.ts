import { agreeOn } from "./agree-on.ts";

agreeOn("sqlite", { firstSeed: 251, worlds: 250 });
