// What a force answers for: the public version of an impact assessment, the self-assessment, and
// what the cameras did. In Chromium.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { accessible } from "./accessible.mjs";

const theSite = (page) => page.getByRole("region", { name: "The site", exact: true });

// By a deputy: the officer's own advice is a part of it.
async function publishIt({ check, shot, openSite }, { manager, deputy: dpo }) {
  await check("the public version finds the site's name, and is kept once it is struck out", async () => {
    await openSite(manager, "Mill Lane");
    const summary = theSite(manager).locator("summary").filter({ hasText: "Data protection impact assessment (" });
    const version = Number(/version (\d+)/.exec(await summary.textContent())[1]);
    await summary.click();
    const form = theSite(manager).getByRole("form", { name: "Data protection impact assessment" });
    await form.locator("#part-rights textarea").first().fill("People of Mill Lane are told.");
    await form.getByRole("button", { name: /^Save/ }).click();
    await summary.filter({ hasText: `version ${version + 1},` }).waitFor();

    await openSite(dpo, "Mill Lane");
    await theSite(dpo).getByText("Public version of the impact assessment").click();
    await theSite(dpo).getByText("None was kept.").waitFor();
    await theSite(dpo).getByRole("button", { name: "Check a public version" }).click();
    await theSite(dpo).getByText("It still tells a place. Strike what is marked.").waitFor();
    await theSite(dpo).getByText("It still holds the name of a place: “Mill Lane”.").waitFor();
    assert.equal(await theSite(dpo).getByRole("button", { name: "I have read it" }).isDisabled(), true);
    await accessible(dpo);
    await shot(dpo, "f1-public-finds");
    const answer = theSite(dpo).getByRole("listitem").filter({ hasText: "It still holds" });
    await answer.locator("summary").click();
    await answer.getByRole("button", { name: "Strike" }).click();
    await theSite(dpo).getByText("People of [withheld] are told.").waitFor();
    await theSite(dpo).getByRole("button", { name: "I have read it" }).click();
    const coming = dpo.waitForEvent("download");
    await theSite(dpo).getByRole("link", { name: "Public version 1: page" }).click();
    const page = readFileSync(await (await coming).path(), "utf8");
    assert.ok(page.includes("NOT FOR RELEASE"));
    for (const secret of ["Mill", "53.5", "mill-1"]) assert.equal(page.includes(secret), false, secret);
    await accessible(dpo);
    await shot(dpo, "f2-public-kept");
  });
}

const code = (page, name) => page.getByRole("region", { name, exact: true });

async function openCode(page) {
  await page.getByRole("link", { name: "Code", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Code of practice" }).waitFor();
}

async function assessSelf({ check, shot }, { controller }) {
  await check("the self-assessment begins with what is on record, and is filed whole", async () => {
    await openCode(controller);
    const self = code(controller, "Self-assessment");
    await self.getByText("None was filed yet.").waitFor();
    await self.getByRole("button", { name: "Begin one from the records" }).click();
    const form = self.getByRole("form");
    await form.waitFor();
    assert.match(await form.locator("#part-principle_2 textarea").first().inputValue(), /Yearly reviews overdue: 0/);
    await form.getByRole("button", { name: /^Save/ }).click();
    await form.getByRole("alert").getByText("principle_1").waitFor();
    for (const select of await form.getByLabel("Met", { exact: true }).all()) await select.selectOption("partly");
    for (const area of await form.locator("textarea").all()) {
      if (!(await area.inputValue())) await area.fill("As the records show.");
    }
    await form.locator("#part-principle_3").getByLabel("Met", { exact: true }).selectOption("no");
    // What is met has evidence.
    const first = form.locator("#part-principle_1");
    await first.getByLabel("Met", { exact: true }).selectOption("yes");
    await form.getByRole("button", { name: /^Save/ }).click();
    await form.getByRole("alert").getByText("has no evidence").waitFor();
    await first.locator("input[type=file]").setInputFiles({ name: "strategy.txt", mimeType: "text/plain", buffer: Buffer.from("Fewer thefts.\n") });
    await first.getByRole("link", { name: "strategy.txt" }).waitFor();
    await accessible(controller);
    await shot(controller, "f3-self-assessment");
    await form.getByRole("button", { name: /^Save/ }).click();
    await self.getByText(/^Version 1, filed on/).click();
    await self.getByText("Met: no.").waitFor();
    await accessible(controller);
  });
}

async function tellEffect({ check, shot }, { manager, second, foi }) {
  await check("one writes an example, another approves it, and the draft shows it", async () => {
    await openCode(manager);
    const did = code(manager, "What the cameras did");
    await did.getByLabel("An example of what the cameras were good for").fill("It was seen at Mill Lane.");
    await did.getByRole("button", { name: "Write it down" }).click();
    await manager.getByRole("alert").getByText("the name of a place").waitFor();
    await did.getByLabel("An example of what the cameras were good for").fill("A stolen car was found within the hour.");
    await did.getByRole("button", { name: "Write it down" }).click();
    await did.getByText("waits for somebody else's approval").waitFor();
    await openCode(second);
    await code(second, "What the cameras did").getByRole("button", { name: "Approve example 1" }).click();
    await code(second, "What the cameras did").getByText(/approved by/).waitFor();
    await openCode(foi);
    // The quarter that it is cannot be chosen, nor any days within one.
    const now = new Date();
    const times = await foi.getByLabel("Time").locator("option").allTextContents();
    const quarter = `Quarter ${Math.floor(now.getUTCMonth() / 3) + 1} of ${now.getUTCFullYear()}`;
    assert.equal(times.includes(quarter), false);
    assert.equal(times.includes(`The year ${now.getUTCFullYear() - 1}`), true);
    await foi.getByRole("button", { name: "Count" }).click();
    const draft = foi.getByRole("region", { name: "Effectiveness" });
    await draft.getByText("NOT FOR RELEASE").first().waitFor();
    await draft.getByText("A stolen car was found within the hour.").waitFor();
    await draft.getByText("No alert ended in this time.").waitFor();
    await accessible(foi);
    await shot(foi, "f4-effectiveness");
  });
}

// After the site's own story: its pages are open, and its assessment is written.
export async function accountsStory(world, pages) {
  await publishIt(world, pages);
  await assessSelf(world, pages);
  await tellEffect(world, pages);
  await world.check("the pages of what is answered for fit a narrow screen", async () => {
    for (const one of [pages.controller, pages.foi]) {
      await one.setViewportSize({ width: 375, height: 800 });
      assert.equal(await one.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
      await one.setViewportSize({ width: 1280, height: 900 });
    }
  });
}
