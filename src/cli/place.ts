import { resolve } from "node:path";
import { npmOfProcess } from "../settings/settings.ts";

/** npm runs commands in the folder of the package, and says where it was called itself. */
export function placeOf(path: string): string {
  return resolve(npmOfProcess()?.calledIn ?? "", path);
}
