// A deployment of mobile cameras: proposed, approved by another, given a camera, stopped. In
// Chromium, without a mouse.
import assert from "node:assert/strict";
import { accessible, axe } from "./accessible.mjs";
import { press, type, unfold } from "./by_keys.mjs";

// Every part filled in: the first choice, a word, a number, today, the same file.
function wholePaper(form, sha256) {
  const answers = { words: () => "As it was found on the spot.", choice: (field) => field.choices[0],
    number: () => "1200", day: () => new Date().toISOString().slice(0, 10) };
  const parts = form.parts.map((part) => [part.id, {
    rows: [Object.fromEntries(part.fields.map((field) => [field.id, answers[field.kind](field)]))],
    evidence: part.evidence.slice(0, 1).map((kind) => ({ kind, title: "a file", sha256 })),
  }]);
  return { form: form.id, parts: Object.fromEntries(parts) };
}

const shown = (page) => page.getByRole("region", { name: "The deployment", exact: true });

async function openMoor(page) {
  await press(page, page.getByRole("link", { name: "Deployments", exact: true }));
  await page.reload();
  await press(page, page.getByRole("list", { name: "Deployments" }).getByRole("button", { name: /^The moor/ }));
  await shown(page).getByRole("heading", { level: 2, name: "The moor" }).waitFor();
}

export async function deploymentsStory({ office, administrator, open, check, shot }) {
  const people = {};
  for (const [name, role] of [
    ["manager", "anpr_manager"], ["second", "anpr_manager"], ["controller", "controller"],
    ["dpo", "dpo"], ["overt", "overt_lead"],
  ]) {
    people[name] = await office.hire(administrator, `deploy-${name}`, role);
  }
  const [manager, second, controller] = await Promise.all(
    ["manager", "second", "controller"].map((name) => open(people[name], axe)),
  );

  await check("a deployment is proposed, and dates that make none are told in words", async () => {
    await press(manager, manager.getByRole("link", { name: "Deployments", exact: true }));
    const form = await unfold(manager, "Propose a deployment");
    await type(form, "Name", "The moor");
    await type(form, "Id", "moor");
    await type(form, "Latitude of its middle", "53.4");
    await type(form, "Longitude of its middle", "-1.9");
    await type(form, "Radius in metres", "4000");
    await type(form, "The need, in words", "Thefts from vehicles at the car parks.");
    const from = await form.getByLabel("From").inputValue();
    const until = await form.getByLabel("Until").inputValue();
    await form.getByLabel("Until").fill(from);
    await press(manager, form.getByRole("button", { name: "Propose it" }));
    await form.getByRole("alert").getByText("the deployment ends before it starts").waitFor();
    await accessible(manager);
    await shot(manager, "i1-deployment-refused");
    await form.getByLabel("From").fill(`${new Date().toISOString().slice(0, 10)}T00:00`);
    await form.getByLabel("Until").fill(until);
    await press(manager, form.getByRole("button", { name: "Propose it" }));
    await shown(manager).getByText("You proposed it. Another manager approves it").waitFor();
    assert.equal(await shown(manager).getByRole("button", { name: "Approve it" }).count(), 0);
    await accessible(manager);
  });

  await check("another manager approves it and adds a camera to it", async () => {
    await openMoor(second);
    await press(second, shown(second).getByRole("button", { name: "Approve it" }));
    await shown(second).getByText("live", { exact: true }).waitFor();
    await press(second, shown(second).getByText("Which collect; add, stop, give a new token"));
    const add = await unfold(second, "Add a camera");
    await type(add, "Camera's name", "In the van");
    await type(add, "Camera's id", "moor-van");
    await press(second, add.getByRole("button", { name: "Add it" }));
    await press(second, shown(second).getByRole("button", { name: "I have it" }));
    await shown(second).getByText("In the van (moor-van): collects").waitFor();
    // By the same forms as a site: its impact assessment is due.
    await shown(second).getByText("Impact assessment due").waitFor();
    await press(second, shown(second).getByText(/^Pressing social need \(not written\)/));
    await shown(second).getByRole("button", { name: "Save: Pressing social need" }).waitFor();
    await accessible(second);
    await shot(second, "i2-deployment");
  });

  await check("it is extended once its impact is assessed and both advised on it", async () => {
    const wanted = shown(second).getByRole("list", { name: "What its next step wants" });
    await wanted.getByText("to be extended: overt_lead_advice is missing").waitFor();
    const extend = async () => {
      const form = await unfold(second, "Extend it inside its twelve months");
      await press(second, form.getByRole("button", { name: "Extend it" }));
      return form;
    };
    await (await extend()).getByRole("alert").getByText("impact is missing: nothing is extended without").waitFor();
    await accessible(second);
    await shot(second, "i2-extend-wants");
    const { forms } = await office.ask(people.manager.token, "GET", "/v1/estate/guidance");
    const { sha256 } = await office.ask(people.manager.token, "POST", "/v1/estate/evidence", "a file", "application/octet-stream");
    for (const [who, form] of [["manager", "impact"], ["dpo", "dpo_advice"], ["overt", "overt_lead_advice"], ["manager", "public_notice"]]) {
      const paper = wholePaper(forms.find(({ id }) => id === form), sha256);
      const { lacks } = await office.ask(people[who].token, "POST", "/v1/deployments/moor/papers", { paper });
      assert.deepEqual(lacks, []);
    }
    await openMoor(second);
    await shown(second).getByText(/^Advice of the data protection officer \(version 1,/).waitFor();
    assert.equal(await wanted.count(), 0);
    await extend();
    await second.getByText("Extended.").waitFor();
  });

  await check("who may not change the estate sees it and is offered nothing", async () => {
    await openMoor(controller);
    await shown(controller).getByText("Thefts from vehicles at the car parks.").waitFor();
    assert.equal(await controller.getByText(/Stop the deployment|Propose a deployment/).count(), 0);
    await accessible(controller);
  });

  await check("it is stopped with a reason; on a narrow screen, too", async () => {
    await openMoor(manager);
    await manager.setViewportSize({ width: 375, height: 800 });
    const stop = await unfold(manager, "Stop the deployment");
    await type(stop, "Reason", "Nobody came.");
    assert.equal(await manager.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    await accessible(manager);
    await shot(manager, "i3-deployment-narrow");
    await press(manager, stop.getByRole("button", { name: "Stop the deployment" }));
    await shown(manager).getByText(/: Nobody came\./).waitFor();
    assert.equal(await shown(manager).getByRole("button", { name: "Stop the deployment" }).count(), 0);
  });
}
