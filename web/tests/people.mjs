// Who may sign in, and what they belong to: what an administrator sees and changes of it.
import assert from "node:assert/strict";
import { accessible, axe } from "./accessible.mjs";

export async function peopleStory({ office, administrator, open, check, shot }) {
  await check("an administrator says which organisation is part of which", async () => {
    await office.hire(administrator, "mover", "patrol");
    const page = await open(administrator, axe);
    await page.getByRole("link", { name: "People" }).click();
    await page.getByRole("heading", { name: "People", level: 1 }).waitFor();
    await page.getByRole("row", { name: /^test-force / }).waitFor();
    await page.getByLabel("Id", { exact: true }).fill("north");
    await page.getByLabel("Name", { exact: true }).fill("The North");
    await page.getByLabel("Kind", { exact: true }).selectOption("region");
    await page.getByRole("button", { name: "Save organisation" }).click();
    await page.getByRole("row", { name: /^north The North Region/ }).waitFor();
    await page.getByRole("button", { name: "Change test-force" }).click();
    await page.getByLabel("Part of", { exact: true }).selectOption("north");
    await page.getByRole("button", { name: "Save organisation" }).click();
    await page.getByRole("row", { name: /^test-force Test Force Force north/ }).waitFor();
    await accessible(page);
    await shot(page, "people");
    await page.getByLabel("Move mover to").selectOption("north");
    await page.getByRole("button", { name: "Move mover" }).click();
    await page.getByRole("row", { name: /^mover .* north / }).waitFor();
    await page.getByLabel("Move mover to").selectOption("test-force");
    await page.getByRole("button", { name: "Move mover" }).click();
    await page.getByRole("row", { name: /^mover .* test-force / }).waitFor();
    // People belong to it, and a force is part of the region: neither can be closed.
    await page.getByRole("button", { name: "Close north" }).click();
    await page.getByRole("alert").getByText("others are part of it").waitFor();
    await page.setViewportSize({ width: 375, height: 800 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    assert.equal(wide, false);
    const { organisations } = await office.ask(administrator.token, "GET", "/v1/organisations");
    assert.equal(organisations.find(({ id }) => id === "test-force").parent, "north");
  });
}
