// One vehicle, as it moves: by a senior officer's leave, live, until somebody ends it.
import assert from "node:assert/strict";
import { connect, createServer } from "node:net";
import { accessible, axe } from "./accessible.mjs";

const plate = "RV63TRK";

// A way to the office that can break. The office cannot: it ends what it tells in good order.
async function roadTo(address) {
  const ends = [];
  const server = createServer((here) => {
    const there = connect(Number(new URL(address).port), "127.0.0.1");
    for (const end of [here, there]) end.on("error", () => undefined);
    here.pipe(there).pipe(here);
    ends.push(here, there);
  });
  await new Promise((listens) => server.listen(0, "127.0.0.1", listens));
  const close = () => {
    server.close();
    for (const end of ends) end.resetAndDestroy();
  };
  return { address: `http://127.0.0.1:${server.address().port}`, close };
}

export async function trackStory({ office, administrator, investigator, camera, open, check, shot }) {
  const officer = await office.hire(administrator, "track-officer", "authoriser", { rank: "inspector" });
  const page = await open(investigator, axe);

  await check("following a vehicle is for a senior officer to allow", async () => {
    await page.getByLabel("Look for").selectOption("track_plate");
    await page.getByLabel("Plate", { exact: true }).fill(plate);
    await page.getByLabel("Category").selectOption("serious");
    await page.getByLabel("Reference").fill("TEST/9/26");
    await page.getByLabel("Reason").fill("A child was taken in this car");
    await page.getByLabel("For whom").fill("Test team");
    await page.getByRole("button", { name: "Search" }).click();
    await page.getByRole("heading", { name: "Refused" }).waitFor();
    await page.getByRole("button", { name: "Ask a senior officer" }).click();
    assert.equal(await page.getByLabel("Leave to").inputValue(), "track_plate");
    await page.getByRole("button", { name: "Ask", exact: true }).click();
    const theAuthority = page.getByRole("region", { name: "The authority", exact: true });
    await theAuthority.getByText("Waits for a senior officer", { exact: true }).first().waitFor();
    await theAuthority.getByText("Follow a vehicle as it moves").waitFor();
    await theAuthority.getByText("and still to come").waitFor();
    const { authorities } = await office.ask(officer.token, "GET", "/v1/authorities");
    const asked = authorities.find(({ act }) => act === "track_plate");
    await office.ask(officer.token, "POST", `/v1/authorities/${asked.id}/grant`, {
      reason: "Proportionate to the harm", hours: 2, uses: 3,
    });
  });

  await check("each passing appears by itself, until it is ended", async () => {
    await page.getByRole("button", { name: "Look again" }).click();
    await page.getByRole("button", { name: "Search under it" }).click();
    await page.getByRole("heading", { level: 1, name: "Search" }).waitFor();
    assert.equal(await page.getByLabel("Look for").inputValue(), "track_plate");
    await page.getByRole("button", { name: "Search", exact: true }).click();
    await page.getByText(/^Live until/).waitFor();
    await office.handIn(camera.token, { plate: "AA11AAA", score: 0.99 });
    await office.handIn(camera.token, { plate, score: 0.99 });
    await page.getByRole("rowheader", { name: "camera-1" }).waitFor();
    assert.equal(await page.getByRole("rowheader").count(), 1);
    await accessible(page);
    await shot(page, "track");
    await page.setViewportSize({ width: 375, height: 800 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    assert.equal(wide, false);
    await page.getByRole("button", { name: "End it" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("You ended it, after one passing.").waitFor();
  });

  await check("a connection that breaks is said, and is not shown as live", async () => {
    const road = await roadTo(office.address);
    const context = await page.context().browser().newContext({ storageState: await page.context().storageState() });
    const there = await context.newPage();
    const errors = [];
    there.on("pageerror", (error) => errors.push(String(error)));
    await there.goto(`${road.address}/#/search`);
    await there.getByLabel("Look for").selectOption("track_plate");
    await there.getByLabel("Authority").selectOption({ index: 1 });
    await there.getByRole("button", { name: "Search", exact: true }).click();
    await there.getByText(/^Live until/).waitFor();
    road.close();
    await there.getByRole("alert").getByText("The connection to the office broke.").waitFor();
    await there.getByText("It broke off, after 0 passings.").waitFor();
    assert.equal(await there.getByText(/^Live until/).count(), 0);
    assert.deepEqual(errors, []);
    await shot(there, "track-broken");
    await context.close();
  });
}
