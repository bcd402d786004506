import { Unauthenticated } from "../kernel/unauthenticated.ts";
import type { Viewer } from "../store/viewer.ts";

/** What every resolver is given: who asks, or nobody. */
export type Context = { readonly viewer: Viewer | null };

/** Who asks. @throws {Unauthenticated} when nobody is signed in. */
export function requireViewer({ viewer }: Context): Viewer {
  if (viewer === null) throw new Unauthenticated("NO_TOKEN");
  return viewer;
}
