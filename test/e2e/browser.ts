import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** Where Debian's package puts it. */
const SYSTEM = "/usr/bin/chromium";

/** It must neither look for updates nor talk to anybody but the page's server. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Opens a real headless Chromium, and brings it first when there is none: Debian's package where that can be installed,
 * otherwise Playwright's own download.
 *
 * @throws saying what to do when it cannot be had; nothing is skipped.
 */
export async function openBrowser(): Promise<Browser> {
  const own = chromium.executablePath();
  if (!existsSync(SYSTEM) && !existsSync(own)) bring();
  const executablePath = existsSync(SYSTEM) ? SYSTEM : own;
  if (!existsSync(executablePath)) {
    throw new Error(
      "No Chromium: install Debian's package `chromium`, or run `npx playwright-core install chromium`.",
    );
  }
  return chromium.launch({ executablePath, args: FLAGS });
}

function bring(): void {
  const isDebianRoot = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  if (
    isDebianRoot &&
    run("apt-get", ["update"]) &&
    run("apt-get", ["install", "-y", "--no-install-recommends", "chromium"])
  )
    return;
  run("npx", ["playwright-core", "install", "chromium"]);
}

function run(program: string, words: readonly string[]): boolean {
  console.error(`Bringing a browser: ${program} ${words.join(" ")} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync(program, words, { stdio: ["ignore", "ignore", "inherit"], env }).status === 0;
}
