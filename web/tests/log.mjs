// The log as an auditor reads it: on record itself, with what each act decided.
import assert from "node:assert/strict";
import { accessible, axe } from "./accessible.mjs";

export async function logStory({ auditor, open, check, shot }) {
  await check("an auditor reads the log, and says why", async () => {
    const page = await open(auditor, axe);
    await page.getByRole("link", { name: "Log" }).click();
    await page.getByRole("heading", { name: "Log" }).waitFor();
    await page.getByLabel("Why you look").fill("Yearly check of searches");
    await page.getByRole("button", { name: "Show" }).click();
    await page.getByText(/^Records \d+ to \d+ of \d+, newest first\.$/).waitFor();
    const rows = page.getByRole("row");
    assert.ok((await rows.count()) > 50);
    // To look is on record: the second look shows the first, and how it ended.
    await page.getByRole("button", { name: "Show" }).click();
    const permit = page.getByRole("row", { name: /consultation read audit permitted/ }).first();
    await permit.getByText(/^Details of /).click();
    await permit.getByText('"reason": "Yearly check of searches"').waitFor();
    await accessible(page);
    await shot(page, "log");
  });

  await check("from the end of an act one comes to its permit, and to older records", async () => {
    const page = await open(auditor);
    await page.getByRole("link", { name: "Log" }).click();
    await page.getByLabel("Why you look").fill("Yearly check of searches");
    await page.getByRole("button", { name: "Show" }).click();
    const link = page.getByRole("button", { name: /^Of record \d+$/ }).first();
    const number = (await link.textContent()).match(/\d+/)[0];
    await link.click();
    await page.getByText(new RegExp(`^Records ${number} to `)).waitFor();
    await page.getByRole("button", { name: "Older" }).click();
    await page.getByText(new RegExp(`^Records ${Math.max(0, Number(number) - 100)} to `)).waitFor();
    await page.getByLabel("From record").fill("0");
    await page.getByRole("button", { name: "Show" }).click();
    await page.getByText(/^Records 0 to /).waitFor();
    await page.getByText("make keys").waitFor();
  });
}
