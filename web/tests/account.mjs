// One's own account, without a mouse: what happened to it, the password, sessions.
import assert from "node:assert/strict";
import { accessible, axe } from "./accessible.mjs";
import { press, type } from "./by_keys.mjs";

const chosen = "velvet anchor mosaic";

async function signsIn(office, person, password) {
  const reply = await fetch(`${office.address}/v1/session`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ sign_in_name: person.name, password }),
  });
  return reply.status;
}

async function changeThePassword({ page, office, person, check, shot }) {
  await check("a person changes their own password", async () => {
    await press(page, page.getByRole("link", { name: "Your account" }));
    await page.getByRole("heading", { level: 1, name: "Your account" }).waitFor();
    await accessible(page);
    await press(page, page.getByRole("button", { name: "Change your password" }));
    await page.getByRole("heading", { level: 1, name: "Change your password" }).waitFor();
    await accessible(page);
    const form = page.locator("form");
    await type(form, "The password that you have", "not the password");
    await type(form, "The new password", chosen);
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText("password is wrong").waitFor();
    // What was typed can be looked at, and hidden again.
    const field = page.getByLabel("The password that you have");
    await page.getByLabel("Show what I type").first().focus();
    await page.keyboard.press("Space");
    assert.equal(await field.getAttribute("type"), "text");
    await shot(page, "account-password");
    await page.keyboard.press("Space");
    assert.equal(await field.getAttribute("type"), "password");
    await type(form, "The password that you have", person.password);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Your account" }).waitFor();
    assert.equal(await signsIn(office, person, person.password), 401);
    assert.equal(await signsIn(office, person, chosen), 200);
  });
}

async function endSessions({ page, office, person, check, shot }) {
  const tokens = [];
  for (const _ of [1, 2, 3]) {
    const credentials = { sign_in_name: person.name, password: chosen };
    tokens.push((await office.ask("", "POST", "/v1/session", credentials)).token);
  }
  const isOpen = async (token) => {
    const headers = { Authorization: `Bearer ${token}` };
    return (await fetch(`${office.address}/v1/session`, { headers })).ok;
  };
  await check("and ends other sessions, one or all", async () => {
    await page.reload();
    const list = page.getByRole("list", { name: "Open sessions" });
    await list.getByText("This one").waitFor();
    const before = await list.getByRole("listitem").count();
    assert.ok(before >= 4);
    await accessible(page);
    await shot(page, "account");
    await press(page, list.getByRole("button", { name: /^End the session since/ }).first());
    await list.getByRole("listitem").nth(before - 1).waitFor({ state: "detached" });
    assert.equal((await Promise.all(tokens.map(isOpen))).filter(Boolean).length, 2);
    await press(page, page.getByRole("button", { name: "End all others" }));
    await page.getByRole("button", { name: "End all others" }).waitFor({ state: "detached" });
    assert.equal(await list.getByRole("listitem").count(), 1);
    assert.deepEqual(await Promise.all(tokens.map(isOpen)), [false, false, false]);
    await page.setViewportSize({ width: 375, height: 800 });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
  });
}

async function isTold({ page, check, shot }) {
  await check("who signs in is told what happened meanwhile", async () => {
    const news = page.getByRole("complementary", { name: "Your account of late" });
    await news.getByText(/^Before this you signed in on /).waitFor();
    await news.getByText("1 try with a wrong password or second factor before this sign-in.").waitFor();
    await news.getByText("An administrator removed your second factor").waitFor();
    await accessible(page);
    await shot(page, "account-news");
    await press(page, news.getByRole("button", { name: "Close" }));
    await news.waitFor({ state: "hidden" });
  });
}

export async function accountStory({ office, administrator, open, check, shot }) {
  const person = await office.hire(administrator, "own-account", "auditor");
  assert.equal(await signsIn(office, person, "not the password"), 401);
  const { people } = await office.ask(administrator.token, "GET", "/v1/people");
  const { id } = people.find(({ sign_in_name: name }) => name === person.name);
  await office.ask(administrator.token, "POST", `/v1/people/${id}/second-factor/remove`);
  const page = await open(person, axe);
  await isTold({ page, check, shot });
  const story = { page, office, person, check, shot };
  await changeThePassword(story);
  await endSessions(story);
  await page.context().close();
}
