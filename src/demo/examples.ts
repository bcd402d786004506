import { readFile } from "node:fs/promises";

/** Operations to try in the demo, each for one of its people: what GraphiQL opens with (AP-30). */
export function demoExamples(): Promise<string> {
  return readFile(new URL("./examples.graphql", import.meta.url), "utf8");
}
