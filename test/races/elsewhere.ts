import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Answer } from "../mutations-random/instance.ts";
import type { Gateway } from "./stage.ts";

/** What is said between the processes: a request, and its answer. */
export type Request = {
  readonly id: number;
  readonly who: string;
  readonly query: string;
  readonly variables: object | undefined;
};
export type Reply = { readonly id: number; readonly answer: Answer; readonly failures: readonly string[] };

/** Starts a gateway over the database in a process of its own, whose clock begins when ours did. */
export async function openElsewhere(url: string, from: number): Promise<Gateway> {
  const program = fileURLToPath(new URL("./other-process.ts", import.meta.url));
  const child = fork(program, [url, String(from)], {
    execArgv: [],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const open = new Map<number, (reply: Reply) => void>();
  let failures: readonly string[] = [];
  await new Promise<void>((resolve, reject) => {
    child.once("message", () => resolve());
    child.once("exit", (code) => reject(new Error(`the other process ended with ${code}`)));
  });
  child.on("message", (reply: Reply) => {
    failures = reply.failures;
    open.get(reply.id)?.(reply);
    open.delete(reply.id);
  });
  let last = 0;
  return {
    ask: (who, query, variables) => {
      last += 1;
      const request: Request = { id: last, who, query, variables };
      return new Promise((resolve) => {
        open.set(request.id, ({ answer }) => resolve(answer));
        child.send(request);
      });
    },
    failures: () => failures,
    close: () => ended(child),
  };
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.disconnect();
  });
}
