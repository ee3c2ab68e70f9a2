// Leave to look further: asked by one, given or refused by another, used up. In Chromium.
import assert from "node:assert/strict";
import { accessible, axe } from "./accessible.mjs";

const why = {
  category: "serious", reference: "TEST/7/26", reason: "Where was the car before the robbery?",
  forWhom: "DS Example",
};

// What a field of type datetime-local wants.
function daysAgo(days) {
  const then = new Date(Date.now() - days * 86_400_000);
  return new Date(then.getTime() - then.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

async function fillIn(page, plate, from) {
  await page.getByLabel("Plate", { exact: true }).fill(plate);
  await page.getByLabel("From", { exact: true }).fill(from);
  await page.getByLabel("Category").selectOption(why.category);
  await page.getByLabel("Reference").fill(why.reference);
  await page.getByLabel("Reason", { exact: true }).fill(why.reason);
  await page.getByLabel("For whom").fill(why.forWhom);
}

// Presses Tab until the element of this name has the focus.
async function tabTo(page, wanted) {
  for (let tries = 0; tries < 60; tries += 1) {
    if (await wanted.evaluate((one) => one === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("Tab does not lead there");
}

const theAuthority = (page) => page.getByRole("region", { name: "The authority", exact: true });
const state = (page, text) => theAuthority(page).getByText(text, { exact: true }).first();

// To another page, which is there once it says so: the address changes first.
async function goTo(page, name) {
  await page.getByRole("link", { name, exact: true }).click();
  await page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
}

async function lookAgain(page) {
  await page.getByRole("button", { name: "Look again" }).click();
}

// Opens the one that waits.
async function openWaiting(page) {
  await lookAgain(page);
  await page.getByRole("list", { name: "Waits for a decision" }).getByRole("button").first().click();
}

async function askByHand(page, plate, from) {
  await goTo(page, "Authority");
  await page.getByRole("button", { name: "Ask a senior officer" }).click();
  await fillIn(page, plate, from);
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await state(page, "Waits for a senior officer").waitFor();
}

async function askAndGrant({ check, shot }, { seeker, sergeant, inspector }) {
  await check("a search that needs authority leads to asking, with what was typed", async () => {
    await fillIn(seeker, "LM19*", daysAgo(120));
    await seeker.getByRole("button", { name: "Search" }).click();
    await seeker.getByText("data older than 90 days needs a senior officer's authority").waitFor();
    await shot(seeker, "a1-refused-may-ask");
    await accessible(seeker);
    await seeker.getByRole("button", { name: "Ask a senior officer" }).click();
    await seeker.getByRole("button", { name: "Ask", exact: true }).waitFor();
    assert.equal(await seeker.title(), "Authority – Regmark");
    assert.equal(await seeker.getByLabel("Plate", { exact: true }).inputValue(), "LM19*");
    assert.equal(await seeker.getByLabel("Reason", { exact: true }).inputValue(), why.reason);
    assert.equal(seeker.url().includes("LM19"), false);
    await accessible(seeker);
    await shot(seeker, "a2-ask");
    await seeker.getByRole("button", { name: "Ask", exact: true }).click();
    await state(seeker, "Waits for a senior officer").waitFor();
    await shot(seeker, "a3-asked");
  });

  await check("a sergeant sees all that there is to weigh, and is told why not", async () => {
    await openWaiting(sergeant);
    const one = theAuthority(sergeant);
    await one.getByText(": 4 characters are named.").waitFor();
    await one.getByText("it begins 120 days ago").waitFor();
    await one.getByText(why.reason).waitFor();
    await one.getByText("DS Example").waitFor();
    await one.getByText("DC Seeker").waitFor();
    await one.getByLabel("Your reasons").fill("It is proportionate to the case.");
    await one.getByRole("button", { name: "Grant", exact: true }).click();
    await one.getByRole("alert").getByText("only inspector or above may give this authority").waitFor();
    await accessible(sergeant);
    await shot(sergeant, "a4-sergeant");
  });

  await check("an inspector grants it with the keyboard alone", async () => {
    await inspector.getByRole("button", { name: "Look again" }).focus();
    await inspector.keyboard.press("Enter");
    await inspector.getByText("Waits for a decision (1)").waitFor();
    await inspector.keyboard.press("j");
    await accessible(inspector);
    await shot(inspector, "a5-to-decide");
    await tabTo(inspector, inspector.getByLabel("Your reasons"));
    await inspector.keyboard.type("It is proportionate to the case.");
    await tabTo(inspector, inspector.getByLabel("Good for how many hours"));
    await inspector.keyboard.type("2");
    await tabTo(inspector, inspector.getByRole("button", { name: "Grant", exact: true }));
    await inspector.keyboard.press("Enter");
    await state(inspector, "Granted: 1 of 1 use left").waitFor();
    const focused = await inspector.evaluate(() => document.activeElement.getAttribute("aria-label"));
    assert.equal(focused, "The authority");
    await shot(inspector, "a6-granted");
  });
}

async function searchUnderIt({ check, shot }, { seeker }) {
  await check("a search under it finds what one's own role does not, and uses it up", async () => {
    await lookAgain(seeker);
    await theAuthority(seeker).getByText("It is proportionate to the case.").waitFor();
    await accessible(seeker);
    await shot(seeker, "a7-granted-to-me");
    await seeker.getByRole("button", { name: "Search under it" }).click();
    assert.equal(await seeker.getByLabel("Plate").inputValue(), "LM19*");
    assert.equal(await seeker.getByLabel("Authority").evaluate((one) => one.selectedIndex), 1);
    await seeker.getByRole("button", { name: "Search" }).click();
    await seeker.getByText("1 sighting. Recorded as").first().waitFor();
    await seeker.getByText("The authority: Used up.").first().waitFor();
    await accessible(seeker);
    await shot(seeker, "a8-found-under-it");
    assert.equal(await seeker.getByLabel("Authority").count() > 0 &&
      await seeker.getByLabel("Authority").isVisible(), false);
    await seeker.getByRole("button", { name: "Search" }).click();
    await seeker.getByText("needs a senior officer's authority").waitFor();
    await goTo(seeker, "Authority");
    await seeker.getByRole("list", { name: "Over" }).getByText("Used up").waitFor();
  });
}

async function refuseAndLimit({ check, shot }, { seeker, inspector }) {
  await check("everybody who passed is said to be just that; refused, and in whose words", async () => {
    await askByHand(seeker, "", daysAgo(5));
    await openWaiting(inspector);
    const one = theAuthority(inspector);
    await one.getByText("Everybody who passed: it names no plate.").waitFor();
    await shot(inspector, "a9-everybody");
    await one.getByLabel("Your reasons").fill("Five days of everybody is too wide.");
    await one.getByRole("button", { name: "Refuse" }).click();
    await state(inspector, "Refused").waitFor();
    await lookAgain(seeker);
    await theAuthority(seeker).getByText("Five days of everybody is too wide.").waitFor();
    await shot(seeker, "b1-refused");
  });

  await check("less is granted than was asked, never more; chosen in a search; withdrawn", async () => {
    await askByHand(seeker, "LM19*", daysAgo(100));
    await openWaiting(inspector);
    const one = theAuthority(inspector);
    await one.getByLabel("Your reasons").fill("For the one vehicle only.");
    await one.getByText("Grant less than was asked").click();
    await one.getByLabel("Plate").fill("*");
    await one.getByRole("button", { name: "Grant", exact: true }).click();
    await one.getByText("an authority may not reach further than was asked").waitFor();
    await one.getByLabel("Plate").fill("LM19KXR");
    await one.getByLabel("Good for how many uses").fill("3");
    await one.getByRole("button", { name: "Grant", exact: true }).click();
    await one.getByRole("region", { name: "What was asked, which is more" }).waitFor();
    await shot(inspector, "b2-granted-less");
    await goTo(seeker, "Search");
    await seeker.getByRole("combobox", { name: "Authority" }).selectOption({ index: 1 });
    assert.equal(await seeker.getByLabel("Plate").inputValue(), "LM19KXR");
    await seeker.getByRole("button", { name: "Search" }).click();
    await seeker.getByText("The authority: Granted: 2 of 3 uses left.").first().waitFor();
    await one.getByLabel("Your reasons").fill("The case is closed.");
    await one.getByRole("button", { name: "Withdraw" }).click();
    await state(inspector, "Withdrawn").waitFor();
    await seeker.getByRole("button", { name: "Search" }).click();
    await seeker.getByText("the authority does not stand").waitFor();
  });
}

async function byWordOfMouth({ check, shot }, { seeker, inspector }) {
  await check("what was given by word of mouth is good at once, and confirmed in writing", async () => {
    const id = await inspector.locator("code").textContent();
    await goTo(seeker, "Authority");
    await seeker.keyboard.press("n");
    await fillIn(seeker, "YH71*", daysAgo(95));
    await seeker.getByText("It was given by word of mouth, in an emergency").click();
    await seeker.getByLabel("Officer's id").fill(id);
    await accessible(seeker);
    await shot(seeker, "b3-by-word-of-mouth");
    await seeker.getByRole("button", { name: "Record that it was given by word of mouth" }).click();
    await state(seeker, "Given by word of mouth: 1 of 1 use left").waitFor();
    await openWaiting(inspector);
    const one = theAuthority(inspector);
    await one.getByText("Not yet confirmed.").waitFor();
    await shot(inspector, "b4-to-confirm");
    await one.getByLabel("Your reasons").fill("As I said on the phone.");
    await one.getByRole("button", { name: "Confirm in writing" }).click();
    await one.getByText("confirmed it in writing").waitFor();
  });

  await check("who asked gives up what is no longer needed", async () => {
    await lookAgain(seeker);
    await theAuthority(seeker).getByText("confirmed it in writing").waitFor();
    await seeker.getByLabel("Why you give it up").fill("The car was found.");
    await seeker.getByRole("button", { name: "Give up" }).click();
    await state(seeker, "Withdrawn").waitFor();
    await theAuthority(seeker).getByText("The car was found.").waitFor();
  });
}

// `open` gives a page in a context of its own, signed in as this person.
export async function authorityStory(world) {
  const { office, administrator, open, check, shot } = world;
  const hire = (name, shown, role, rank) => office.hire(administrator, name, role, { display_name: shown, rank });
  const people = {
    seeker: await hire("seeker", "DC Seeker", "investigator", "constable"),
    sergeant: await hire("sergeant", "Sgt Example", "authoriser", "sergeant"),
    inspector: await hire("inspector", "Insp. Example", "authoriser", "inspector"),
  };
  const pages = {};
  for (const [name, person] of Object.entries(people)) {
    pages[name] = await open(person, axe);
    await pages[name].getByRole("heading", { level: 1 }).and(pages[name].getByText(/Search|Authority/)).waitFor();
  }
  await askAndGrant(world, pages);
  await searchUnderIt(world, pages);
  await refuseAndLimit(world, pages);
  await byWordOfMouth(world, pages);
  await check("the page about authority fits a narrow screen", async () => {
    for (const one of [pages.seeker, pages.inspector]) {
      await one.setViewportSize({ width: 320, height: 800 });
      assert.equal(await one.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    }
    await shot(pages.inspector, "b5-narrow");
  });
}
