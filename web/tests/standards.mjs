// What professional standards see and keep: signs with their evidence, the household list. In Chromium.
import assert from "node:assert/strict";
import { accessible, axe } from "./accessible.mjs";

export async function standardsStory({ office, administrator, open, check, shot }) {
  const standards = await office.hire(administrator, "standards", "standards", { display_name: "Insp. Upright" });
  const searcher = await office.hire(administrator, "curious", "investigator", { display_name: "DC Curious" });
  const page = await open(standards, axe);
  await page.getByRole("heading", { level: 1, name: "Professional standards" }).waitFor();

  await check("standards replace the list of colleagues' vehicles, and hear what was wrong in it", async () => {
    await accessible(page);
    const card = page.getByRole("region", { name: "Vehicles of colleagues and households" });
    await card.getByRole("button", { name: "Replace what is there" }).click();
    await card.getByText("Choose a file first.").waitFor();
    const { person } = await office.ask(searcher.token, "GET", "/v1/session");
    const csv = `plate,person\nHH01OME,${person.id}\n?,${person.id}\n`;
    await card.getByLabel("CSV file").setInputFiles({
      name: "household.csv", mimeType: "text/csv", buffer: Buffer.from(csv),
    });
    await card.getByRole("button", { name: "Replace what is there" }).click();
    await card.getByText("1 taken, 1 rejected.").waitFor();
    await card.getByText("Line 3: it has no plate").waitFor();
    assert.equal(await page.getByText("HH01OME").count(), 0);
    await accessible(page);
  });

  await check("a search for one's own household is a sign, with what it rests on, and no verdict", async () => {
    await office.ask(searcher.token, "POST", "/v1/searches", {
      plate: "HH01OME",
      from: new Date(Date.now() - 3_600_000).toISOString(),
      until: new Date().toISOString(),
      purpose: {
        category: "serious", reason: "Seen near the burglary in Mill Lane", reference: "TEST/77",
        for_whom: "DS Example",
      },
    });
    await page.getByLabel("Why you look").fill("The monthly look at searches");
    await page.getByRole("button", { name: "Look for signs" }).click();
    await page.getByRole("list", { name: "Signs" }).getByRole("button")
      .filter({ hasText: "A vehicle of a colleague's or one's own household" }).filter({ hasText: "DC Curious" }).click();
    const one = page.getByRole("region", { name: "The sign", exact: true });
    await one.getByText("A question to ask, and no verdict.").waitFor();
    await one.getByText("Seen near the burglary in Mill Lane").waitFor();
    await one.getByText("TEST/77").waitFor();
    await accessible(page);
    await shot(page, "s1-sign");
  });

  await check("keys move through the signs, and it fits a narrow screen", async () => {
    await page.locator("#main").focus();
    await page.keyboard.press("j");
    await page.getByRole("region", { name: "The sign", exact: true }).getByText("What it rests on").first().waitFor();
    await page.setViewportSize({ width: 320, height: 800 });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    await shot(page, "s2-narrow");
  });
}
