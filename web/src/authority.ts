// Leave to look further: what was asked, what waits for a decision, and what became of it.
import { type Authority, Problem, type Session, authorities } from "./api";
import { type Start, askForm } from "./ask_authority";
import { authorityDetail } from "./authority_detail";
import { announce, element } from "./dom";
import { type Group, grouped } from "./grouped";
import { take as takeOver } from "./handed";
import { ageOf, authorityStateWords, plateAsked, timeText } from "./words";
import { walk } from "./walk";

// Of those that are over; more would be noise.
const overShownMax = 100;

function unconfirmed(one: Authority): boolean {
  return one.oral && !one.confirmed_at && !one.ended_at;
}

function stateText(one: Authority): string {
  if (one.overdue && !one.ended_at) return "Overdue: not confirmed in writing";
  const words = authorityStateWords(one);
  return unconfirmed(one) ? `${words} · to be confirmed in writing` : words;
}

export function authorityPage(
  session: Session,
  signedOut: () => void,
): { page: HTMLElement; leave: () => void; focus?: HTMLElement | undefined } {
  const me = session.person;
  const asks = me.roles.includes("investigator");
  const decides = me.roles.includes("authoriser");
  let all: Authority[] = [];
  let chosen: string | null = null;
  let asOf = "";

  const lists = element("div", { class: "lists" });
  const detail = element("section", { class: "detail", "aria-label": "The authority", tabindex: -1 });
  const line = element("p", { class: "line", role: "status" }, "Loading…");

  // Overdue ones first, then by who waits longest; the others newest first.
  function groups(): Group<Authority>[] {
    const waits = (one: Authority) =>
      one.state === "asked" || (unconfirmed(one) && (decides || one.state !== "granted"));
    const waiting = all
      .filter(waits)
      .sort((a, b) => Number(b.overdue) - Number(a.overdue) || a.asked_at.localeCompare(b.asked_at));
    const rest = all.filter((one) => !waits(one)).sort((a, b) => b.asked_at.localeCompare(a.asked_at));
    return [
      ["Waits for a decision", "Nothing waits.", waiting],
      ["Good now", "None.", rest.filter((one) => one.state === "granted")],
      ["Over", "None.", rest.filter((one) => one.state !== "granted").slice(0, overShownMax)],
    ];
  }

  function row(one: Authority): HTMLElement {
    const who = one.requester === me.id ? "you" : one.requester_name;
    const button = element(
      "button",
      {
        class: `request is-${one.state}`,
        "aria-current": one.id === chosen ? "true" : undefined,
        click: () => open(one.id),
      },
      plateAsked((one.granted ?? one.asked).plate),
      element("span", { class: one.overdue && !one.ended_at ? "overdue" : "said" }, stateText(one)),
      element("span", { class: "state" }, `${who} · ${one.purpose.reference} · ${ageOf(one.asked_at)}`),
    );
    return element("li", { id: `row-${one.id}` }, button);
  }

  function drawLists(): void {
    const focused = document.activeElement?.closest("li")?.id;
    const shown = groups();
    const count = shown[0]?.[2].length ?? 0;
    const waiting = count === 0 ? "Nothing waits" : count === 1 ? "1 waits" : `${count} wait`;
    if (asOf) line.textContent = `${waiting} for a decision. As of ${timeText(asOf)}.`;
    lists.replaceChildren(
      ...grouped(shown, row),
    );
    if (focused) document.getElementById(focused)?.querySelector("button")?.focus();
  }

  function drawDetail(): void {
    const hadFocus = detail.contains(document.activeElement);
    const one = all.find(({ id }) => id === chosen);
    const hint = asks ? "Choose one, or ask. Keys: j and k to move, n to ask." : "Choose one. Keys: j and k to move.";
    detail.replaceChildren(
      one
        ? authorityDetail(one, session, take, () =>
            ask({ question: { ...one.asked, purpose: one.purpose }, kind: one.kind, act: one.act }),
          )
        : element("p", { class: "none" }, hint),
    );
    // The button that was pressed is gone: whoever uses the keyboard goes on from here.
    if (hadFocus) detail.focus();
  }

  function choose(id: string | null): void {
    chosen = id;
    drawLists();
    drawDetail();
  }

  // Whoever opens one goes on there: at once on a narrow screen, and with the next Tab.
  function open(id: string | null): void {
    choose(id);
    detail.focus();
  }

  function ask(start?: Start): HTMLElement {
    chosen = null;
    drawLists();
    const form = askForm(start, (asked) => {
      all = [asked, ...all];
      open(asked.id);
      announce(`Sent. ${stateText(asked)}.`);
    });
    detail.replaceChildren(form);
    detail.focus();
    return detail;
  }

  // What the office says of one after a step.
  function take(changed: Authority): void {
    all = all.map((one) => (one.id === changed.id ? changed : one));
    choose(changed.id);
    announce(`${stateText(changed)}.`);
  }

  // What somebody is writing stays, unless what it is about has changed.
  async function load(): Promise<void> {
    try {
      const before = JSON.stringify(all.find(({ id }) => id === chosen));
      all = await authorities();
      asOf = new Date().toISOString();
      drawLists();
      if (chosen && JSON.stringify(all.find(({ id }) => id === chosen)) !== before) drawDetail();
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return signedOut();
      line.textContent = (error as Error).message;
    }
  }

  const leave = walk(
    () => groups().flatMap(([, , rows]) => rows.map((one) => one.id)),
    () => chosen,
    open,
    (event) => {
      if (event.key !== "n" || !asks) return;
      event.preventDefault();
      ask();
    },
  );

  const page = element(
    "div",
    { class: "two-columns" },
    element(
      "section",
      { class: "side", "aria-label": "Authorities" },
      element("h1", {}, "Authority"),
      line,
      element(
        "div",
        { class: "buttons" },
        asks && element("button", { class: "main", "aria-keyshortcuts": "n", click: () => ask() }, "Ask a senior officer"),
        element("button", { click: () => void load() }, "Look again"),
      ),
      lists,
      decides && element("p", { class: "none" }, "Your id, for whoever records what you gave by word of mouth: ", element("code", {}, me.id)),
    ),
    detail,
  );
  drawDetail();
  void load();
  const started = asks ? takeOver("#/authority") : undefined;
  const focus = started && ask(started);
  if (started) announce("Filled in from your search.");
  return { page, leave, focus };
}
