// What keepers ask: received, looked at, erased in part, decided and answered. In Chromium.
import assert from "node:assert/strict";
import { accessible, axe } from "./accessible.mjs";

const theRequest = (page) => page.getByRole("region", { name: "The request", exact: true });

// Fills in the form, and waits until the request stands in the queue.
async function receive(page, wish, plate) {
  await page.getByText("Record a new request").click();
  const form = page.locator("form").filter({ hasText: "What they ask" });
  await form.getByLabel("What they ask").selectOption(wish);
  await form.getByLabel("Plate").fill(plate);
  // A second after what was handed in last, and not in the future.
  await page.waitForTimeout(1_100);
  const now = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000);
  // A browser leaves out the seconds of a whole minute.
  await form.getByLabel("Until").fill(now.toISOString().slice(0, 19).replace(/:00$/, ""));
  await form.getByLabel("Who asks").fill("The keeper, by letter; log book seen");
  await form.getByRole("button", { name: "Record the request" }).click();
  await theRequest(page).getByRole("button", { name: "See what is held" }).waitFor();
  await page.getByText("Record a new request").click();
}

export async function subjectsStory({ office, administrator, camera, picture, open, check, shot }) {
  const dpo = await office.hire(administrator, "rights", "dpo", { display_name: "Rights Officer" });
  await office.handIn(camera.token, { plate: "KP21EER", score: 0.99 }, picture);
  await office.handIn(camera.token, { plate: "KP21EER", score: 0.98 });
  const page = await open(dpo, axe);
  await page.getByRole("link", { name: "Keepers" }).click();
  await page.getByRole("heading", { level: 1, name: "Requests of keepers" }).waitFor();

  await check("a keeper's request is recorded, and its clock runs", async () => {
    await accessible(page);
    await receive(page, "access", "kp21 eer");
    await page.getByRole("list", { name: "To answer" }).getByText(/^Due on .*, in \d+ days$/).waitFor();
    await page.getByText("1 to answer, 0 overdue.").waitFor();
    await accessible(page);
    await shot(page, "k1-received");
  });

  await check("the officer sees what is held, keeps a part back, and the answer is made", async () => {
    const one = theRequest(page);
    await one.getByRole("button", { name: "See what is held" }).click();
    await one.getByText("Records of it passing cameras: 2").waitFor();
    await one.getByText("Entries of it on lists: 0").waitFor();
    await one.getByLabel("To the keeper").fill("This is what we may give you.");
    await one.getByRole("button", { name: "Keep something back" }).click();
    const part = one.getByRole("group", { name: "Kept back" });
    await part.getByLabel("Until").fill("2020-01-02T00:00");
    await part.getByLabel("What was in the time from").fill("2020-01-01T00:00");
    await part.getByLabel("Reason").fill("A case that is long over");
    await accessible(page);
    await shot(page, "k2-deciding");
    await one.getByRole("button", { name: "Decide, and make the answer" }).click();
    const text = one.getByRole("region", { name: "Text of the answer" });
    await text.getByText("we give you 2 records of this vehicle").waitFor();
    await text.getByText("We neither confirm nor deny that an alert was raised about it").waitFor();
    assert.equal(await text.getByText("A case that is long over").count(), 0);
    assert.equal(await page.evaluate(() => document.activeElement.tagName), "PRE");
    await accessible(page);
    await shot(page, "k3-answered");
  });

  await check("single records are erased before their time, and the rest stands", async () => {
    await receive(page, "erasure", "KP21EER");
    const one = theRequest(page);
    await one.getByRole("button", { name: "See what is held" }).click();
    await one.getByText("Records of it passing cameras: 2").waitFor();
    await one.getByRole("checkbox", { name: /^Erase what was seen on/ }).first().check();
    await accessible(page);
    await one.getByRole("button", { name: "Erase what is chosen" }).click();
    await one.getByText(/^Erased so far: 1, with \d pictures\.$/).waitFor();
    await one.getByText("Records of it passing cameras: 1").waitFor();
    await one.getByLabel("To the keeper").fill("We have done as you asked in part.");
    await one.getByRole("button", { name: "Decide, and make the answer" }).click();
    await one.getByText("We have erased 1 record of this vehicle").waitFor();
    await shot(page, "k4-erased");
  });

  await check("keys move through the queue, and it fits a narrow screen", async () => {
    await page.locator("#main").focus();
    await page.keyboard.press("j");
    await theRequest(page).getByRole("button", { name: "See what is held" }).click();
    await theRequest(page).getByText("Records of it passing cameras: 1").waitFor();
    await page.setViewportSize({ width: 320, height: 800 });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    await shot(page, "k5-narrow");
  });

  await check("an erasure for which nothing is held says so", async () => {
    await receive(page, "erasure", "ZZ99NIL");
    const one = theRequest(page);
    await one.getByRole("button", { name: "See what is held" }).click();
    await one.getByText("Nothing is held about this vehicle in this time.").waitFor();
    await one.getByText("There is nothing to erase").waitFor();
    assert.equal(await one.getByRole("button", { name: "Erase what is chosen" }).count(), 0);
    await accessible(page);
    await one.getByLabel("To the keeper").fill("We hold nothing about this vehicle.");
    await one.getByRole("button", { name: "Decide, and make the answer" }).click();
    await one.getByText("We have erased no record of this vehicle.").waitFor();
  });
}
