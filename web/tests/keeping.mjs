// What is kept, and until when: what a data protection officer and an administrator see of it.
import assert from "node:assert/strict";

export async function keepingStory({ office, administrator, open, check, shot }) {
  const dpo = await office.hire(administrator, "officer", "dpo");

  await check("each day says until when it is kept", async () => {
    const page = await open(dpo);
    await page.getByRole("heading", { name: "What is kept" }).waitFor();
    const row = page.getByRole("row").nth(1);
    await row.waitFor();
    const cells = await row.getByRole("cell").allTextContents();
    assert.equal(cells[0], "Open");
    assert.ok(Number(cells[3]) > 0, `reads: ${cells[3]}`);
    assert.equal(cells[7], "2", "keys of rows and of pictures");
    // Backups are the administrator's.
    assert.equal(await page.getByRole("heading", { name: "Backups" }).count(), 0);
    await shot(page, "days");
  });

  await check("an administrator sees that there is no backup", async () => {
    const page = await open(administrator);
    await page.getByRole("link", { name: "What is kept" }).waitFor();
    await page.getByText("The configuration names no place for backups.").waitFor();
  });
}
