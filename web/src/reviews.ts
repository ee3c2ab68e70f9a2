// Searches of others that somebody from outside their line looks at: what waits, and what was found.
// And what others did not do in time, which somebody sees to.
import { type FollowUp, type Review, Problem, type Session, followUps, reviews } from "./api";
import { announce, element } from "./dom";
import { followUpDetail, followUpKey, missedWords } from "./follow_up_detail";
import { type Group, grouped } from "./grouped";
import { reviewDetail } from "./review_detail";
import { ageOf, reviewStateWords, timeText, whyReviewed } from "./words";
import { walk } from "./walk";

// Of those that are over; more would be noise.
const overShownMax = 100;

const isOver = (one: Review) => one.state === "in_order" || one.state === "misuse_suspected";

export function reviewsPage(session: Session, signedOut: () => void): { page: HTMLElement; leave: () => void } {
  const me = session.person;
  let all: Review[] = [];
  let missed: FollowUp[] = [];
  let chosen: string | null = null;

  const lists = element("div", { class: "lists" });
  const detail = element("section", { class: "detail", "aria-label": "The review", tabindex: -1 });
  const line = element("p", { class: "line", role: "status" }, "Loading…");

  // The office gives them in the order in which they are due.
  function groups(): Group<Review>[] {
    const open = all.filter((one) => !isOver(one));
    return [
      ["Yours", "None.", open.filter((one) => one.owner === me.id)],
      ["Nobody has taken", "Nothing waits.", open.filter((one) => one.owner === null)],
      ["Others have", "None.", open.filter((one) => one.owner !== null && one.owner !== me.id)],
      ["Over", "None.", all.filter(isOver).slice(0, overShownMax)],
    ];
  }

  function row(one: Review): HTMLElement {
    const button = element(
      "button",
      {
        class: `request is-${one.state}`,
        "aria-current": one.id === chosen ? "true" : undefined,
        click: () => open(one.id),
      },
      element("span", { class: "said" }, whyReviewed(one)),
      element(
        "span",
        { class: one.overdue ? "overdue" : "state" },
        one.overdue ? `Overdue: was due ${ageOf(one.due)}` : reviewStateWords[one.state],
      ),
      element(
        "span",
        { class: "state" },
        `${one.search.person_name} · ${one.search.purpose.reference || "no reference"} · ${ageOf(one.search.at)}`,
      ),
    );
    return element("li", { id: `row-${one.id}` }, button);
  }

  function missedRow(one: FollowUp): HTMLElement {
    const key = followUpKey(one);
    return element(
      "li",
      { id: `row-${key}` },
      element(
        "button",
        { class: "request", "aria-current": key === chosen ? "true" : undefined, click: () => open(key) },
        element("span", { class: "said" }, missedWords[one.missed]),
        element(
          "span",
          { class: one.overdue ? "overdue" : "state" },
          one.overdue ? `Overdue: was due ${ageOf(one.due)}` : (one.owner_name ?? "Nobody sees to it"),
        ),
        element(
          "span",
          { class: "state" },
          `${one.person_name} · ${one.purpose.reference || "no reference"} · missed ${ageOf(one.since)}`,
        ),
      ),
    );
  }

  function drawLists(): void {
    const focused = document.activeElement?.closest("li")?.id;
    const open = all.filter((one) => !isOver(one));
    const overdue = open.filter((one) => one.overdue).length;
    const late = missed.length ? ` ${missed.length} not done in time.` : "";
    line.textContent = `${open.length} to review, ${overdue} overdue.${late} As of ${timeText(new Date().toISOString())}.`;
    const notDone = "Others did not do in time";
    lists.replaceChildren(
      ...(missed.length
        ? [
          element("h2", {}, `${notDone} (${missed.length})`),
          element("ul", { class: "requests", "aria-label": notDone }, ...missed.map(missedRow)),
        ]
        : []),
      ...grouped(groups(), row),
    );
    if (focused) document.getElementById(focused)?.querySelector("button")?.focus();
  }

  function drawDetail(): void {
    const hadFocus = detail.contains(document.activeElement);
    const one = all.find(({ id }) => id === chosen);
    const late = missed.find((each) => followUpKey(each) === chosen);
    detail.replaceChildren(
      one
        ? reviewDetail(one, session, take)
        : late
        ? followUpDetail(late, session, takeMissed)
        : element("p", { class: "none" }, "Choose one. Keys: j and k to move."),
    );
    // The button that was pressed is gone: whoever uses the keyboard goes on from here.
    if (hadFocus) detail.focus();
  }

  function open(id: string | null): void {
    chosen = id;
    drawLists();
    drawDetail();
    detail.focus();
  }

  // What the office says of one after a step.
  function take(changed: Review): void {
    all = all.map((one) => (one.id === changed.id ? changed : one));
    chosen = changed.id;
    drawLists();
    drawDetail();
    announce(`${reviewStateWords[changed.state]}.`);
  }

  function takeMissed(changed: FollowUp): void {
    chosen = followUpKey(changed);
    missed = missed.map((one) => (followUpKey(one) === chosen ? changed : one));
    drawLists();
    drawDetail();
    announce(changed.steps.at(-1)?.words ? "Recorded." : "Taken.");
  }

  const chosenText = () =>
    JSON.stringify([all.find(({ id }) => id === chosen), missed.find((one) => followUpKey(one) === chosen)]);

  // What somebody is writing stays, unless what it is about has changed.
  async function load(): Promise<void> {
    try {
      const before = chosenText();
      [all, missed] = await Promise.all([reviews(), followUps()]);
      drawLists();
      if (chosen && chosenText() !== before) drawDetail();
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return signedOut();
      line.textContent = (error as Error).message;
    }
  }

  const leave = walk(
    () => [...missed.map(followUpKey), ...groups().flatMap(([, , rows]) => rows.map((one) => one.id))],
    () => chosen,
    open,
  );

  const page = element(
    "div",
    { class: "two-columns" },
    element(
      "section",
      { class: "side", "aria-label": "Reviews" },
      element("h1", {}, "Reviews"),
      line,
      element("div", { class: "buttons" }, element("button", { click: () => void load() }, "Look again")),
      lists,
    ),
    detail,
  );
  drawDetail();
  void load();
  return { page, leave };
}
