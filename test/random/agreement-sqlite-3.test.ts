import { agreeOn } from "./agree-on.ts";

agreeOn("sqlite", { firstSeed: 501, worlds: 250 });
