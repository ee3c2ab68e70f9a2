// The console on a made-up force of 600 cameras: a due yearly review is worked through with the
// keyboard, and every stage of a site's life, the register, the map and the dry run are looked at.
//
//   node tests/force.mjs PROGRAM [FOLDER FOR SCREENSHOTS]
//
// Ends with "N passed, N failed" and status 0 when none failed.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { accessible, axe } from "./accessible.mjs";
import { dayIn, theSite } from "./estate.mjs";
import { check, launch, shots, told } from "./harness.mjs";

const [program, screens] = process.argv.slice(2);
if (!program) {
  console.error("usage: node tests/force.mjs PROGRAM [FOLDER]");
  process.exit(2);
}
const shot = shots(screens);
const town = (name) => fileURLToPath(new URL(`../../testdata/town/${name}`, import.meta.url));
const startTimeMax = 180_000;

// Its address, and its people's passwords by their names, as it prints them.
async function openForce() {
  const force = { process: spawn(program, ["demo-estate", "--serve"]), people: {}, said: "" };
  force.ended = new Promise((resolve) => force.process.once("exit", resolve));
  const isUp = new Promise((resolve, reject) => {
    const hear = (bytes) => {
      force.said += bytes;
      if (force.said.includes("It stays up until Ctrl-C.")) resolve();
    };
    force.process.stdout.on("data", hear);
    force.process.stderr.on("data", hear);
    force.ended.then((status) => reject(new Error(`it ended with ${status}:\n${force.said}`)));
    setTimeout(() => reject(new Error(`it did not come up:\n${force.said}`)), startTimeMax).unref();
  });
  await isUp;
  const [, address, rest] = /(http:\/\/\S+)\/ +sign in as:\n([^]*)/.exec(force.said);
  force.address = address;
  for (const [, name, password] of rest.matchAll(/^ +([a-z-]+) +(\S+)$/gm)) force.people[name] = password;
  return force;
}

const force = await openForce();
const browser = await launch();

async function signIn(name) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  await context.addInitScript({ path: axe });
  const page = await context.newPage();
  await page.goto(force.address);
  await page.getByLabel("Name").focus();
  await page.keyboard.type(name);
  await page.keyboard.press("Tab");
  await page.keyboard.type(force.people[name]);
  await page.keyboard.press("Enter");
  await page.getByRole("navigation", { name: "Pages" }).waitFor();
  return page;
}

async function go(page, link, heading = link) {
  await page.getByRole("link", { name: link, exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: heading }).waitFor();
}

const sites = (page) => page.getByRole("list", { name: "Sites" });

async function openSite(page, name) {
  await sites(page).getByRole("button", { name }).first().focus();
  await page.keyboard.press("Enter");
  await theSite(page).getByRole("heading", { level: 2, name }).waitFor();
}

// What has the focus, as a person who cannot see it is told.
const focused = (page) =>
  page.evaluate(() => {
    const one = document.activeElement;
    const label = one.labels?.[0]?.textContent ?? "";
    return { tag: one.tagName, type: one.type, label, value: one.value, text: one.textContent };
  });

async function choose(page, wanted) {
  for (let tries = 0; tries < 12; tries += 1) {
    const { value } = await focused(page);
    if (wanted ? value === wanted : value !== "") return;
    await page.keyboard.press("ArrowDown");
  }
  throw new Error(`it cannot be chosen: ${wanted}`);
}

// From field to field with the tabulator, as far as the button, which is pressed. `said`: the
// choices that matter, by their labels; `skip`: fields that stay empty.
async function fillInByKeys(page, form, said, skip) {
  await form.locator("textarea, select, input").first().focus();
  for (let fields = 0; fields < 100; fields += 1) {
    const { tag, type, label, value, text } = await focused(page);
    if (tag === "BUTTON" && text.startsWith("Save")) return page.keyboard.press("Enter");
    if (tag === "TEXTAREA" && !value && !skip.includes(label)) await page.keyboard.type("Thefts fell; two vehicles were found in time.");
    if (tag === "SELECT" && !skip.includes(label)) await choose(page, said[label]);
    if (type === "file") {
      const asking = page.waitForEvent("filechooser");
      await page.keyboard.press("Space");
      await (await asking).setFiles({ name: "figures.csv", mimeType: "text/csv", buffer: Buffer.from("a,b\n1,2\n") });
      await form.getByRole("link", { name: "figures.csv" }).waitFor();
    }
    await page.keyboard.press("Tab");
  }
  throw new Error("the form has no end");
}

const overdue = async (page) => Number(/(\d+) reviews? (are|is) overdue/.exec(await page.locator("p.line").textContent())[1]);

async function reviews(page) {
  await check("the reviews that wait stand first, the most urgent above", async () => {
    await go(page, "Estate");
    await sites(page).getByRole("button").nth(200).waitFor();
    const first = (await sites(page).getByRole("button").allTextContents()).slice(0, 5);
    assert.match(first[0], /^Made-up quay .*Lapsed: its cameras have stopped/);
    for (const words of [
      /^Made-up viaduct .*Overdue: for the controller/, /^Made-up market place .*Overdue/,
      /^Made-up festival field .*Impact assessment: overdue: for the controller/,
    ]) assert.ok(first.some((one) => words.test(one)), String(words));
    // It was reviewed, in time: nobody is to review it again before it is assessed anew.
    assert.equal(first.some((one) => one.startsWith("Made-up depot road")), false);
    // The festival's late assessment is no review: the register counts three.
    assert.equal(await overdue(page), 3);
    assert.match(await page.locator("p.line").textContent(), /3 reviews are overdue\. \d+ other papers? (is|are) late\./);
    await accessible(page);
    await shot(page, "f1-estate");
  });

  await check("one of hundreds is found by its name or its stage", async () => {
    await page.getByLabel("Find a site").focus();
    await page.keyboard.type("refused");
    await page.getByText("Shown: 1.").waitFor();
    assert.match(await sites(page).getByRole("button").textContent(), /^Made-up orchard/);
    await page.keyboard.press("Control+A");
    await page.keyboard.type("junction 19");
    await page.getByText("Shown: 11.").waitFor();
    await page.keyboard.press("Control+A");
    await page.keyboard.press("Delete");
    await sites(page).getByRole("button").nth(200).waitFor();
  });

  await check("a site that lapsed says that no review lets it continue", async () => {
    await openSite(page, /^Made-up quay/);
    await theSite(page).getByText(/whatever a review finds, it sends it back, to be assessed and decided anew, or stops it/).waitFor();
    await theSite(page).getByRole("list", { name: "What its next step wants" }).getByText(/its justification lapsed after/).waitFor();
    await accessible(page);
  });

  await check("a due yearly review is worked through with the keyboard, from the list to its outcome", async () => {
    const before = await overdue(page);
    const due = page.locator("details.due summary").filter({ hasText: /^\d+ things are due/ });
    await due.waitFor();
    const things = Number(/^\d+/.exec(await due.textContent())[0]);
    await openSite(page, /^Made-up market place/);
    // Vehicles came past it, some of them wanted.
    const records = theSite(page).getByRole("table", { name: /What the records hold/ });
    await records.waitFor();
    const counted = async (row) => (await records.getByRole("row", { name: row }).getByRole("cell").allTextContents()).map((text) => Number(text.replaceAll(",", "")));
    assert.ok((await counted(/^Reads [0-9]/)).every((reads) => reads >= 60), "reads");
    assert.ok((await counted(/^Alerts [0-9]/)).every((alerts) => alerts > 0), "alerts");
    const form = theSite(page).getByRole("form", { name: "Yearly review" });
    await theSite(page).getByText(/Its yearly review was due on [0-9-]+; without it the site collects until/).waitFor();
    assert.equal(await theSite(page).getByText("Review early").count(), 0);
    await accessible(page);
    await shot(page, "f2-review");
    await fillInByKeys(
      page, form,
      { "The location": "no", "The resident population": "no", "The transient population": "no" },
      ["It is", "Why, after the impact was assessed"],
    );
    await theSite(page).getByRole("list", { name: "Steps" }).getByText("continued").waitFor();
    assert.equal(await overdue(page), before - 1);
    await due.getByText(new RegExp(`^${things - 1} things are due`)).waitFor();
    await theSite(page).getByText(`review ${dayIn(365)}`).waitFor();
    // The next one is a year away.
    await theSite(page).getByText("Review early", { exact: true }).waitFor();
    assert.equal(await form.isVisible(), false);
    await accessible(page);
    await shot(page, "f3-reviewed");
  });
}

// As their names say.
const stages = [
  [/^Made-up hill/, "proposed · path: full"], [/^Made-up mill/, "proposed · path: full"],
  [/^Made-up ford/, "proposed · path: full"], [/^Made-up chapel/, "assessed"],
  [/^Made-up orchard/, "refused"], [/^Made-up tunnel/, "decided"],
  [/^Made-up harbour/, "commissioned"], [/^Made-up station/, "live · path: full"],
  [/^Made-up school lane/, "withdrawn"], [/^Made-up canal/, "stopped"],
  [/^Made-up old bridge/, "decommissioned"], [/^Made-up toll house/, "live · path: full"],
  [/^Made-up depot road/, "reassessing · path: full · collects until"], [/^Made-up festival/, "live · path: under twelve months"],
  [/^Made-up fair/, "proposed · path: under twelve months"],
  [/^Made-up road works/, "live · path: under twelve months"],
  [/^Made-up flood bank/, "live · path: emergency"], [/^Made-up quay/, "live · path: full"],
  [/^Made-up junction 7$/, "live · path: inherited"],
];

async function everyStage(page, name) {
  await check(`a site at every stage of its life is there for the ${name}`, async () => {
    await go(page, "Estate");
    for (const [site, words] of stages) {
      const button = sites(page).getByRole("button").filter({ has: page.getByText(site) }).first();
      await button.focus();
      await page.keyboard.press("Enter");
      await theSite(page).getByRole("heading", { level: 2, name: site }).waitFor();
      await theSite(page).getByText(words).first().waitFor();
      await accessible(page);
      const shown = /up ([a-z ]+)/.exec(String(site))[1].trim().replaceAll(" ", "-");
      await shot(page, `f4-${name}-${shown}`);
    }
  });
}

async function surroundings(page) {
  await check("what is known of a site's place stands on its page, each figure with its source", async () => {
    await go(page, "Estate");
    await openSite(page, /^Made-up station/);
    const known = theSite(page).getByRole("region", { name: "What is known of the place" });
    await known.getByText(/[0-9,]+ people live within 250 metres/).waitFor({ timeout: 20_000 });
    await known.getByText(/^Next to it: /).waitFor();
    await known.getByRole("table", { name: /^Crime by area and road/ }).waitFor();
    await known.getByText(/trips in and out of Made-up .+ town cannot avoid a camera/).first().waitFor();
    await accessible(page);
    await shot(page, "f3b-known");
  });
}

async function noFigures(page) {
  await check("a place that nothing counted is near is not said to lack what was taken in", async () => {
    await go(page, "Estate");
    await page.route("**/v1/sites/*/figures", (route) =>
      route.fulfill({ json: { figures: [], road: "Made-up lane", crime: null, points: null } }));
    await openSite(page, /^Made-up chapel/);
    const known = theSite(page).getByRole("region", { name: "What is known of the place" });
    await known.getByText("No figures: nothing that was taken in counts people or vehicles near it.").waitFor();
    assert.equal((await known.textContent()).includes("Nothing is known"), false);
    await page.unroute("**/v1/sites/*/figures");
  });
}

async function beforeItWas(page) {
  await check("of a day before its proposal a site's page says so, and another day can be asked for", async () => {
    await go(page, "Estate");
    await openSite(page, /^Made-up chapel/);
    const day = theSite(page).getByLabel("As it stood at the end of");
    await day.fill("1990-01-01");
    await theSite(page).getByText(/^the site was not yet proposed then: it was on \d{4}-\d\d-\d\d$/).waitFor();
    await theSite(page).getByRole("heading", { level: 2, name: /^Made-up chapel/ }).waitFor();
    assert.equal(await day.evaluate((one) => one === document.activeElement), true);
    await accessible(page);
    await day.fill("");
    await theSite(page).getByText("assessed").first().waitFor();
    await theSite(page).getByRole("heading", { name: "Steps" }).waitFor();
  });
}

async function wholeForce(page) {
  await check("the register answers for the whole force", async () => {
    await go(page, "Register");
    await page.getByRole("button", { name: "Ask" }).focus();
    await page.keyboard.press("Enter");
    const draft = page.getByRole("region", { name: "Draft" });
    await draft.getByText("NOT FOR RELEASE").first().waitFor();
    for (const kind of ["body worn", "estate cctv", "shared", "movable"]) {
      await draft.getByRole("row", { name: new RegExp(`^${kind} `) }).waitFor();
    }
    assert.equal((await draft.textContent()).includes("Made-up"), false);
    await accessible(page);
    await shot(page, "f5-register");
  });

  await check("the dry run shows what would stop within three months", async () => {
    await go(page, "Estate");
    await page.locator("details.would-stop summary").focus();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Which cameras stop?" }).focus();
    await page.keyboard.press("Enter");
    const dry = page.locator("details.would-stop");
    await dry.getByText(/^\d+ cameras would stop by/).waitFor();
    await dry.getByText(/viaduct-north/).waitFor();
    await accessible(page);
    await shot(page, "f6-would-stop");
  });

  await check("the county around it is taken in, and each of its kinds is listed with its source", async () => {
    await go(page, "Surroundings");
    const versions = page.getByRole("region", { name: "Versions" });
    for (const kind of ["Population", "Traffic", "Roads", "Settlements", "Crime", "Points"]) {
      await versions.getByRole("row", { name: new RegExp(`^\\d+ ${kind} yes Made up`) }).waitFor();
    }
    await accessible(page);
    await shot(page, "f6b-surroundings");
  });

  await check("a plan that was kept is looked at on its roads", async () => {
    await go(page, "Plan");
    await page.locator("summary").getByText("Plans that were kept").focus();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: /^Show plan 1: Made-up roads around/ }).focus();
    await page.keyboard.press("Enter");
    await page.locator(".map path.road").nth(500).waitFor({ state: "attached" });
    assert.ok((await page.locator(".map .mark").count()) > 100);
    await accessible(page);
    await shot(page, "f6c-kept-plan");
  });

  await check("what the cameras did a year ago is told in numbers, with an example", async () => {
    await go(page, "Code", "Code of practice");
    const quarter = Math.floor(Number(dayIn(-365).slice(5, 7) - 1) / 3) + 1;
    await page.getByLabel("Time").selectOption({ label: `Quarter ${quarter} of ${dayIn(-365).slice(0, 4)}` });
    await page.getByRole("button", { name: "Count" }).focus();
    await page.keyboard.press("Enter");
    const draft = page.getByRole("region", { name: "Effectiveness" });
    await draft.getByRole("row", { name: /^stolen .*\d/ }).waitFor();
    await draft.getByText("A van full of stolen tools").waitFor();
    await page.getByText(/^Version 1, filed on \d+ \w+ \d+/).waitFor();
    await accessible(page);
    await shot(page, "f6d-code");
  });

  await check("a plan is made and looked at on the map", async () => {
    await go(page, "Plan");
    await page.getByLabel("What is to be planned").setInputFiles(town("plan.json"));
    await page.getByLabel("Roads").setInputFiles(town("town.geojson"));
    await page.getByRole("button", { name: "Make the plan" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("The plan meets the cover that was asked for.").waitFor({ timeout: 60_000 });
    assert.ok((await page.locator(".map path.road").count()) > 30);
    await accessible(page);
    await shot(page, "f7-map");
  });

  await check("all of it fits a narrow screen", async () => {
    await page.setViewportSize({ width: 375, height: 800 });
    for (const [link, words] of [["Register", "register"], ["Plan", "plan"], ["Estate", "estate"]]) {
      await go(page, link);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, link);
      await shot(page, `f8-narrow-${words}`);
    }
    for (const site of [/^Made-up viaduct/, /^Made-up canal/, /^Made-up fair/]) {
      await openSite(page, site);
      await theSite(page).locator("details").evaluateAll((all) => all.forEach((one) => (one.open = true)));
      await theSite(page).getByText("Working out what is known").waitFor({ state: "detached" });
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, String(site));
      await accessible(page);
    }
    await shot(page, "f9-narrow-site");
  });
}

try {
  const second = await signIn("second-manager");
  await reviews(second);
  await everyStage(second, "manager");
  await everyStage(await signIn("controller"), "controller");
  await surroundings(second);
  await noFigures(second);
  await beforeItWas(second);
  await wholeForce(second);
} finally {
  await browser.close();
  force.process.kill("SIGTERM");
  await check("it closed in good order", async () => assert.equal(await force.ended, 0, force.said));
}
process.exit(told());
