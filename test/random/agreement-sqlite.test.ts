import { agreeOn } from "./agree-on.ts";

agreeOn("sqlite", 1);
