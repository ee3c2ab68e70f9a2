// What is kept for cases past the end of retention: by whom, and until when somebody looks again.
import { type Hold, Problem, type Purpose, type Session, holds } from "./api";
import { announce, element } from "./dom";
import { type Group, grouped } from "./grouped";
import { holdDetail } from "./hold_detail";
import { makeHold } from "./make_hold";
import { timeText } from "./words";
import { walk } from "./walk";

function stateText(one: Hold): string {
  if (one.released_at) return "Released";
  return one.overdue ? `Overdue: was to be reviewed by ${one.review}` : `To be reviewed by ${one.review}`;
}

export function holdsPage(session: Session, signedOut: () => void): { page: HTMLElement; leave: () => void } {
  const me = session.person;
  const makes = me.roles.includes("investigator");
  let all: Hold[] = [];
  let chosen: string | null = null;
  let asOf = "";
  // What one said last that one looks for: plates are shown under their own case.
  let purpose: Purpose | undefined;

  const lists = element("div", { class: "lists" });
  const detail = element("section", { class: "detail", "aria-label": "The hold", tabindex: -1 });
  const line = element("p", { class: "line", role: "status" }, "Loading…");

  // Overdue ones first, then by when somebody looks again.
  function groups(): Group<Hold>[] {
    const live = all.filter((one) => !one.released_at).sort((a, b) => a.review.localeCompare(b.review));
    return [
      ["Not reviewed in time", "None.", live.filter((one) => one.overdue)],
      ["Held", "Nothing is held.", live.filter((one) => !one.overdue)],
      ["Released", "None.", all.filter((one) => one.released_at)],
    ];
  }

  function row(one: Hold): HTMLElement {
    const who = one.owner === me.id ? "you" : one.owner_name;
    const button = element(
      "button",
      {
        class: one.released_at ? "request" : "request is-granted",
        "aria-current": one.id === chosen ? "true" : undefined,
        click: () => open(one.id),
      },
      element("span", { class: "said" }, one.id),
      element("span", { class: one.overdue ? "overdue" : "state" }, stateText(one)),
      element("span", { class: "state" }, `${who} · ${one.purpose.reference}`),
    );
    return element("li", { id: `row-${one.id}` }, button);
  }

  function drawLists(): void {
    const focused = document.activeElement?.closest("li")?.id;
    const shown = groups();
    const overdue = shown[0]?.[2].length ?? 0;
    const live = all.filter((one) => !one.released_at).length;
    if (asOf) line.textContent = `${live} held, ${overdue} not reviewed in time. As of ${timeText(asOf)}.`;
    lists.replaceChildren(
      ...grouped(shown, row),
    );
    if (focused) document.getElementById(focused)?.querySelector("button")?.focus();
  }

  function drawDetail(): void {
    const hadFocus = detail.contains(document.activeElement);
    const one = all.find(({ id }) => id === chosen);
    const hint = makes ? "Choose one, or hold something. Keys: j and k to move, n to hold." : "Choose one. Keys: j and k to move.";
    detail.replaceChildren(one ? holdDetail(one, session, { purpose, look, done }) : element("p", { class: "none" }, hint));
    // The button that was pressed is gone: whoever uses the keyboard goes on from here.
    if (hadFocus) detail.focus();
  }

  // Whoever opens one goes on there: at once on a narrow screen, and with the next Tab.
  function open(id: string | null): void {
    chosen = id;
    drawLists();
    drawDetail();
    detail.focus();
  }

  async function read(): Promise<void> {
    all = await holds(purpose);
    asOf = new Date().toISOString();
  }

  async function look(under: Purpose): Promise<void> {
    purpose = under;
    await read();
    drawLists();
    drawDetail();
    const one = all.find(({ id }) => id === chosen);
    const isHidden = one?.parts.some((part) => part.plate === null) ?? false;
    announce(isHidden ? "Not under this purpose: a hold's plates are shown for its own case." : "The plates are shown.");
  }

  function done(words: string): void {
    announce(words);
    void load();
  }

  function make(): void {
    chosen = null;
    drawLists();
    detail.replaceChildren(
      makeHold(me.id, ({ id, held, review }) => {
        const words = `${id} holds ${held} ${held === 1 ? "read" : "reads"}; somebody must look again by ${review}.`;
        chosen = id;
        done(words);
      }),
    );
    detail.focus();
  }

  async function load(): Promise<void> {
    try {
      const before = JSON.stringify(all.find(({ id }) => id === chosen));
      await read();
      drawLists();
      // What somebody is writing stays, unless what it is about has changed.
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
      if (event.key !== "n" || !makes) return;
      event.preventDefault();
      make();
    },
  );

  const page = element(
    "div",
    { class: "two-columns" },
    element(
      "section",
      { class: "side", "aria-label": "Holds" },
      element("h1", {}, "Holds"),
      line,
      element(
        "div",
        { class: "buttons" },
        makes && element("button", { class: "main", "aria-keyshortcuts": "n", click: make }, "Hold something"),
        element("button", { click: () => void load() }, "Look again"),
      ),
      lists,
    ),
    detail,
  );
  drawDetail();
  void load();
  return { page, leave };
}
