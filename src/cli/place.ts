import { resolve } from "node:path";

/** npm runs commands in the folder of the package, and says where it was called itself. */
export function placeOf(path: string, environment: NodeJS.ProcessEnv = process.env): string {
  return resolve(environment["INIT_CWD"] ?? "", path);
}
