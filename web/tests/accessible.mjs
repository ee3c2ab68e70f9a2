// What axe-core says of a page.
import assert from "node:assert/strict";
import { createRequire } from "node:module";

// For the page that is opened with it: see accessible().
export const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

// No violation, by day and by night. The script is put into the page before the page's own policy
// holds, which forbids scripts made from text.
export async function accessible(page) {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await page.evaluate(() => globalThis.axe.run());
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
    assert.deepEqual(found, [], colorScheme);
  }
  await page.emulateMedia({ colorScheme: "light" });
}
