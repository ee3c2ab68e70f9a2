// What every run of the console's tests has: checks that are counted, screenshots, a browser.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

export const counted = { passed: 0, failed: 0 };

export async function check(name, work) {
  try {
    await work();
    counted.passed += 1;
    console.log(`ok   ${name}`);
  } catch (error) {
    counted.failed += 1;
    console.log(`FAIL ${name}\n${error.stack}`);
  }
}

// Into this folder; without one, none are taken.
export function shots(folder) {
  if (folder) mkdirSync(folder, { recursive: true });
  return async (page, name) => {
    if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  };
}

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

// Says how many, and gives the status to end with.
export function told() {
  console.log(`${counted.passed} passed, ${counted.failed} failed`);
  return counted.failed ? 1 : 0;
}
