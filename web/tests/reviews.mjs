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

  // A hold is missed a day after it is made: an office of a minute has none, so this answers for it.
  await check("what others did not do in time is taken, and what was done is said in words", async () => {
    const { person } = await office.ask(reviewer.token, "GET", "/v1/session");
    const missed = {
      missed: "hold", id: "case-7", purpose: { category: "serious", reason: "The trial", reference: "TEST/7", for_whom: "DS Late" },
      person: "person-late", person_name: "DS Late", giver: null, giver_name: null,
      since: "2026-03-29T00:00:00Z", due: "2026-04-12T00:00:00Z", overdue: true,
      owner: null, owner_name: null, steps: [],
    };
    const taken = { ...missed, owner: person.id, owner_name: "Insp. Careful", steps: [{ at: missed.due, by: person.id, words: "" }] };
    const said = { at: missed.due, by: person.id, words: "Rang DS Late" };
    await page.route("**/v1/follow-ups", (route) => route.fulfill({ json: { follow_ups: [missed] } }));
    await page.route("**/v1/follow-ups/hold/case-7/take", (route) => route.fulfill({ json: taken }));
    await page.route("**/v1/follow-ups/hold/case-7/note", (route) => {
      assert.equal(route.request().postDataJSON().words, said.words);
      return route.fulfill({ json: { ...taken, steps: [...taken.steps, said] } });
    });
    await page.getByRole("button", { name: "Look again" }).click();
    await page.getByRole("list", { name: "Others did not do in time" }).getByRole("button").click();
    const one = theReview(page);
    await one.getByText("TEST/7").waitFor();
    await one.getByRole("button", { name: "Take it", exact: true }).click();
    await one.getByLabel("What you did").getByRole("textbox").fill(said.words);
    await accessible(page);
    await one.getByRole("button", { name: "Record it" }).click();
    await one.getByRole("region", { name: "What was done" }).getByText(said.words).waitFor();
    await shot(page, "r4-missed");
    await page.unrouteAll();
    await page.getByRole("button", { name: "Look again" }).click();
    await page.getByRole("list", { name: "Others did not do in time" }).waitFor({ state: "detached" });
    await page.getByRole("list", { name: "Over" }).getByRole("button").first().click();
  });

  await check("keys move through the queue, and it fits a narrow screen", async () => {
    await page.keyboard.press("k");
    await theReview(page).getByText("TEST/CD34EFG").waitFor();
    await page.setViewportSize({ width: 320, height: 800 });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    await shot(page, "r3-narrow");
  });
}
