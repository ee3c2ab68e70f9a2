// What others publish about places is checked, taken in and listed. In Chromium, without a mouse.
import assert from "node:assert/strict";
import { accessible, axe } from "./accessible.mjs";

const file = (name, text) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
const press = async (page, name) => {
  await page.getByRole("button", { name, exact: true }).focus();
  await page.keyboard.press("Enter");
};

export async function surroundingsStory({ office, manager, auditor, open, check, shot }) {
  const page = await open(manager, axe);

  await check("a file about places is checked: its first rows, and each mistake with its line", async () => {
    await page.getByRole("link", { name: "Surroundings", exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Surroundings" }).waitFor();
    await page.getByLabel("What it is").selectOption("population");
    await page.getByText("CSV: latitude, longitude, residents").waitFor();
    await page.getByLabel("File").setInputFiles(file("census.csv", "latitude,longitude,residents\n54.1,-2.1,120\n95,-2.1,3\n54.2,-2.1\n"));
    await page.getByLabel("Source").fill("The census, 2021");
    await page.getByLabel("Day that it speaks of").fill("2021-03-21");
    await press(page, "Check it");
    const wrong = page.getByRole("region", { name: "What is wrong" });
    await wrong.getByText("There are 2 mistakes. Nothing can be taken in.").waitFor();
    await wrong.getByText("Line 3: the latitude is no number, or out of range").waitFor();
    await wrong.getByText("Line 4: it has other columns than the heading").waitFor();
    await page.getByRole("table", { name: "The first 2 of 3 rows" }).waitFor();
    assert.equal(await page.getByRole("button", { name: "Take it in" }).isVisible(), false);
    await accessible(page);
    await shot(page, "g1-surroundings-mistakes");
  });

  await check("a file without a mistake is taken in, and each version is listed", async () => {
    const before = (await office.ask(manager.token, "GET", "/v1/surroundings")).data.length;
    for (const residents of [120, 130]) {
      await page.getByLabel("File").setInputFiles(file("census.csv", `latitude,longitude,residents\n54.1,-2.1,${residents}\n`));
      await press(page, "Check it");
      await page.getByText("No mistake was found in 1 rows.").waitFor();
      assert.equal(await page.evaluate(() => document.activeElement.textContent), "Take it in");
      await page.keyboard.press("Enter");
      await page.getByText(/^Taken in as number \d+: 1 rows\.$/).waitFor();
    }
    const versions = page.getByRole("region", { name: "Versions" });
    await versions.getByRole("row", { name: /Population yes The census, 2021 2021-03-21 1/ }).waitFor();
    await versions.getByRole("row", { name: /Population no, a later one is The census, 2021/ }).waitFor();
    const { data } = await office.ask(manager.token, "GET", "/v1/surroundings");
    assert.equal(data.length, before + 2);
    await accessible(page);
    await shot(page, "g2-surroundings");
  });

  await check("the page of the surroundings fits a narrow screen, and only managers take in", async () => {
    await page.setViewportSize({ width: 375, height: 800 });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    await shot(page, "g3-surroundings-narrow");
    const other = await open(auditor, axe);
    await other.getByRole("link", { name: "Surroundings", exact: true }).click();
    await other.getByRole("region", { name: "Versions" }).getByText("The census, 2021").first().waitFor();
    assert.equal(await other.getByRole("form", { name: "Take in data" }).count(), 0);
    await accessible(other);
  });
}
