// The console in Chromium, against a real office: what an operator and an investigator do.
//
//   node tests/run.mjs PROGRAM PICTURE [FOLDER FOR SCREENSHOTS]
//
// Ends with "N passed, N failed" and status 0 when none failed.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { accountStory } from "./account.mjs";
import { apartStory } from "./apart.mjs";
import { authorityStory } from "./authority.mjs";
import { checkReadsStory } from "./check_reads.mjs";
import { convoyStory } from "./convoy.mjs";
import { deploymentsStory } from "./deployments.mjs";
import { estateStory } from "./estate.mjs";
import { check, launch, shots, told } from "./harness.mjs";
import { holdsStory } from "./holds.mjs";
import { inheritedStory } from "./inherited.mjs";
import { vouchedStory } from "./identity_provider.mjs";
import { keepingStory } from "./keeping.mjs";
import { Office } from "./office.mjs";
import { logStory } from "./log.mjs";
import { peopleStory } from "./people.mjs";
import { planStory } from "./plan.mjs";
import { reviewsStory } from "./reviews.mjs";
import { secondFactorStory } from "./second_factor.mjs";
import { securityKeysStory } from "./security_keys.mjs";
import { siteActsStory } from "./site_acts.mjs";
import { standardsStory } from "./standards.mjs";
import { subjectsStory } from "./subjects.mjs";
import { surroundingsStory } from "./surroundings.mjs";
import { trackStory } from "./track.mjs";

const [program, picture, screens] = process.argv.slice(2);
if (!program || !picture) {
  console.error("usage: node tests/run.mjs PROGRAM PICTURE [FOLDER]");
  process.exit(2);
}
const shot = shots(screens);

// Waits until a picture has really come. (The page's policy forbids scripts made from text, which a
// wait inside the page would need.)
async function shows(image) {
  await image.waitFor();
  for (let tries = 0; tries < 100; tries += 1) {
    if (await image.evaluate((element) => element.naturalWidth > 0)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("the picture did not come");
}

async function signIn(page, person) {
  await page.goto(office.address);
  await page.getByLabel("Name").fill(person.name);
  await page.getByLabel("Password").fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

const csv = [
  "VRM,make,model,colour,action,warning markers,reason,intelligence grading,information," +
    "force and area,weed date,PNC ID,protective marking,CAD,spare 1,spare 2",
  "LM19KXR,FORD,,BLUE,STOP,VIOLENT,STOLEN,,,Testshire north,,,,,,",
  "YH71PWE,,,,SILENT,,WANTED,,,,,,,,,",
].join("\n");

const office = await Office.start(program);
const browser = await launch();
try {
  const administrator = await office.admit("administrator", office.code);
  const author = await office.hire(administrator, "author", "anpr_manager");
  const approver = await office.hire(administrator, "approver", "anpr_manager");
  const owner = await office.hire(administrator, "owner", "list_owner");
  const operator = await office.hire(administrator, "operator", "operator");
  const investigator = await office.hire(administrator, "investigator", "investigator");
  const review = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
  await office.ask(author.token, "POST", "/v1/sites", {
    id: "bridge", name: "Bridge", position: { latitude: 54, longitude: -2 },
    grounds: { need: "A test of the console.", category: "local_crime", review },
  });
  await office.ask(approver.token, "POST", "/v1/sites/bridge/approve", {});
  const camera = await office.ask(author.token, "POST", "/v1/cameras", {
    id: "camera-1", name: "North", site: "bridge",
  });
  await office.ask(owner.token, "POST", "/v1/watchlists", {
    id: "stolen", name: "Stolen vehicles", level: "force", purpose: "To find them",
    priority: "high", review, age_max_hours: 24, alert_window_seconds: 60,
  });
  await office.ask(owner.token, "PUT", "/v1/watchlists/stolen/entries", csv, "text/csv");

  const foreign = [];
  const errors = [];
  // A page of its own, as if at another desk; what it asks of others and its failures are noted.
  const newPage = async (script) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    if (script) await context.addInitScript({ path: script });
    context.on("request", (request) => {
      if (!request.url().startsWith(office.address) && !/^(blob|data|file):/.test(request.url())) {
        foreign.push(request.url());
      }
    });
    const made = await context.newPage();
    made.on("pageerror", (error) => errors.push(String(error)));
    return made;
  };
  const page = await newPage();

  await check("a wrong password is told in words", async () => {
    await signIn(page, { name: "operator", password: "not the password" });
    await page.getByRole("alert").getByText("do not belong together").waitFor();
    await shot(page, "1-sign-in");
  });

  await check("an operator signs in and is live", async () => {
    await signIn(page, operator);
    await page.getByText("Live", { exact: true }).waitFor();
    assert.equal(await page.title(), "Alerts – Regmark");
  });

  await check("a hit appears by itself, with picture, doubt, list and conflict", async () => {
    await office.handIn(camera.token, {
      plate: "LM19KXR", score: 0.91, country: "GB",
      alternatives: [{ plate: "LM19KXA", score: 0.06 }],
      character_scores: [0.99, 0.99, 0.99, 0.99, 0.99, 0.99, 0.61],
      vehicle: { make: { text: "BMW", score: 0.9 } },
    }, picture);
    const detail = page.getByRole("region", { name: "The alert" });
    await detail.getByText("Conflict:").waitFor();
    await detail.getByText("It might be LM19KXA (6 %).").waitFor();
    await detail.getByText("Stolen vehicles (high)").waitFor();
    await detail.getByText("Warning: VIOLENT").waitFor();
    const image = detail.getByAltText("Overview of the vehicle, as the camera took it");
    await image.waitFor();
    await shows(image);
    await shot(page, "2-alert");
  });

  await check("keys confirm, assign and act; the outcome closes it", async () => {
    const detail = page.getByRole("region", { name: "The alert" });
    await detail.getByRole("button", { name: "Confirm on the picture" }).and(page.locator(":enabled")).waitFor();
    await detail.getByRole("button", { name: "Confirm on the picture" }).focus();
    await page.keyboard.press("Enter");
    await detail.getByText("Confirmed on the picture", { exact: true }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "The alert");
    await page.keyboard.press("a");
    await detail.getByText("Assigned", { exact: true }).waitFor();
    await page.keyboard.press("t");
    await detail.getByText("Acted on", { exact: true }).waitFor();
    await detail.getByText("active, confirmed just now, version 1 of the list, Testshire north").waitFor();
    await detail.getByLabel("Outcome").selectOption("stopped");
    await detail.getByLabel("Note").fill("stopped safely");
    await detail.getByRole("button", { name: "Record the outcome" }).click();
    await detail.getByText("Closed. Nothing is left to do.").waitFor();
    await shot(page, "3-closed");
  });

  await check("a hit without a picture can only be observed", async () => {
    await office.handIn(camera.token, { plate: "YH71PWE", score: 0.97 });
    const rows = page.getByRole("region", { name: "Alerts", exact: true });
    await rows.getByRole("button").filter({ hasText: "New" }).click();
    const detail = page.getByRole("region", { name: "The alert" });
    await detail.getByText("it can only be observed").waitFor();
    assert.equal(await detail.getByRole("button", { name: "Confirm on the picture" }).count(), 0);
    await detail.getByRole("button", { name: "Record the outcome" }).click();
    await detail.getByText("Closed. Nothing is left to do.").waitFor();
  });

  await check("everything can be reached and named without a mouse", async () => {
    const unnamed = await page.evaluate(() =>
      [...document.querySelectorAll("button, a, input, select, textarea, img")]
        .filter((one) => !(one.labels?.length || one.textContent?.trim() || one.alt ||
          one.getAttribute("aria-label")))
        .map((one) => one.outerHTML));
    assert.deepEqual(unnamed, []);
    await page.locator("body").focus();
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement !== document.body), true);
  });

  const search = await newPage();

  await check("an investigator finds the vehicle, for a purpose, and sees its picture", async () => {
    await signIn(search, investigator);
    await search.getByLabel("Plate").fill("LM19*");
    await search.getByLabel("Category").selectOption("serious");
    await search.getByLabel("Reference").fill("TEST/1/26");
    await search.getByLabel("Reason").fill("Where was the stolen car seen?");
    await search.getByLabel("For whom").fill("Test team");
    await search.getByRole("button", { name: "Search" }).click();
    await search.getByText("1 sighting. Recorded as").first().waitFor();
    assert.equal(await search.getByText("provisional").count(), 0);
    await search.getByRole("button", { name: "overview" }).click();
    const image = search.getByAltText("overview picture");
    await shows(image);
    await shot(search, "4-search");
  });

  await check("what was found is exported as evidence, which holds", async () => {
    const [download] = await Promise.all([
      search.waitForEvent("download"),
      search.getByRole("button", { name: "Export as evidence" }).click(),
    ]);
    assert.match(download.suggestedFilename(), /^evidence-\d+\.zip$/);
    const key = join(office.folder, "data", "audit.vkey");
    const said = execFileSync(program, ["evidence", "verify", await download.path(), "--key", key]);
    assert.match(String(said), /The evidence holds: 1 reads, 1 pictures, 1 cameras/);
  });

  await check("a provisional read is found as one", async () => {
    await office.handIn(camera.token, { plate: "NV55TSK", score: 0.996, phase: "provisional" });
    await search.getByLabel("Plate").fill("NV55TSK");
    await search.getByRole("button", { name: "Search" }).click();
    await search.getByRole("cell", { name: "over 99 % provisional" }).waitFor();
  });

  await check("a search too far back is refused with its reason and its record", async () => {
    await search.getByLabel("From").fill("2020-01-01T00:00");
    await search.getByRole("button", { name: "Search" }).click();
    await search.getByRole("heading", { name: "Refused" }).waitFor();
    await search.getByText("The refusal is record").waitFor();
    await shot(search, "5-refused");
  });

  // 320 pixels are what 400 % leaves of a common screen.
  await check("a narrow screen shows one column", async () => {
    for (const one of [page, search]) {
      await one.setViewportSize({ width: 320, height: 800 });
      const wide = await one.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.equal(wide, false);
    }
    await shot(page, "6-narrow");
  });

  await check("whoever's session is over hears it, and is not left before a dead screen", async () => {
    await page.evaluate(() => fetch("/v1/session", { method: "DELETE", headers: { "X-Regmark": "1" } }));
    await page.getByText("Your session is over. Sign in again.").waitFor();
    assert.equal(await page.title(), "Sign in – Regmark");
  });

  const open = async (person, script) => {
    const made = await newPage(script);
    if (person) await signIn(made, person);
    return made;
  };
  await authorityStory({ office, administrator, open, check, shot });
  await planStory({ office, manager: author, open, check, shot });
  const auditor = await office.hire(administrator, "surroundings-auditor", "auditor");
  await surroundingsStory({ office, manager: author, auditor, open, check, shot });
  await logStory({ auditor, open, check, shot });
  await reviewsStory({ office, administrator, open, check, shot });
  await standardsStory({ office, administrator, open, check, shot });
  await keepingStory({ office, administrator, open, check, shot });
  await checkReadsStory({ office, administrator, open, check, shot });
  await subjectsStory({ office, administrator, camera, picture, open, check, shot });
  await holdsStory({ office, administrator, camera, picture, open, check, shot });
  await convoyStory({ office, author, investigator, camera, open, check, shot });
  await trackStory({ office, administrator, investigator, camera, open, check, shot });
  await peopleStory({ office, administrator, open, check, shot });
  await accountStory({ office, administrator, open, check, shot });
  await secondFactorStory({ office, administrator, open, signIn, check, shot });
  await securityKeysStory({ browser, office, administrator, check, shot });
  const matrix = readFileSync(new URL("../../src/assessment/matrix_example.toml", import.meta.url), "utf8").replace(/^example.*\n/m, "");
  await estateStory({ office, administrator, open, check, shot, matrix });
  await inheritedStory({ office, administrator, open, check, shot });
  await siteActsStory({ office, administrator, open, check, shot });
  await deploymentsStory({ office, administrator, open, check, shot });
  await apartStory({ browser, program, check, shot });

  await check("signing out ends the session", async () => {
    await search.getByRole("button", { name: "Sign out" }).click();
    await search.getByRole("heading", { name: "Sign in" }).waitFor();
    await search.reload();
    await search.getByRole("heading", { name: "Sign in" }).waitFor();
  });

  await vouchedStory({ browser, office, administrator, signIn, check, shot });

  await check("no request left the page's own origin, and no script failed", async () => {
    assert.deepEqual(foreign, []);
    assert.deepEqual(errors, []);
  });
} finally {
  await browser.close();
  const status = await office.stop();
  await check("the office closed in good order", async () => assert.equal(status, 0));
}
process.exit(told());
