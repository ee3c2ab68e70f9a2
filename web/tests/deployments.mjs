// A deployment of mobile cameras: proposed, approved by another, given a camera, stopped. In
// Chromium, without a mouse.
import assert from "node:assert/strict";
import { accessible, axe } from "./accessible.mjs";
import { press, type, unfold } from "./by_keys.mjs";

const shown = (page) => page.getByRole("region", { name: "The deployment", exact: true });

async function openMoor(page) {
  await press(page, page.getByRole("link", { name: "Deployments", exact: true }));
  await page.reload();
  await press(page, page.getByRole("list", { name: "Deployments" }).getByRole("button", { name: /^The moor/ }));
  await shown(page).getByRole("heading", { level: 2, name: "The moor" }).waitFor();
}

export async function deploymentsStory({ office, administrator, open, check, shot }) {
  const [manager, second, controller] = await Promise.all(
    [["manager", "anpr_manager"], ["second", "anpr_manager"], ["controller", "controller"]].map(
      async ([name, role]) => open(await office.hire(administrator, `deploy-${name}`, role), axe),
    ),
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
