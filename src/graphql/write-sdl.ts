import { writeFile } from "node:fs/promises";
import { schema } from "./schema.ts";
import { printSdl, SDL_FILE } from "./sdl.ts";

await writeFile(SDL_FILE, printSdl(schema));
