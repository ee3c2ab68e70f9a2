// A plan on the map, its record, and a proposal from it. In Chromium, without a mouse.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { accessible, axe } from "./accessible.mjs";

const town = (name) => fileURLToPath(new URL(`../../testdata/town/${name}`, import.meta.url));

const made = (plan) => ({ name: "plan.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(plan)) });

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

  await check("a plan that was kept is shown again as it was made", async () => {
    await page.locator("summary").getByText("Plans that were kept").focus();
    await page.keyboard.press("Enter");
    const again = page.getByRole("button", { name: /^Show plan 1: Millford/ });
    await again.focus();
    await page.locator(".map").evaluate((map) => map.remove());
    await page.keyboard.press("Enter");
    await page.locator(".map").waitFor();
    assert.ok((await page.locator(".map path.road").count()) > 30);
    await accessible(page);
  });

  await check("infrastructure, borders and crowded places are on the map, in words, and watched", async () => {
    const csv = [
      "name,kind,latitude,longitude",
      "Waterworks,infrastructure,54.2035,-2.8940",
      "Market square,crowded_place,54.2002,-2.9001",
      "Elsewhere,border,51.1,1.3",
    ].join("\n");
    await office.ask(manager.token, "POST", "/v1/surroundings/points?source=A%20list&day=2026-01-31", csv, "text/csv");
    await page.getByLabel("Crowded places").fill("6");
    await page.getByRole("button", { name: "Make the plan" }).focus();
    await page.keyboard.press("Enter");
    const table = page.getByRole("table", { name: "Infrastructure, borders and crowded places" });
    await table.waitFor({ timeout: 60_000 });
    assert.equal(await table.getByRole("row").count(), 3);
    await table.getByRole("row", { name: /Market square .* A crowded place 54\.2002, -2\.9001 weight 6, \d of 1 planned/ }).waitFor();
    await table.getByRole("row", { name: /Waterworks .* Critical infrastructure .* no$/ }).waitFor();
    await page.getByText("From: A list, 2026-01-31.").waitFor();
    assert.equal(await page.locator(".map .mark.is-point").count(), 2);
    assert.equal(await page.locator(".map path.threat").count(), 1);
    const legend = page.getByRole("list", { name: "What the map shows" });
    await legend.getByText("A crowded place").waitFor();
    assert.equal(await legend.getByText("A border").count(), 0);
    await page.locator(".map .mark.is-crowded_place").focus();
    await page.keyboard.press("Enter");
    const record = page.getByRole("region", { name: "The record of a site" });
    await record.getByText("Watched as an area of 300 metres around it, weight 6").waitFor();
    await accessible(page);
    await shot(page, "7-plan-points");
  });

  await check("a site's record opens from the map with the keyboard", async () => {
    await page.locator(".map .mark.is-build").first().focus();
    await page.keyboard.press("Enter");
    const record = page.getByRole("region", { name: "The record of a site" });
    await record.getByText("Needed for:").waitFor();
    await record.getByText("of the audit log").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "The record of a site");
  });

  await check("nothing is proposed before somebody chose on what ground", async () => {
    await page.getByRole("button", { name: /^Propose / }).first().focus();
    await page.keyboard.press("Enter");
    await page.getByText("Choose the strategic category of proposals first.").waitFor();
    assert.equal(await page.getByLabel("Strategic category of proposals").evaluate((one) => one === document.activeElement && one.value === ""), true);
    const { sites } = await office.ask(manager.token, "GET", "/v1/sites");
    assert.equal(sites.filter((site) => site.state === "proposed").length, 0);
    await page.getByLabel("Strategic category of proposals").selectOption("local_crime");
  });

  await check("one press proposes a site with what is known of it", async () => {
    await page.getByRole("button", { name: /^Propose / }).first().focus();
    await page.keyboard.press("Enter");
    await page.getByText("Proposed, and its assessment begun with what the plan knows").waitFor();
    const { sites } = await office.ask(manager.token, "GET", "/v1/sites");
    const proposed = sites.filter((site) => site.state === "proposed");
    assert.equal(proposed.length, 1);
    assert.equal(proposed[0].path, "full");
    assert.equal(proposed[0].grounds.category, "local_crime");
    assert.match(await page.evaluate(() => document.activeElement.textContent), /^Propose$/);
    assert.match(proposed[0].grounds.need, /From the plan "Millford: the two bridges"\. Needed for: /);
    assert.match(proposed[0].grounds.need, /record \d+ of the audit log; kept as plan 2\./);
    const file = await office.ask(manager.token, "GET", `/v1/sites/${proposed[0].id}/file`);
    assert.deepEqual(file.papers.map((one) => one.form), ["impact", "fit"]);
    assert.match(file.papers[0].paper.parts.location.rows[0].words, /Needed for: /);
    assert.match(file.papers[1].paper.parts.existing_cameras.rows[0].words, /cameras stand in the area/);
    const { plans } = await office.ask(manager.token, "GET", "/v1/plans");
    assert.equal(plans[0].title, "Millford: the two bridges");
  });

  await check("a partner's camera is called one, and does not stand beside itself", async () => {
    const plan = JSON.parse(readFileSync(town("plan.json"), "utf8"));
    // So much cover takes all that there is, the partners' too.
    await page.getByLabel("What is to be planned").setInputFiles(made({ ...plan, cover: 4, stability: { draws: 0 }, trade_off_points: 0 }));
    await page.getByRole("button", { name: "Make the plan" }).click();
    const propose = page.getByRole("button", { name: /^Propose Council camera/ });
    await propose.waitFor({ timeout: 60_000 });
    await propose.focus();
    await page.keyboard.press("Enter");
    await page.getByText("Proposed, and its assessment begun with what the plan knows").waitFor();
    const { sites } = await office.ask(manager.token, "GET", "/v1/sites");
    const partner = sites.find((site) => /^Council camera/.test(site.name));
    const file = await office.ask(manager.token, "GET", `/v1/sites/${partner.id}/file`);
    const [sharing] = file.papers.find((one) => one.form === "fit").paper.parts.sharing.rows;
    assert.match(sharing.words, /^This is a partner's camera: the plan shares it rather than build one\./);
    assert.doesNotMatch(sharing.words + sharing.considered, /Council camera/);
  });

  await check("a site of a plan made again gets an id that is free", async () => {
    const propose = page.getByRole("button", { name: /^Propose Council camera/ });
    await page.getByRole("button", { name: "Make the plan" }).click();
    await propose.waitFor({ timeout: 60_000 });
    await propose.focus();
    await page.keyboard.press("Enter");
    await page.getByText("Proposed, and its assessment begun with what the plan knows").waitFor();
    const { sites } = await office.ask(manager.token, "GET", "/v1/sites");
    const ids = sites.filter((site) => /^Council camera/.test(site.name)).map((site) => site.id).sort();
    assert.equal(ids.length, 2);
    assert.equal(ids[1], `${ids[0]}-2`);
  });

  await check("what the time did not reach, and what is not proved, is called so", async () => {
    await page.route("**/v1/plans", async (route) => {
      const answer = await route.fetch();
      const plan = await answer.json();
      for (const site of plan.sites) Object.assign(site, { spare: null, in_fewest: null, draws: null });
      Object.assign(plan.stability, { draws: 0, wanted: 20 });
      Object.assign(plan.trade_off, { wanted: 12, points: [] });
      plan.fewest.proved = false;
      await route.fulfill({ json: plan });
    });
    await page.getByRole("button", { name: "Make the plan" }).click();
    await page.getByText(/^Fewest, as if none stood: .*; not proved\.$/).waitFor({ timeout: 60_000 });
    await page.unroute("**/v1/plans");
    assert.equal(await page.getByRole("table", { name: "Cameras that stand" }).getByRole("cell", { name: "not reached", exact: true }).count(), 3);
    assert.ok((await page.getByRole("table", { name: "Recommended" }).getByRole("cell", { name: "not reached", exact: true }).count()) > 0);
    await page.getByText("Money against privacy: not reached.").waitFor();
    assert.equal(await page.locator(".map .mark.is-spare").count(), 0);
    await accessible(page);
  });

  await check("an earlier plan does not stand under what is said of bad inputs", async () => {
    await page.getByLabel("What is to be planned").setInputFiles(town("town.geojson"));
    await page.getByRole("button", { name: "Make the plan" }).click();
    await page.getByRole("alert").getByText("inputs: the file:").waitFor();
    assert.equal(await page.locator(".map").count(), 0);
    assert.equal(await page.getByText("The plan meets the cover").count(), 0);
  });

  await check("a narrow screen scrolls no further than the tables", async () => {
    await page.setViewportSize({ width: 320, height: 800 });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
  });
}
