// A plan on the map, its record, and a proposal from it. In Chromium, without a mouse.
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { accessible, axe } from "./accessible.mjs";

const town = (name) => fileURLToPath(new URL(`../../testdata/town/${name}`, import.meta.url));

export async function planStory({ office, manager, open, check, shot }) {
  const page = await open(manager, axe);

  await check("a file that is no plan is told in words", async () => {
    await page.getByRole("heading", { name: "Plan" }).waitFor();
    await page.getByLabel("What is to be planned").setInputFiles(town("town.geojson"));
    await page.getByLabel("Roads").setInputFiles(town("town.geojson"));
    await page.getByRole("button", { name: "Make the plan" }).click();
    await page.getByRole("alert").getByText("inputs: the file:").waitFor();
    await accessible(page);
  });

  await check("a plan is made from two files and shown on the map", async () => {
    await page.getByLabel("What is to be planned").setInputFiles(town("plan.json"));
    await page.getByRole("button", { name: "Make the plan" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("The plan meets the cover that was asked for.").waitFor({ timeout: 60_000 });
    await page.getByText("Proved: no plan is better").waitFor();
    assert.ok((await page.locator(".map path.road").count()) > 30);
    assert.ok((await page.locator(".map path.gap").count()) > 0);
    assert.equal(await page.locator(".map .mark.is-stands, .map .mark.is-spare").count(), 3);
    await accessible(page);
    await shot(page, "7-plan");
  });

  await check("a site's record opens from the map with the keyboard", async () => {
    await page.locator(".map .mark.is-build").first().focus();
    await page.keyboard.press("Enter");
    const record = page.getByRole("region", { name: "The record of a site" });
    await record.getByText("Needed for:").waitFor();
    await record.getByText("of the audit log").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "The record of a site");
  });

  await check("one press proposes a site with what is known of it", async () => {
    await page.getByRole("button", { name: /^Propose / }).first().focus();
    await page.keyboard.press("Enter");
    await page.getByText("Proposed. Somebody else must assess and approve it.").waitFor();
    const { sites } = await office.ask(manager.token, "GET", "/v1/sites");
    const proposed = sites.filter((site) => site.state === "proposed");
    assert.equal(proposed.length, 1);
    assert.match(proposed[0].grounds.need, /From the plan "Millford: the two bridges"\. Needed for: /);
    assert.match(proposed[0].grounds.need, /record \d+ of the audit log; kept as plan 1\./);
    const { plans } = await office.ask(manager.token, "GET", "/v1/plans");
    assert.equal(plans[0].title, "Millford: the two bridges");
  });

  await check("a narrow screen scrolls no further than the tables", async () => {
    await page.setViewportSize({ width: 320, height: 800 });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
  });
}
