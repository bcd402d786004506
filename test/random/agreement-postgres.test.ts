import { agreeOn } from "./agree-on.ts";

agreeOn("postgres", 1001);
