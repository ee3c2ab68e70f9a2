// The working life of a site: proposed, assessed, decided, built, reviewed; and the register. In
// Chromium.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { accessible, axe } from "./accessible.mjs";
import { accountsStory } from "./accounts.mjs";
import { press, type, unfold } from "./by_keys.mjs";

export const dayIn = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

// Fills in what is empty: the first choice, a word, a number, a day, a file. `said` has the answers
// that matter, by their labels.
export async function fillIn(form, said = {}) {
  for (const area of await form.locator("textarea, input[type=text], input:not([type])").all()) {
    if (!(await area.inputValue())) await area.fill("As it was found on the spot.");
  }
  for (const number of await form.locator("input[type=number]").all()) await number.fill("1200");
  for (const day of await form.locator("input[type=date]").all()) {
    if (!(await day.inputValue())) await day.fill(dayIn(0));
  }
  for (const select of await form.locator("select").all()) {
    const label = await select.evaluate((one) => one.labels[0].textContent);
    if (label === "Kind of evidence") continue;
    if (said[label]) await select.selectOption(said[label]);
    else await select.selectOption({ index: 1 });
  }
  for (const file of await form.locator("input[type=file]").all()) {
    const fieldset = file.locator("xpath=ancestor::fieldset");
    if (await fieldset.getByRole("listitem").count()) continue;
    await file.setInputFiles({ name: "figures.csv", mimeType: "text/csv", buffer: Buffer.from("a,b\n1,2\n") });
    await fieldset.getByText("figures.csv").waitFor();
  }
}

export const theSite = (page) => page.getByRole("region", { name: "The site", exact: true });

export async function openSite(page, name) {
  await page.getByRole("link", { name: "Estate" }).click();
  await page.reload();
  await page.getByRole("list", { name: "Sites" }).getByRole("button", { name }).click();
  await theSite(page).getByRole("heading", { level: 2, name }).waitFor();
}

// Writes a paper, whole, and waits for the version that it became.
export async function write(page, title, said) {
  const summary = theSite(page).locator("summary").filter({ hasText: `${title} (` });
  const version = Number(/version (\d+)/.exec(await summary.textContent())?.[1] ?? 0);
  await press(page, summary);
  const drawn = theSite(page).getByRole("form", { name: title });
  await drawn.waitFor();
  await fillIn(drawn, said);
  await press(page, drawn.getByRole("button", { name: `Save: ${title}` }));
  await summary.filter({ hasText: `version ${version + 1},` }).waitFor();
}

async function assessIt({ check, shot }, { manager, dpo, overt }) {
  await check("a category without evidence cannot pass, and says so where it is written", async () => {
    await openSite(manager, "Mill Lane");
    await manager.getByText(/^Strategic assessment \(not written/).click();
    const form = theSite(manager).getByRole("form", { name: "Strategic assessment" });
    await accessible(manager);
    await form.locator("#part-local_crime textarea").first().fill("Thefts of vehicles.");
    await form.getByRole("button", { name: "Save: Strategic assessment" }).click();
    await form.getByText("has no evidence").waitFor();
    await form.getByText("What the deployment is to achieve").first().waitFor();
    await accessible(manager);
    await shot(manager, "e1-assessment-lacks");
  });

  await check("every paper of the assessment is written, each by whoever may", async () => {
    await openSite(manager, "Mill Lane");
    await write(manager, "Strategic assessment");
    await write(manager, "Pressing social need", { "A pressing social need was": "found" });
    await write(manager, "Data protection impact assessment");
    await shot(manager, "e2-impact");
    await write(manager, "Consultation");
    await write(manager, "Fit with existing infrastructure");
    await openSite(dpo, "Mill Lane");
    await write(dpo, "Advice of the data protection officer");
    await openSite(overt, "Mill Lane");
    await write(overt, "Advice of the senior person for overt surveillance");
    await accessible(overt);
  });
}

// Both files, by their links.
async function printIt({ check }, { dpo }, impact) {
  await check("the impact assessment is printed, on paper and as a page", async () => {
    await openSite(dpo, "Mill Lane");
    await theSite(dpo).getByText(/^Data protection impact assessment \(version/).click();
    for (const [words, begins] of [["PDF", "%PDF-"], ["page", "<!DOCTYPE html>"]]) {
      const coming = dpo.waitForEvent("download");
      await theSite(dpo).getByRole("link", { name: `Data protection impact assessment: ${words}` }).click();
      const file = `${await (await coming).path()}.${words}.html`;
      await (await coming).saveAs(file);
      assert.ok(readFileSync(file, "utf8").startsWith(begins));
      if (words === "page") await impact(file);
    }
  });
}

async function decideIt({ check, shot, putUp }, { manager, second, controller }) {
  await check("who proposed it may not find it assessed; a second manager may", async () => {
    await openSite(manager, "Mill Lane");
    await theSite(manager).getByRole("button", { name: "Find the assessment whole" }).click();
    await manager.getByText("whoever proposed it may not judge it").waitFor();
    await openSite(second, "Mill Lane");
    await theSite(second).getByRole("button", { name: "Find the assessment whole" }).click();
    await theSite(second).getByText("assessed · path: full").waitFor();
  });

  await check("the controller decides, with reasons, against the matrix that is set", async () => {
    await openSite(controller, "Mill Lane");
    const form = theSite(controller).getByRole("form", { name: "Decision of the controller" });
    await fillIn(form);
    await accessible(controller);
    await shot(controller, "e3-decision");
    await form.getByRole("button", { name: /^Save/ }).click();
    await theSite(controller).getByText("decided · path: full").waitFor();
  });

  await check("it is commissioned and begins, with the keyboard alone", async () => {
    await putUp();
    await openSite(manager, "Mill Lane");
    const form = theSite(manager).getByRole("form", { name: "Commissioning" });
    await fillIn(form);
    await form.getByRole("button", { name: /^Save/ }).click();
    const begin = theSite(manager).getByRole("button", { name: "Let its cameras collect" });
    await begin.waitFor();
    await begin.focus();
    await manager.keyboard.press("Enter");
    await theSite(manager).getByText("live · path: full").waitFor();
    await accessible(manager);
    await shot(manager, "e4-live");
  });
}

async function reviewIt({ check, shot }, { second }) {
  await check("the review's outcome follows from its answers", async () => {
    await openSite(second, "Mill Lane");
    const form = theSite(second).getByRole("form", { name: "Yearly review" });
    // Nobody waits for it yet: it is folded away, and says when it is due.
    await theSite(second).getByText(`Its yearly review is due on ${dayIn(365)}; without it`).waitFor();
    assert.equal(await form.isVisible(), false);
    await theSite(second).getByText("Review early", { exact: true }).click();
    // What the records hold stands beside it.
    await theSite(second).getByRole("table", { name: /What the records hold/ }).waitFor();
    await fillIn(form, { "The location": "no", "The resident population": "no", "The transient population": "no", "It is": "yes" });
    await accessible(second);
    await shot(second, "e5-review");
    await form.getByRole("button", { name: /^Save/ }).click();
    await theSite(second).getByRole("list", { name: "Steps" }).getByText("continued").waitFor();
  });
}

async function adviseAgainst({ check, shot }, { manager, dpo, overt, second }) {
  await check("advice against it sends a site back, and its page says whose it was and what they said", async () => {
    await openSite(manager, "Mill Lane");
    await write(manager, "Data protection impact assessment");
    await openSite(dpo, "Mill Lane");
    await write(dpo, "Advice of the data protection officer", { "In short": "do_not" });
    await openSite(overt, "Mill Lane");
    await write(overt, "Advice of the senior person for overt surveillance", { "In short": "go_ahead" });
    await openSite(second, "Mill Lane");
    await press(second, theSite(second).getByText("Review early", { exact: true }));
    const form = theSite(second).getByRole("form", { name: "Yearly review" });
    await theSite(second).getByRole("table", { name: /What the records hold/ }).waitFor();
    await fillIn(form, { "The location": "no", "The resident population": "yes", "The transient population": "no", "It is": "yes" });
    await press(second, form.getByRole("button", { name: /^Save/ }));
    const said = "paragraph 7.7; the data protection officer advised that it must not go ahead (dpo_advice, version 2): As it was found on the spot.";
    await theSite(second).getByText(`Sent back by its review: ${said}`).waitFor();
    await theSite(second).getByRole("list", { name: "Steps" }).getByText(said).waitFor();
    await accessible(second);
    await shot(second, "e5b-sent-back");
  });
}

async function keepBook({ check, shot }, { manager }) {
  await check("a fault is written down and stands on the site's page by its author's name", async () => {
    await openSite(manager, "Mill Lane");
    await theSite(manager).getByText("Write down a fault, a test or a complaint").click();
    const form = theSite(manager).getByRole("form", { name: "Write down" });
    await form.getByLabel("What was found").fill("The lens is cracked.");
    await form.getByRole("button", { name: "Write it down" }).click();
    const row = theSite(manager).getByRole("row", { name: /The lens is cracked/ });
    await row.waitFor();
    assert.match(await row.textContent(), /open/);
    await theSite(manager).getByRole("list", { name: "Tests" }).getByText(/mill-1: clock test due/).waitFor();
    await accessible(manager);
    await shot(manager, "e4b-book");
  });
}

async function takeIn({ check, shot }, { manager }) {
  await check("a register is checked field by field before it is taken in", async () => {
    await manager.getByRole("link", { name: "Register" }).click();
    const form = manager.getByRole("form", { name: "Take in a register" });
    await form.waitFor();
    await form.getByLabel("Register").setInputFiles({
      name: "old.csv", mimeType: "text/csv",
      buffer: Buffer.from("camera,owner,installed\nold-2,Force,2018-01-01\nold-3,,\n"),
    });
    await form.getByRole("button", { name: "Check it" }).click();
    await form.getByRole("row", { name: /owner not recorded of 1 of 2/ }).waitFor();
    await form.getByRole("row", { name: /controller not recorded of 2 of 2/ }).waitFor();
    await accessible(manager);
    await shot(manager, "e6b-import");
    await form.getByRole("button", { name: "Take it in" }).click();
    await form.getByText("Taken in.").waitFor();
  });
}

async function addCost({ check, shot }, { manager, foi }) {
  await check("a cost is written down by whoever may, and the same one again only as another", async () => {
    await press(manager, manager.getByRole("link", { name: "Register" }));
    const year = new Date().getFullYear();
    const add = async () => {
      const form = await unfold(manager, "Write down a cost");
      await form.getByLabel("Kind of cost").selectOption("running");
      await type(form, "Pounds", "1250");
      return form;
    };
    const save = async (form) => press(manager, form.getByRole("button", { name: "Write it down" }));
    const once = await add();
    await save(once);
    await once.waitFor({ state: "hidden" });
    const form = await add();
    await save(form);
    await form.getByRole("alert").getByText("if this is another, say so").waitFor();
    await accessible(manager);
    await shot(manager, "e6c-cost");
    await form.getByLabel("It is another").focus();
    await manager.keyboard.press("Space");
    await save(form);
    await form.waitFor({ state: "hidden" });
    await manager.getByLabel("Question").selectOption("costs");
    await press(manager, manager.getByRole("button", { name: "Ask", exact: true }));
    await manager.getByRole("region", { name: "Draft" }).getByRole("row", { name: `${year} running 2,500` }).waitFor();
    await foi.reload();
    await press(foi, foi.getByRole("link", { name: "Register" }));
    assert.equal(await foi.getByText("Write down a cost").count(), 0);
  });
}

async function askRegister({ check, shot }, { foi }) {
  await check("the register answers with a draft that is not for release and names no place", async () => {
    await foi.getByRole("link", { name: "Register" }).click();
    await foi.getByRole("button", { name: "Ask" }).click();
    const draft = foi.getByRole("region", { name: "Draft" });
    await draft.getByText("NOT FOR RELEASE").first().waitFor();
    await draft.getByRole("row", { name: /all/ }).waitFor();
    assert.equal((await draft.textContent()).includes("Mill Lane"), false);
    await accessible(foi);
    await shot(foi, "e6-register");
  });
}

// `open` gives a page in a context of its own, signed in as this person.
export async function estateStory(world) {
  const { office, administrator, open, check, shot } = world;
  const people = {};
  for (const [name, role] of [
    ["manager", "anpr_manager"], ["second", "anpr_manager"], ["controller", "controller"],
    ["dpo", "dpo"], ["deputy", "dpo"], ["overt", "overt_lead"], ["foi", "foi_officer"],
  ]) {
    people[name] = await office.hire(administrator, `estate-${name}`, role);
  }
  const { manager, controller } = people;
  await office.ask(manager.token, "POST", "/v1/sites", {
    id: "mill", name: "Mill Lane", path: "full", position: { latitude: 53.5, longitude: -1.5 },
    grounds: { need: "Thefts of vehicles", category: "local_crime", review: dayIn(300) },
  });
  await office.ask(controller.token, "POST", "/v1/estate/matrix", { toml: world.matrix, reasons: "As a start." });
  await office.ask(manager.token, "POST", "/v1/register",
    `camera,kind,installed\nold-1,fixed,2019-05-01\n`, "text/csv");
  const pages = {};
  for (const [name, person] of Object.entries(people)) pages[name] = await open(person, axe);
  await assessIt(world, pages);
  // The page is looked at as whoever receives it does: from a file.
  await printIt(world, pages, async (file) => {
    const received = await open(null, axe);
    await received.goto(`file://${file}`);
    await received.getByRole("heading", { level: 1, name: /Mill Lane/ }).waitFor();
    await accessible(received);
    await received.setViewportSize({ width: 375, height: 800 });
    assert.equal(await received.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    await shot(received, "e2-printed");
  });
  const putUp = () =>
    office.ask(manager.token, "POST", "/v1/cameras", { id: "mill-1", name: "North", site: "mill" });
  await decideIt({ ...world, putUp }, pages);
  await keepBook(world, pages);
  await reviewIt(world, pages);
  await askRegister(world, pages);
  await addCost(world, pages);
  await takeIn(world, pages);
  await accountsStory({ ...world, openSite }, pages);
  await check("the dry run shows which cameras would stop if nobody did anything", async () => {
    const page = pages.manager;
    await page.getByRole("link", { name: "Estate" }).click();
    const dry = page.locator("details.would-stop");
    await dry.locator("summary").focus();
    await page.keyboard.press("Enter");
    await dry.getByLabel("If nobody does anything, by the end of").fill(dayIn(0));
    await dry.getByRole("button").focus();
    await page.keyboard.press("Enter");
    await dry.getByText(`No camera would stop by ${dayIn(0)}.`).waitFor();
    await dry.getByLabel("If nobody does anything, by the end of").fill(dayIn(900));
    await dry.getByRole("button").click();
    await dry.getByText(/^\d+ cameras would stop by/).waitFor();
    await dry.getByText(/camera-1\b/).waitFor();
    await accessible(page);
    await shot(page, "e8-would-stop");
  });
  await adviseAgainst(world, pages);
  await check("the pages of the estate fit a narrow screen", async () => {
    for (const one of [pages.manager, pages.foi]) {
      await one.setViewportSize({ width: 320, height: 800 });
      assert.equal(await one.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    }
    await shot(pages.manager, "e7-narrow");
  });
}
