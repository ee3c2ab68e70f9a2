// What stood before these records began: a register is taken in, one of its sites is opened, which
// says what nobody recorded, and its first review is carried through section 7 until it continues;
// each refusal on the way is told in words. In the console alone, in Chromium, without a mouse.
import assert from "node:assert/strict";
import { accessible, axe } from "./accessible.mjs";
import { press, type, unfold } from "./by_keys.mjs";
import { dayIn, fillIn, openSite, theSite, write } from "./estate.mjs";

const name = "Old Ford";
const reviewIn = 20; // days: near enough that the review stands open
const register = (review) => `camera,name,kind,site,site_name,latitude,longitude,owner,installed,ground,review,count
ford-1,North,,old-ford,${name},53.71,-1.62,,~2014-01-01,,${review},
ford-2,South,,old-ford,${name},53.71,-1.62,Made-up Council,,,${review},
,,body_worn,,,,,,${dayIn(-1)},,,40
`;
const questions = ["standing", "installed", "removed", "costs", "grounds", "reviews", "impact_published"];
const impact = "Data protection impact assessment";
const advice = {
  dpo: "Advice of the data protection officer",
  overt: "Advice of the senior person for overt surveillance",
};

const steps = (page) => theSite(page).getByRole("list", { name: "Steps" });
const wanted = (page) => theSite(page).getByRole("list", { name: "What its next step wants" });
const reviewForm = (page) => theSite(page).getByRole("form", { name: "Yearly review" });

async function go(page, link) {
  await press(page, page.getByRole("link", { name: link, exact: true }));
  await page.getByRole("heading", { level: 1, name: link }).waitFor();
}

// A question of the register, asked with the keyboard; gives the rows of its draft.
async function ask(page, question, from, until) {
  const form = page.locator("form").filter({ has: page.getByLabel("Question") });
  await form.getByLabel("Question").selectOption(question);
  await form.getByLabel("First day").fill(from);
  await form.getByLabel("Last day").fill(until);
  await press(page, form.getByRole("button", { name: "Ask", exact: true }));
  const draft = page.getByRole("region", { name: "Draft" });
  const words = { impact_published: "impact published" }[question] ?? question;
  await draft.getByText(`${words}, ${question === "costs" ? "" : from}`).waitFor();
  return draft.getByRole("row").allTextContents();
}

// All that the register answers of one day.
async function answers(page, day) {
  await go(page, "Register");
  const all = {};
  for (const question of questions) all[question] = await ask(page, question, day, day);
  return all;
}

async function takeIn({ check, shot }, { manager }) {
  const form = () => manager.getByRole("form", { name: "Take in a register" });
  const choose = async (review) => {
    await form().getByLabel("Register").setInputFiles({
      name: "old.csv", mimeType: "text/csv", buffer: Buffer.from(register(review)),
    });
    await press(manager, form().getByRole("button", { name: "Check it" }));
  };

  await check("a register whose first review is too far away is refused before it is taken in", async () => {
    await go(manager, "Register");
    await choose(dayIn(700));
    await form().getByRole("alert").getByText("line 2: site old-ford: the review must be at most 366 days away").waitFor();
    assert.equal(await form().getByRole("button", { name: "Take it in" }).isVisible(), false);
    await accessible(manager);
    await shot(manager, "j1-refused");
  });

  await check("what nobody recorded is told field by field, and it is taken in", async () => {
    await choose(dayIn(reviewIn));
    for (const row of [
      "owner not recorded of 1 of 2", "installed not recorded of 1 of 2", "controller not recorded of 2 of 2",
      "ground not recorded of 2 of 2", "published not recorded of 2 of 2", "site all recorded",
    ]) await form().getByRole("row", { name: row }).waitFor();
    await accessible(manager);
    await press(manager, form().getByRole("button", { name: "Take it in" }));
    await form().getByText("Taken in.").waitFor();
    await shot(manager, "j2-taken-in");
  });
}

async function countAll({ check, shot }, { foi }) {
  await check("a whole says which kind is not recorded, and that it is of the others", async () => {
    await go(foi, "Register");
    const counted = await ask(foi, "standing", dayIn(-1), dayIn(-1));
    assert.ok(counted.includes(`body worn40, by the count of ${dayIn(-1)}`), String(counted));
    const rows = await ask(foi, "standing", dayIn(-2), dayIn(-2));
    assert.ok(rows.includes("body wornnot recorded"), String(rows));
    assert.match(rows.at(-1), /^all\d.*, of what is recorded; not recorded: body worn$/);
    await accessible(foi);
    await shot(foi, "j2b-without");
  });
}

async function lookAt({ check, shot }, { second }) {
  await check("its page says what was never recorded, and what its first review wants", async () => {
    await openSite(second, name);
    const site = theSite(second);
    await site.getByText(`live · path: inherited · review ${dayIn(reviewIn)}`).waitFor();
    await site.getByText("Not recorded: it stood before these records began.").waitFor();
    const cells = async (camera) => {
      const row = site.getByRole("row", { name: new RegExp(`^${camera} `) });
      await row.waitFor();
      const heads = await row.locator("xpath=ancestor::table").getByRole("columnheader").allTextContents();
      const said = await row.getByRole("rowheader").or(row.getByRole("cell")).allTextContents();
      return Object.fromEntries(heads.map((head, at) => [head, said[at]]));
    };
    assert.deepEqual(await cells("ford-1"), {
      Camera: "ford-1 North", Kind: "fixed", Owner: "not recorded", Controller: "not recorded",
      Ground: "not recorded", Stood: "since about 2014-01-01", Sees: "not recorded",
      "Place attested": "not recorded",
    });
    await site.getByText("Whether its impact assessment was published: not recorded.").waitFor();
    const south = await cells("ford-2");
    assert.equal(south.Owner, "Made-up Council");
    assert.equal(south.Stood, "since not recorded");
    for (const paper of ["strategic_assessment", "pressing_need", "impact"]) {
      await wanted(second).getByText(`for its review to let it continue: ${paper} is missing`).waitFor();
    }
    await accessible(second);
    await shot(second, "j3-inherited");
  });
}

// Fills in the review. Of who lives there something changed (7.5), or nothing did.
async function holdReview(page, changed) {
  const form = reviewForm(page);
  await theSite(page).getByRole("table", { name: /What the records hold/ }).waitFor();
  await fillIn(form, { "The location": "no", "The resident population": changed, "The transient population": "no", "It is": "yes" });
  await press(page, form.getByRole("button", { name: /^Save/ }));
  return form;
}

const refused = async (page, words) => {
  const form = await holdReview(page, "no");
  await form.getByRole("alert").getByText(words).waitFor();
};

async function refuse({ check, shot }, { manager, second }) {
  await check("whoever took it in does not review it, and nothing continues that was never assessed", async () => {
    await openSite(manager, name);
    await refused(manager, "whoever took it in from a register may not judge it");
    await shot(manager, "j4-own");
    await openSite(second, name);
    const form = reviewForm(second);
    await press(second, form.getByRole("button", { name: /^Save/ }));
    await form.getByRole("alert").getByText(/is missing|not answered|has no/).first().waitFor();
    await shot(second, "j5-empty");
  });
}

async function assess({ check, shot }, { manager, second, dpo, overt }) {
  await check("its assessment is written, and a category without evidence is none", async () => {
    await openSite(manager, name);
    const summary = theSite(manager).locator("summary").filter({ hasText: "Strategic assessment (not written" });
    await press(manager, summary);
    const form = theSite(manager).getByRole("form", { name: "Strategic assessment" });
    await form.locator("#part-local_crime textarea").first().fill("Thefts of vehicles.");
    await press(manager, form.getByRole("button", { name: "Save: Strategic assessment" }));
    await form.getByText("has no evidence").first().waitFor();
    await shot(manager, "j6-no-evidence");
    await openSite(second, name);
    await refused(second, "strategic_assessment is not whole");
    await openSite(manager, name);
    await write(manager, "Strategic assessment");
    await write(manager, "Pressing social need", { "A pressing social need was": "found" });
    await write(manager, impact);
    await write(manager, "Consultation");
    await accessible(manager);
    await shot(manager, "j7-assessed");
  });

  await check("nothing continues before both advised, on the impact assessment that there is", async () => {
    await openSite(second, name);
    await refused(second, "dpo_advice is missing: nobody decided on impact (version 1");
    await shot(second, "j8-no-advice");
    await openSite(dpo, name);
    await write(dpo, advice.dpo, { "In short": "go_ahead" });
    await accessible(dpo);
    await shot(dpo, "j9-dpo");
    await openSite(overt, name);
    await write(overt, advice.overt, { "In short": "go_ahead" });
    // Written anew since, it was never advised on.
    await openSite(manager, name);
    await write(manager, impact);
    await openSite(second, name);
    await refused(second, "dpo_advice was given on an earlier impact assessment: ask again");
    await openSite(dpo, name);
    await write(dpo, advice.dpo, { "In short": "go_ahead" });
    await openSite(overt, name);
    await write(overt, advice.overt, { "In short": "go_ahead" });
    await accessible(overt);
    await openSite(second, name);
    assert.equal(await wanted(second).count(), 0);
  });
}

async function carryOn({ check, shot }, { second, foi }) {
  let before;
  let eve;
  await check("its first review follows section 7 to its end: it continues, and is inherited no more", async () => {
    before = await answers(foi, dayIn(0));
    eve = await answers(foi, dayIn(-1));
    await openSite(second, name);
    await theSite(second).getByText(`Its yearly review is due on ${dayIn(reviewIn)}.`).waitFor();
    await accessible(second);
    await shot(second, "j10-review");
    await holdReview(second, "yes");
    await steps(second).getByText("continued").waitFor();
    await steps(second).getByText("paragraph 7.8").waitFor();
    await theSite(second).getByText(`live · path: full · review ${dayIn(365)}`).waitFor();
    // The next is a year away.
    await theSite(second).getByText("Review early", { exact: true }).waitFor();
    assert.equal(await reviewForm(second).isVisible(), false);
    await accessible(second);
    await shot(second, "j11-continued");
  });

  await check("the register counts the review today, and says of the day before what it said", async () => {
    assert.deepEqual(await answers(foi, dayIn(-1)), eve);
    const after = await answers(foi, dayIn(0));
    const done = ({ reviews }) => Number(/^done(\d+)/.exec(reviews.find((row) => row.startsWith("done")))[1]);
    assert.equal(done(after), done(before) + 1);
    for (const question of questions.filter((one) => one !== "reviews")) {
      assert.deepEqual(after[question], before[question], question);
    }
    await ask(foi, "reviews", dayIn(0), dayIn(0));
    await accessible(foi);
    await shot(foi, "j12-register");
  });

  await check("its page as it stood the day before says that it was not yet there", async () => {
    await openSite(second, name);
    await theSite(second).getByLabel("As it stood at the end of").fill(dayIn(-1));
    await theSite(second).getByText("the site was not yet proposed then").waitFor();
    await accessible(second);
  });
}

export async function inheritedStory(world) {
  const { office, administrator, open } = world;
  const pages = {};
  for (const [who, role] of [
    ["manager", "anpr_manager"], ["second", "anpr_manager"], ["dpo", "dpo"], ["overt", "overt_lead"],
    ["foi", "foi_officer"],
  ]) {
    pages[who] = await open(await office.hire(administrator, `inherited-${who}`, role), axe);
  }
  await takeIn(world, pages);
  await countAll(world, pages);
  await lookAt(world, pages);
  await refuse(world, pages);
  await assess(world, pages);
  await carryOn(world, pages);
}
