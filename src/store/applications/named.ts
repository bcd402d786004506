import { InvalidInput } from "../../kernel/fault.ts";
import { didYouMean } from "../../kernel/nearest.ts";
import type { Application } from "../../policy/model/application.ts";
import type { Viewer } from "../core/viewer.ts";
import { listApplications } from "../directory/applications.ts";

/**
 * The application that an input names by its key, whoever administers it. Keys are not secret; the nearest is told
 * among those that the viewer administers alone.
 *
 * @throws {InvalidInput} naming the input.
 */
export function applicationNamed(viewer: Viewer, field: string, key: string): Application {
  const application = viewer.policy.applicationsByKey.get(key);
  if (application !== undefined) return application;
  const known = listApplications(viewer).map((each) => each.key);
  throw new InvalidInput(
    field,
    `There is no application ${JSON.stringify(key.slice(0, MOST_SHOWN))}.${didYouMean(key, known)}`,
  );
}

const MOST_SHOWN = 64;
