// What is held for a case: made, seen, kept on, and released by its owner or in their place. In
// Chromium.
import assert from "node:assert/strict";
import { accessible, axe } from "./accessible.mjs";
import { press, type, unfold } from "./by_keys.mjs";

const day = 86_400_000;
const dayIn = (days) => new Date(Date.now() + days * day).toISOString().slice(0, 10);
const theHold = (page) => page.getByRole("region", { name: "The hold", exact: true });

async function fillIn(form, { name, plate, review }) {
  await form.getByLabel("Name of the hold").fill(name);
  await form.getByLabel("Look again by").fill(review);
  await form.getByLabel("Plate", { exact: true }).fill(plate);
  await form.getByLabel("Category").selectOption("serious");
  await form.getByLabel("Reference").fill("TEST/21/26");
  await form.getByLabel("Reason", { exact: true }).fill("Where was the van before the robbery?");
  await form.getByLabel("For whom").fill("DS Example");
}

async function openFirst(page, list) {
  await page.getByRole("button", { name: "Look again", exact: true }).click();
  await page.getByRole("list", { name: list }).getByRole("button").first().click();
}

async function makeAndSee({ check, shot }, { holder }) {
  await check("an investigator holds what a case needs, and sees what is held", async () => {
    await accessible(holder);
    await holder.locator("#main").focus();
    await holder.keyboard.press("n");
    const form = holder.locator("form.asking");
    await fillIn(form, { name: "van-1", plate: "HD21AAA", review: dayIn(20) });
    await accessible(holder);
    await shot(holder, "h1-make");
    await form.getByRole("button", { name: "Hold what this finds" }).click();
    const one = theHold(holder);
    await one.getByRole("heading", { name: "van-1" }).waitFor();
    await one.getByRole("img", { name: "H D 2 1 A A A" }).waitFor();
    await one.getByText(/^you, since /).waitFor();
    await one.getByText(dayIn(20), { exact: true }).waitFor();
    await press(holder, one.getByRole("button", { name: "See the reads" }));
    await one.getByText(/^1 read\. Recorded as \d+ in the audit log\.$/).waitFor();
    await one.getByRole("button", { name: "overview" }).click();
    await one.getByAltText("overview picture").waitFor();
    await accessible(holder);
    await shot(holder, "h2-held");
  });

  await check("another day of review is refused, and says which day it is", async () => {
    await holder.getByRole("button", { name: "Hold something" }).click();
    const form = holder.locator("form.asking");
    await fillIn(form, { name: "van-1", plate: "HD21*", review: dayIn(10) });
    await form.getByRole("button", { name: "Hold what this finds" }).click();
    await form.getByRole("alert").getByText(`to be reviewed by ${dayIn(20)}`).waitFor();
    await openFirst(holder, "Held");
    await theHold(holder).getByText(dayIn(20), { exact: true }).waitFor();
    assert.equal(await theHold(holder).locator("tbody tr").count(), 1);
  });

  await check("a review keeps it on, with reasons", async () => {
    const form = await unfold(holder, "Keep it on");
    await form.getByLabel("Look again by").fill(dayIn(60));
    await type(form, "Why it is still needed", "The trial is in two months.");
    await press(holder, form.getByRole("button", { name: "Keep it on" }));
    await theHold(holder).getByText("The trial is in two months.").waitFor();
    await theHold(holder).getByText(dayIn(60), { exact: true }).waitFor();
  });
}

async function others({ check, shot }, { colleague, inspector, holder, auditor }) {
  await check("a colleague sees its plates under its case alone, and does not release it", async () => {
    await openFirst(colleague, "Held");
    const one = theHold(colleague);
    await one.getByText("For its case", { exact: true }).waitFor();
    assert.equal(await one.getByRole("img", { name: "H D 2 1 A A A" }).count(), 0);
    assert.equal(await one.getByText("Release it", { exact: true }).count(), 0);
    await one.getByLabel("Reference").fill("TEST/99/26");
    await one.getByLabel("Reason", { exact: true }).fill("Another matter altogether");
    await one.getByLabel("For whom").fill("DC Colleague");
    await one.getByRole("button", { name: "Show the plates" }).click();
    await colleague.getByText("Not under this purpose").waitFor({ state: "attached" });
    await one.getByLabel("Reference").fill("TEST/21/26");
    await one.getByLabel("Reason", { exact: true }).fill("I took over the inquiry into the robbery");
    await one.getByLabel("For whom").fill("DC Colleague");
    await one.getByRole("button", { name: "Show the plates" }).click();
    await one.getByRole("img", { name: "H D 2 1 A A A" }).waitFor();
    await accessible(colleague);
    await shot(colleague, "h3-colleague");
  });

  await check("an auditor knows that it is held, for what and by whom, and no plate", async () => {
    await openFirst(auditor, "Held");
    const one = theHold(auditor);
    await one.getByText(/^Holder, since /).waitFor();
    await one.getByText("For its case", { exact: true }).waitFor();
    assert.equal(await one.getByRole("region", { name: "What you can do" }).count(), 0);
    await accessible(auditor);
  });

  await check("a senior officer releases it in its owner's place, with the keyboard alone", async () => {
    await inspector.getByRole("button", { name: "Look again", exact: true }).focus();
    await inspector.keyboard.press("Enter");
    await inspector.getByText("Held (1)").waitFor();
    await inspector.keyboard.press("j");
    const one = theHold(inspector);
    assert.equal(await one.getByRole("button", { name: "See the reads" }).count(), 0);
    const section = one.getByRole("region", { name: "What you can do" });
    await type(section, "Reason", "The owner has left the force");
    await type(section, "For whom", "Supt Example");
    const form = await unfold(inspector, "Release it");
    await form.getByText("Holder holds it: you release it in their place").waitFor();
    await accessible(inspector);
    await type(form, "Why it is not needed any more", "The defendant was acquitted.");
    await press(inspector, form.getByRole("button", { name: "Release it" }));
    await inspector.getByRole("list", { name: "Released" }).getByText("van-1").waitFor();
    await openFirst(holder, "Released");
    await theHold(holder).getByText(/, by Insp\. Holds$/).waitFor();
    await theHold(holder).getByText("The defendant was acquitted.").waitFor();
    await shot(inspector, "h4-released");
  });
}

export async function holdsStory({ office, administrator, camera, picture, open, check, shot }) {
  const hire = (name, shown, role, rank) =>
    office.hire(administrator, name, role, { display_name: shown, rank });
  const people = {
    holder: await hire("holder", "Holder", "investigator", "constable"),
    colleague: await hire("hold-colleague", "Colleague", "investigator", "constable"),
    inspector: await hire("hold-inspector", "Insp. Holds", "authoriser", "inspector"),
    auditor: await hire("hold-auditor", "Auditor", "auditor"),
  };
  await office.handIn(camera.token, { plate: "HD21AAA", score: 0.99 }, picture);
  const pages = {};
  for (const [name, person] of Object.entries(people)) {
    pages[name] = await open(person, axe);
    await pages[name].getByRole("link", { name: "Holds" }).click();
    await pages[name].getByRole("heading", { level: 1, name: "Holds" }).waitFor();
  }
  await makeAndSee({ check, shot }, pages);
  await others({ check, shot }, pages);
  await check("the page about holds fits a narrow screen", async () => {
    for (const one of [pages.holder, pages.colleague]) {
      await one.setViewportSize({ width: 320, height: 800 });
      assert.equal(await one.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    }
    await shot(pages.holder, "h5-narrow");
  });
}
