// A second factor: asked for by a role, set up, and shown at the next sign-in. In Chromium.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";

const step = 30_000;

// RFC 6238, as an authenticator app does it.
export function codeOf(secret, at) {
  let bits = "";
  for (const letter of secret) {
    bits += "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0");
  }
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / step)));
  const digest = createHmac("sha1", key).update(counter).digest();
  const number = digest.readUInt32BE(digest[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

export async function secondFactorStory({ office, administrator, open, signIn, check, shot }) {
  const officer = await office.hire(administrator, "patrol", "patrol");
  const page = await open(officer);
  let secret = "";
  let paper = "";

  await check("whose role needs a second factor sets one up first", async () => {
    await page.getByRole("heading", { name: "A second factor" }).waitFor();
    await page.getByLabel("Password, once more").fill(officer.password);
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByRole("heading", { name: "Your authenticator app" }).waitFor();
    secret = (await page.locator("code.secret").textContent()).replaceAll(" ", "");
    await shot(page, "8-second-factor");
    await page.getByLabel("The code that it shows now").fill("000000");
    await page.getByRole("button", { name: "Put it in force" }).click();
    await page.getByRole("alert").getByText("not the code").waitFor();
    await page.getByLabel("The code that it shows now").fill(codeOf(secret, Date.now()));
    await page.getByRole("button", { name: "Put it in force" }).click();
    await page.getByRole("heading", { name: "Keep these on paper" }).waitFor();
    paper = await page.locator("ul.codes code").first().textContent();
    assert.equal(await page.locator("ul.codes code").count(), 10);
    await page.getByRole("button", { name: "I have them" }).click();
    await page.getByRole("heading", { level: 1, name: "Alerts" }).waitFor();
  });

  await check("and shows it at the next sign-in", async () => {
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await signIn(page, officer);
    await page.getByLabel("Code of your app").fill("000000");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").getByText("wait for the next one").waitFor();
    await page.getByLabel("Code of your app").fill(paper);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { level: 1, name: "Alerts" }).waitFor();
  });
}
