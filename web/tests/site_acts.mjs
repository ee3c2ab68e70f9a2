// What else is done about a site: proposed, approved, extended, given cameras, sent to the full
// path, withdrawn, stopped, taken down; and its evidence got out. In Chromium, without a mouse.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { accessible, axe } from "./accessible.mjs";
import { press, type, unfold } from "./by_keys.mjs";
import { dayIn, fillIn, openSite, theSite, write } from "./estate.mjs";

async function propose(page, { id, name, path }) {
  const form = await unfold(page, "Propose a site");
  await form.getByLabel("Path").selectOption(path);
  await type(form, "Name", name);
  await type(form, "Id", id);
  await type(form, "Latitude", "53.61");
  await type(form, "Longitude", "-1.42");
  await type(form, "The need, in words", "Thefts from farms along the old road.");
  await press(page, form.getByRole("button", { name: "Propose it" }));
  return form;
}

async function reasonFor(page, title, reason) {
  const form = await unfold(page, title);
  await type(form, "Reason", reason);
  await press(page, form.getByRole("button", { name: title, exact: true }));
}

const summaries = (page) => page.locator("section.detail summary").allTextContents();

async function shortly({ check, shot }, { manager, second, controller, dpo, overt }) {
  await check("a short site is proposed with the keyboard, and a taken id is told in words", async () => {
    await manager.getByRole("link", { name: "Estate" }).click();
    await propose(manager, { id: "old-road", name: "Old Road", path: "under_twelve_months" });
    await theSite(manager).getByRole("heading", { level: 2, name: "Old Road" }).waitFor();
    await theSite(manager).getByText("proposed · path: under twelve months").waitFor();
    await accessible(manager);
    // What is offered next is the full path, and what is said of it is too.
    const emptied = await unfold(manager, "Propose a site");
    assert.equal(await emptied.getByLabel("Path").inputValue(), "full");
    await emptied.getByText("It is assessed, advised on and decided by the controller").waitFor();
    assert.equal(await emptied.getByLabel("Review, or end, on").inputValue(), dayIn(365));
    const form = await propose(manager, { id: "old-road", name: "Old Road again", path: "full" });
    await form.getByRole("alert").getByText("the site's id is taken").waitFor();
    assert.equal(await form.getByLabel("Name").inputValue(), "Old Road again");
    await shot(manager, "h1-propose");
  });

  await check("whoever proposed it is told that another approves; another does", async () => {
    await openSite(manager, "Old Road");
    await theSite(manager).getByText("You proposed it. Another manager approves it").waitFor();
    assert.equal(await theSite(manager).getByRole("button", { name: "Approve it" }).count(), 0);
    assert.equal((await summaries(manager)).includes("Stop the site"), false);
    await openSite(second, "Old Road");
    await accessible(second);
    await press(second, theSite(second).getByRole("button", { name: "Approve it" }));
    await theSite(second).getByText("live · path: under twelve months").waitFor();
  });

  await check("a camera is added, its token shown once; it gets another, and is stopped", async () => {
    await press(second, theSite(second).getByText("Which collect; add, stop, give a new token"));
    await theSite(second).getByText("It has no camera.").waitFor();
    const add = await unfold(second, "Add a camera");
    await type(add, "Camera's name", "North");
    await type(add, "Camera's id", "old-road-1");
    await add.getByLabel("Kind").selectOption("shared");
    await type(add, "Owner", "Made-up Council");
    await press(second, add.getByRole("button", { name: "Add it" }));
    const token = theSite(second).getByRole("group", { name: "The camera's token" });
    const first = await token.locator("code").textContent();
    assert.ok(first.length > 20);
    await accessible(second);
    await shot(second, "h2-token");
    await press(second, token.getByRole("button", { name: "I have it" }));
    await theSite(second).getByText("North (old-road-1): collects").waitFor();
    const renew = await unfold(second, "Give a camera a new token");
    await press(second, renew.getByRole("button", { name: "Give it a new token" }));
    await token.waitFor();
    assert.notEqual(await token.locator("code").textContent(), first);
    await press(second, token.getByRole("button", { name: "I have it" }));
    const stop = await unfold(second, "Stop a camera");
    await type(stop, "Reason", "A lorry took its mast down.");
    await press(second, stop.getByRole("button", { name: "Stop it" }));
    await theSite(second).getByText(/North \(old-road-1\): does not collect/).waitFor();
    await accessible(second);
  });

  await check("it is not extended without its impact assessment and the advice on it", async () => {
    const wanted = (page) => theSite(page).getByRole("list", { name: "What its next step wants" });
    await openSite(second, "Old Road");
    await wanted(second).getByText("to be extended: dpo_advice is missing").waitFor();
    const form = await unfold(second, "Extend it inside its twelve months");
    await press(second, form.getByRole("button", { name: "Extend it" }));
    await form.getByRole("alert").getByText("impact is missing: nothing is extended without").waitFor();
    await wanted(second).getByText("signs and public information, with proof, due on").waitFor();
    await accessible(second);
    await shot(second, "h3-extend-wants");
    for (const [page, title] of [
      [manager, "Data protection impact assessment"],
      [dpo, "Advice of the data protection officer"],
      [overt, "Advice of the senior person for overt surveillance"],
      [manager, "Signs and public information"],
    ]) {
      await openSite(page, "Old Road");
      await write(page, title);
    }
    await openSite(second, "Old Road");
    assert.equal(await wanted(second).count(), 0);
  });

  await check("it is extended inside its twelve months and no further", async () => {
    await openSite(second, "Old Road");
    await theSite(second).getByRole("row", { name: /^old-road-1 North shared Made-up Council not recorded/ }).waitFor();
    const form = await unfold(second, "Extend it inside its twelve months");
    await form.getByLabel("It ends on").fill(dayIn(500));
    await press(second, form.getByRole("button", { name: "Extend it" }));
    await form.getByRole("alert").getByText("at most").waitFor();
    await accessible(second);
    await shot(second, "h3-extend-refused");
    await form.getByLabel("It ends on").fill(dayIn(200));
    await press(second, form.getByRole("button", { name: "Extend it" }));
    await theSite(second).getByRole("list", { name: "Steps" }).getByText("extended").waitFor();
  });

  await check("who may not change the estate is offered nothing of it", async () => {
    await openSite(controller, "Old Road");
    const offered = await summaries(controller);
    for (const act of ["Stop the site", "Take the full path", "Withdraw the proposal", "Add a camera"]) {
      assert.equal(offered.includes(act), false, act);
    }
    assert.equal(await controller.getByText("Propose a site").count(), 0);
  });
}

async function gravely({ check, shot }, { manager, second }) {
  await check("what is to stay takes the full path, with its reason on record", async () => {
    await openSite(second, "Old Road");
    await reasonFor(second, "Take the full path", "The thefts go on.");
    await theSite(second).getByText("reassessing · path: full").waitFor();
    await theSite(second).getByRole("list", { name: "Steps" }).getByText("The thefts go on.").waitFor();
    assert.equal((await summaries(second)).includes("Take the full path"), false);
  });

  await check("a proposal is withdrawn; what was withdrawn offers nothing more", async () => {
    await manager.reload();
    await propose(manager, { id: "new-road", name: "New Road", path: "full" });
    await theSite(manager).getByRole("heading", { level: 2, name: "New Road" }).waitFor();
    await reasonFor(manager, "Withdraw the proposal", "The road is not built.");
    await theSite(manager).getByText("withdrawn · path: full").waitFor();
    assert.equal(await theSite(manager).getByText("What else can be done").count(), 0);
  });

  await check("a site is stopped, taken down, and its evidence got out as it was handed in", async () => {
    await openSite(manager, "Old Road");
    await reasonFor(manager, "Stop the site", "The need is over.");
    await theSite(manager).getByText("stopped · path: full").waitFor();
    const form = theSite(manager).getByRole("form", { name: "Decommissioning" });
    await fillIn(form);
    await accessible(manager);
    await shot(manager, "h4-stopped");
    await press(manager, form.getByRole("button", { name: /^Save/ }));
    await theSite(manager).getByText("decommissioned · path: full").waitFor();
    await press(manager, theSite(manager).locator("summary").filter({ hasText: "Decommissioning (version 1" }));
    const coming = manager.waitForEvent("download");
    await press(manager, theSite(manager).getByRole("link", { name: "figures.csv" }).first());
    const file = await coming;
    assert.equal(file.suggestedFilename(), "figures.csv");
    assert.equal(readFileSync(await file.path(), "utf8"), "a,b\n1,2\n");
    await accessible(manager);
    await shot(manager, "h5-evidence");
  });

  await check("the acts of a site fit a narrow screen", async () => {
    await manager.setViewportSize({ width: 375, height: 800 });
    await propose(manager, { id: "lane", name: "The Lane", path: "emergency" });
    await theSite(manager).getByRole("heading", { level: 2, name: "The Lane" }).waitFor();
    await unfold(manager, "Withdraw the proposal");
    assert.equal(await manager.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    await accessible(manager);
    await shot(manager, "h6-acts-narrow");
  });
}

export async function siteActsStory(world) {
  const { office, administrator, open } = world;
  const pages = {};
  for (const [name, role] of [
    ["manager", "anpr_manager"], ["second", "anpr_manager"], ["controller", "controller"],
    ["dpo", "dpo"], ["overt", "overt_lead"],
  ]) {
    pages[name] = await open(await office.hire(administrator, `acts-${name}`, role), axe);
  }
  await shortly(world, pages);
  await gravely(world, pages);
}
