// Reads drawn by chance. The office draws when an hour is over, which no test waits for: so what it
// draws and takes is played here, and what it does with it is tested beside the desk.
import assert from "node:assert/strict";
import { accessible, axe } from "./accessible.mjs";

const read = "0123456789abcdef0123456789abcdef";

export async function checkReadsStory({ office, administrator, open, check, shot }) {
  const manager = await office.hire(administrator, "checker", "anpr_manager");
  let page;

  await check("who checks reads is told when nothing waits", async () => {
    page = await open(manager, axe);
    await page.getByRole("link", { name: "Check reads" }).click();
    await page.getByText("Nothing waits to be checked.").waitFor();
  });

  await check("a picture is shown alone, and what a person reads is sent with the keyboard", async () => {
    const told = [];
    const pixel = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");
    await page.route("**/v1/samples/next", (route) => route.fulfill({ json: { read: told.length < 2 ? read : null } }));
    await page.route("**/v1/samples/*/picture", (route) => route.fulfill({ contentType: "image/gif", body: pixel }));
    await page.route(`**/v1/samples/${read}`, (route) => {
      told.push(route.request().postDataJSON());
      return route.fulfill({ status: 204 });
    });
    await page.reload();
    const field = page.getByLabel("What do you read?");
    await field.waitFor();
    await accessible(page);
    await shot(page, "check-reads");
    await field.fill("ab12 cde");
    await page.keyboard.press("Enter");
    await page.getByText("You have checked 1.").waitFor();
    await page.getByRole("button", { name: "There is no plate" }).click();
    await page.getByText("Nothing waits to be checked. You have checked 2.").waitFor();
    assert.deepEqual(told, [{ sees: "plate", text: "ab12 cde" }, { sees: "no_plate" }]);
  });

  await check("the page that checks reads fits a narrow screen", async () => {
    await page.setViewportSize({ width: 320, height: 800 });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
  });

  await check("whoever runs the cameras sees, unasked, which of them read otherwise than usual", async () => {
    const recent = new Date(Date.now() - 2 * 3_600_000).toISOString();
    const alarms = [
      { camera: "mill-1", hour: recent, sign: "low_scores", found: 0.61, least: 0.9, most: 1 },
      { camera: "mill-1", hour: recent, sign: "few_reads", found: 12, least: 80.3, most: 130 },
      { camera: "quay-2", hour: "2020-01-01T08:00:00.000Z", sign: "few_reads", found: 0, least: 9, most: 20 },
    ];
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.route("**/v1/drift?*", (route) => route.fulfill({ json: { alarms } }));
    await page.getByRole("link", { name: "Estate" }).click();
    await page.getByText("One camera reads otherwise than usual").waitFor();
    await page.getByText(/a mean score of 0\.61, usually 0\.90 or more$/).waitFor();
    await page.getByText(/12 reads, usually 81 or more$/).waitFor();
    assert.equal(await page.getByText("quay-2").count(), 0); // long ago
    await accessible(page);
    await shot(page, "drift");
  });
}
