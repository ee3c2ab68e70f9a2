// What is kept apart: shown to those alone whom the policy names, for a reason that goes on record.
// An office of its own: its policy names people who must be there first. In Chromium, without a
// mouse.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accessible, axe } from "./accessible.mjs";
import { press, type, unfold } from "./by_keys.mjs";
import { Office } from "./office.mjs";

const shown = (page) => page.getByRole("region", { name: "What is kept apart", exact: true });
const tab = (page) => page.getByRole("link", { name: "Kept apart", exact: true });

// The built-in policy, with these people named.
async function name(office, people) {
  const ids = await Promise.all(people.map(async ({ token }) => (await office.ask(token, "GET", "/v1/session")).person.id));
  const text = readFileSync(new URL("../../src/access/default_policy.toml", import.meta.url), "utf8");
  const [before, after] = text.split('id = "covert-by-name"');
  const named = after.replace("persons = []", `persons = ${JSON.stringify(ids)}`);
  writeFileSync(join(office.folder, "policy.toml"), `${before}id = "covert-by-name"${named}`);
  const config = join(office.folder, "office.toml");
  writeFileSync(config, `policy = "policy.toml"\n${readFileSync(config, "utf8")}`);
  await office.restart();
}

async function look(page, why) {
  await press(page, tab(page));
  const form = page.getByRole("form", { name: "Why you look" });
  await type(form, "Reason", why);
  await press(page, form.getByRole("button", { name: "Look" }));
  await page.getByText("That you looked is on record.").waitFor();
}

async function choose(page) {
  await press(page, page.getByRole("list", { name: "Kept apart" }).getByRole("button", { name: /^Behind the mill/ }));
  await shown(page).getByRole("heading", { level: 2, name: "Behind the mill" }).waitFor();
}

async function tellIt({ check, shot }, { first, second, third }) {
  await check("the page is there for those alone whom the policy names", async () => {
    await tab(first).waitFor();
    await third.getByRole("link", { name: "Deployments", exact: true }).waitFor();
    await third.evaluate(() => { location.hash = "#/apart"; });
    await third.getByRole("link", { name: "Estate", exact: true }).waitFor();
    assert.equal(await tab(third).count(), 0);
    assert.equal(await third.getByRole("form", { name: "Why you look" }).count(), 0);
  });

  await check("who says too little is refused; then a deployment is proposed", async () => {
    await press(first, tab(first));
    const form = first.getByRole("form", { name: "Why you look" });
    await type(form, "Reason", "            ");
    await press(first, form.getByRole("button", { name: "Look" }));
    await form.getByRole("alert").getByText(/reason/).first().waitFor();
    await accessible(first);
    await look(first, "The yearly look at what is kept apart.");
    await first.getByText("Nothing is kept apart.").waitFor();
    const proposal = await unfold(first, "Propose a covert deployment");
    await type(proposal, "Name", "Behind the mill");
    await type(proposal, "Latitude of its middle", "53.4");
    await type(proposal, "Longitude of its middle", "-1.9");
    await type(proposal, "Radius in metres", "400");
    await type(proposal, "The need, in words", "An authority that was given for it.");
    await press(first, proposal.getByRole("button", { name: "Propose it" }));
    await shown(first).getByText("You proposed it. Another who is named approves it").waitFor();
    assert.equal(await shown(first).getByRole("button", { name: "Approve it" }).count(), 0);
    await accessible(first);
    await shot(first, "k1-apart-proposed");
  });

  await check("another who is named approves it and adds a camera", async () => {
    await look(second, "Asked to approve what was proposed.");
    await choose(second);
    await press(second, shown(second).getByRole("button", { name: "Approve it" }));
    await shown(second).getByText("live", { exact: true }).waitFor();
    const add = await unfold(second, "Add a camera");
    await type(add, "Camera's name", "In the van");
    await press(second, add.getByRole("button", { name: "Add it" }));
    const token = shown(second).getByRole("group", { name: "The camera's token" });
    const given = await token.locator("code").textContent();
    assert.ok(given.length > 20);
    await accessible(second);
    await press(second, token.getByRole("button", { name: "I have it" }));
    await shown(second).getByText(/^In the van \([0-9a-f]{32}\): collects$/).waitFor();
    const renew = await unfold(second, "Give a camera a new token");
    await press(second, renew.getByRole("button", { name: "Give it a new token" }));
    await token.waitFor();
    assert.notEqual(await token.locator("code").textContent(), given);
    await press(second, token.getByRole("button", { name: "I have it" }));
    await shown(second).getByRole("list", { name: "Steps" }).getByText("approved").waitFor();
    await accessible(second);
    await shot(second, "k2-apart-live");
  });

  await check("it is nowhere else in the console", async () => {
    await press(second, second.getByRole("link", { name: "Deployments", exact: true }));
    await second.getByText("There is no deployment.").waitFor();
    assert.equal(await second.getByText("Behind the mill").count(), 0);
  });

  await check("its camera and it are stopped, with reasons; on a narrow screen, too", async () => {
    await look(first, "It came to its end today.");
    await first.setViewportSize({ width: 375, height: 800 });
    await choose(first);
    const camera = await unfold(first, "Stop a camera");
    await type(camera, "Why it is stopped", "The van is needed.");
    await press(first, camera.getByRole("button", { name: "Stop the camera" }));
    await shown(first).getByText(/does not collect/).waitFor();
    const stop = await unfold(first, "Stop it");
    await type(stop, "Reason for stopping", "The authority ran out.");
    assert.equal(await first.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    await accessible(first);
    await shot(first, "k3-apart-narrow");
    await press(first, stop.getByRole("button", { name: "Stop it" }));
    await shown(first).getByText(/: The authority ran out\./).first().waitFor();
    assert.equal(await shown(first).getByRole("button", { name: "Stop it" }).count(), 0);
  });
}

export async function apartStory({ browser, program, check, shot }) {
  const office = await Office.start(program);
  try {
    const administrator = await office.admit("administrator", office.code);
    const people = {};
    for (const who of ["first", "second", "third"]) people[who] = await office.hire(administrator, who, "anpr_manager");
    await name(office, [people.first, people.second]);
    const pages = {};
    for (const [who, person] of Object.entries(people)) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
      await context.addInitScript({ path: axe });
      const page = await context.newPage();
      await page.goto(office.address);
      await page.getByLabel("Name").fill(person.name);
      await page.getByLabel("Password").fill(person.password);
      await press(page, page.getByRole("button", { name: "Sign in" }));
      pages[who] = page;
    }
    await tellIt({ check, shot }, pages);
  } finally {
    await office.stop();
  }
}
