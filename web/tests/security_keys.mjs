// Security keys, with a virtual one of Chromium's, and without a mouse.
import assert from "node:assert/strict";
import { accessible, axe } from "./accessible.mjs";

async function plugIn(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2", transport: "usb", hasResidentKey: false, hasUserVerification: false,
      isUserVerified: false, automaticPresenceSimulation: true,
    },
  });
  return { cdp, authenticatorId };
}

// Presses Tab until this control has the focus.
async function tabTo(page, control) {
  for (let presses = 0; presses < 30; presses += 1) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("the keyboard does not reach it");
}

async function press(page, name) {
  const button = page.getByRole("button", { name });
  await button.waitFor();
  await tabTo(page, button);
  await page.keyboard.press("Enter");
}

async function typeInto(page, label, text) {
  const field = page.getByLabel(label);
  await field.waitFor();
  await tabTo(page, field);
  await page.keyboard.type(text);
}

export async function securityKeysStory({ browser, office, administrator, check, shot }) {
  const officer = await office.hire(administrator, "key-holder", "patrol");
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript({ path: axe });
  const { cdp, authenticatorId } = await plugIn(page);

  const signIn = async () => {
    await typeInto(page, "Name", officer.name);
    await typeInto(page, "Password", officer.password);
    await page.keyboard.press("Enter");
  };

  await check("whose role needs a second factor takes a security key, without a mouse", async () => {
    await page.goto(office.page);
    await signIn();
    await page.getByRole("heading", { name: "A second factor" }).waitFor();
    await press(page, "Use a security key instead");
    await page.getByRole("heading", { name: "A security key" }).waitFor();
    await accessible(page);
    await typeInto(page, "Password, once more", officer.password);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Your security key" }).waitFor();
    await typeInto(page, "What you call it", "Blue key");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Keep these on paper" }).waitFor();
    assert.equal(await page.locator("ul.codes code").count(), 10);
    await press(page, "I have them");
    await page.getByRole("heading", { level: 1, name: "Alerts" }).waitFor();
  });

  await check("and signs in with it after the password", async () => {
    await press(page, "Sign out");
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await signIn();
    await page.getByRole("heading", { name: "Your second factor" }).waitFor();
    await accessible(page);
    await shot(page, "10-security-key");
    await press(page, "Use your security key");
    await page.getByRole("heading", { level: 1, name: "Alerts" }).waitFor();
  });

  await check("a copy whose counter stands behind is refused, and that is on record", async () => {
    const [key] = (await cdp.send("WebAuthn.getCredentials", { authenticatorId })).credentials;
    await cdp.send("WebAuthn.removeCredential", { authenticatorId, credentialId: key.credentialId });
    await cdp.send("WebAuthn.addCredential", { authenticatorId, credential: { ...key, signCount: 0 } });
    await press(page, "Sign out");
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await signIn();
    await press(page, "Use your security key");
    await page.getByRole("alert").getByText("does not take this key's answer").waitFor();
    const auditor = await office.hire(administrator, "key-auditor", "auditor");
    const reply = await fetch(`${office.address}/v1/audit/entries?count=1000`, {
      headers: { Authorization: `Bearer ${auditor.token}`, "X-Purpose-Reason": "Yearly%20check" },
    });
    assert.match(await reply.text(), /may be a copy/);
    // It counts on where the other stood.
    await cdp.send("WebAuthn.removeCredential", { authenticatorId, credentialId: key.credentialId });
    await cdp.send("WebAuthn.addCredential", { authenticatorId, credential: { ...key, signCount: 50 } });
    await press(page, "Use your security key");
    await page.getByRole("heading", { level: 1, name: "Alerts" }).waitFor();
  });

  await check("its owner removes it, showing it once more", async () => {
    const link = page.getByRole("link", { name: "Your account" });
    await tabTo(page, link);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Your account" }).waitFor();
    await accessible(page);
    await page.setViewportSize({ width: 375, height: 800 });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    await shot(page, "11-account");
    await page.setViewportSize({ width: 1280, height: 900 });
    await press(page, "Remove Blue key");
    await typeInto(page, "Password, once more", officer.password);
    await page.keyboard.press("Enter");
    await press(page, "Use your security key");
    await page.getByText("You have no security key here.").waitFor();
  });
  await context.close();
}
