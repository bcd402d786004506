// Preloaded into a process that is measured: says at its end how much memory it held at most, and how long it ran.
import { readFileSync, writeFileSync } from "node:fs";

process.on("exit", () => {
  // `maxRSS` remembers the process that started this one; Linux also says what this one held by itself.
  let bytes = process.resourceUsage().maxRSS * 1024;
  try {
    const found = /VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"));
    if (found !== null) bytes = Number(found[1]) * 1024;
  } catch {
    // Not Linux.
  }
  writeFileSync(
    process.env["PEAK_FILE"] ?? "",
    JSON.stringify({ bytes, seconds: performance.now() / 1_000 }),
  );
});
