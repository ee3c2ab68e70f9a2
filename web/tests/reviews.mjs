// What others searched, looked at by somebody from outside their line. In Chromium.
import assert from "node:assert/strict";
import { accessible, axe } from "./accessible.mjs";

const theReview = (page) => page.getByRole("region", { name: "The review", exact: true });

// A search with a reason that says nothing, so that it is certainly flagged.
async function searchThoughtlessly(office, token, plate) {
  await office.ask(token, "POST", "/v1/searches", {
    plate,
    from: new Date(Date.now() - 3_600_000).toISOString(),
    until: new Date().toISOString(),
    purpose: {
      category: "serious", reason: "police enquiries into the vehicle", reference: `TEST/${plate}`,
      for_whom: "DS Example",
    },
  });
}

export async function reviewsStory({ office, administrator, open, check, shot }) {
  const searcher = await office.hire(administrator, "hasty", "investigator", { display_name: "DC Hasty" });
  const reviewer = await office.hire(administrator, "reviewer", "reviewer", { display_name: "Insp. Careful" });
  await searchThoughtlessly(office, searcher.token, "AB12CDE");
  await searchThoughtlessly(office, searcher.token, "CD34EFG");
  const page = await open(reviewer, axe);

  await check("a reviewer sees what was flagged, and all that there is to weigh", async () => {
    await page.getByRole("heading", { level: 1, name: "Reviews" }).waitFor();
    await page.getByRole("list", { name: "Nobody has taken" }).getByText(/TEST.AB12CDE/).click();
    const one = theReview(page);
    await one.getByText("The reason has only words that would fit every search.").waitFor();
    await one.getByText("police enquiries into the vehicle").waitFor();
    await one.getByText("DC Hasty").waitFor();
    await one.getByText("0 on 1 page").waitFor();
    await accessible(page);
    await shot(page, "r1-to-review");
  });

  await check("takes it, asks for an explanation, and records what came of it", async () => {
    const one = theReview(page);
    await one.getByRole("button", { name: "Take it", exact: true }).click();
    await one.getByText("Being reviewed", { exact: true }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "The review");
    await accessible(page);
    await one.getByRole("button", { name: "Record what you found" }).click();
    await one.getByRole("alert").getByText(/words/).waitFor();
    await one.getByLabel("Outcome").selectOption("needs_explanation");
    await one.getByLabel("In words").fill("Which enquiries?");
    await one.getByRole("button", { name: "Record what you found" }).click();
    await one.getByText("Waits for an explanation", { exact: true }).waitFor();
    await one.getByLabel("Outcome").selectOption("in_order");
    await one.getByLabel("In words").fill("A theft; the case says so.");
    await one.getByRole("button", { name: "Record what you found" }).click();
    await one.getByText("In order", { exact: true }).waitFor();
    await page.getByRole("list", { name: "Over" }).getByRole("button").first().waitFor();
    await accessible(page);
    await shot(page, "r2-in-order");
  });

  await check("keys move through the queue, and it fits a narrow screen", async () => {
    await page.keyboard.press("k");
    await theReview(page).getByText("TEST/CD34EFG").waitFor();
    await page.setViewportSize({ width: 320, height: 800 });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    await shot(page, "r3-narrow");
  });
}
