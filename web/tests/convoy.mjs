// Who was seen with a vehicle: what an investigator asks and sees.
import assert from "node:assert/strict";
import { accessible, axe } from "./accessible.mjs";

export async function convoyStory({ office, author, investigator, camera, open, check, shot }) {
  const second = await office.ask(author.token, "POST", "/v1/cameras", {
    id: "camera-2", name: "South", site: "bridge",
  });
  for (const { token } of [camera, second]) {
    for (const plate of ["GX19ABC", "KP68DEF"]) await office.handIn(token, { plate, score: 0.99 });
  }

  await check("an investigator finds who was seen with a vehicle", async () => {
    const page = await open(investigator, axe);
    await page.getByLabel("Look for").selectOption("find_convoys");
    await page.getByLabel("Plate").fill("GX19ABC");
    await page.getByLabel("Category").selectOption("serious");
    await page.getByLabel("Reference").fill("TEST/2/26");
    await page.getByLabel("Reason").fill("Who travelled with the stolen car?");
    await page.getByLabel("For whom").fill("Test team");
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByText("1 vehicle was with it, on 2 passings.").first().waitFor();
    await page.getByRole("rowheader", { name: "KP68DEF" }).waitFor();
    assert.equal(await page.getByRole("listitem").filter({ hasText: "camera-2" }).count(), 1);
    await accessible(page);
    await shot(page, "convoy");
  });

  await check("a week of it is for a senior officer to allow", async () => {
    const page = await open(investigator);
    await page.getByLabel("Look for").selectOption("find_convoys");
    await page.getByLabel("Plate").fill("GX19ABC");
    await page.getByLabel("From").fill(new Date(Date.now() - 7 * 86_400_000).toISOString().slice(0, 16));
    await page.getByLabel("Category").selectOption("serious");
    await page.getByLabel("Reference").fill("TEST/2/26");
    await page.getByLabel("Reason").fill("Who travelled with the stolen car?");
    await page.getByLabel("For whom").fill("Test team");
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByRole("heading", { name: "Refused" }).waitFor();
    await page.getByRole("button", { name: "Ask a senior officer" }).click();
    assert.equal(await page.getByLabel("Leave to").inputValue(), "find_convoys");
  });
}
