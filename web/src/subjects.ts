// What keepers of vehicles ask: the queue with the law's clock, and the one that is worked on.
import { Problem, type Session } from "./api";
import { doer } from "./doer";
import { announce, element, field, options } from "./dom";
import { type Group, grouped } from "./grouped";
import { localOf, utcOf } from "./question";
import { type SubjectClock, type Wish, receive, subjectRequests } from "./subject_api";
import { subjectDetail } from "./subject_detail";
import { subjectStateWords, wishWords } from "./subject_words";
import { walk } from "./walk";
import { dayIn } from "./words";

const day = 86_400_000;

function dueWords(one: SubjectClock): string {
  const days = Math.round((Date.parse(one.due) - Date.parse(dayIn(0))) / day);
  if (one.overdue) return `Overdue: was due on ${one.due}`;
  if (days === 0) return "Due today";
  return `Due on ${one.due}, in ${days} ${days === 1 ? "day" : "days"}${one.is_extended ? " (extended)" : ""}`;
}

// The form that begins a clock.
function newRequest(reason: () => string, take: (id: string) => void): HTMLElement {
  const wish = element("select", {}, ...options([["access", wishWords.access], ["erasure", wishWords.erasure]]));
  const plate = element("input", { required: true, autocomplete: "off", spellcheck: "false", maxlength: 10 });
  const time = (at: number) =>
    element("input", { type: "datetime-local", step: 1, required: true, value: localOf(new Date(at)) });
  const from = time(Date.now() - 30 * day);
  const until = time(Date.now());
  const askedBy = element("textarea", { required: true, rows: 2, maxlength: 2000 });
  const received = element("input", { type: "date", required: true, value: dayIn(0) });
  const { trouble, run } = doer();
  const record = async () => {
    const made = await receive(reason(), {
      wish: wish.value as Wish,
      plate: plate.value.replace(/[\s-]/g, "").toUpperCase(),
      from: utcOf(from.value),
      until: utcOf(until.value),
      asked_by: askedBy.value.trim(),
      received: received.value,
    });
    take(made.id);
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    run(record);
  };
  return element(
    "details",
    {},
    element("summary", {}, "Record a new request"),
    element(
      "form",
      { submit },
      field("What they ask", wish),
      field("Plate", plate, "One vehicle, whole"),
      field("About the time from", from),
      field("Until", until),
      field("Who asks", askedBy, "And how one knows that they are the keeper"),
      field("Received", received, "With that proof: the clock begins on this day"),
      trouble,
      element("button", { class: "main" }, "Record the request"),
    ),
  );
}

export function subjectsPage(_: Session, signedOut: () => void): { page: HTMLElement; leave: () => void } {
  let all: SubjectClock[] = [];
  let chosen: string | null = null;

  const reason = element("input", { value: "To answer what a keeper asked", maxlength: 1000 });
  const lists = element("div", { class: "lists" });
  const detail = element("section", { class: "detail", "aria-label": "The request", tabindex: -1 });
  const line = element("p", { class: "line", role: "status" }, "Loading…");
  const why = () => reason.value.trim();

  function row(one: SubjectClock): HTMLElement {
    const isOpen = one.state === "open";
    return element(
      "li",
      { id: `row-${one.id}` },
      element(
        "button",
        {
          class: isOpen ? "request is-asked" : "request",
          "aria-current": one.id === chosen ? "true" : undefined,
          click: () => open(one.id),
        },
        element("span", { class: "said" }, wishWords[one.wish]),
        element(
          "span",
          { class: one.overdue ? "overdue" : "state" },
          isOpen ? dueWords(one) : subjectStateWords[one.state],
        ),
        element("span", { class: "state" }, `Received on ${one.received}`),
      ),
    );
  }

  function drawLists(): void {
    const focused = document.activeElement?.closest("li")?.id;
    const open = all.filter((one) => one.state === "open");
    line.textContent = `${open.length} to answer, ${open.filter((one) => one.overdue).length} overdue.`;
    const groups: Group<SubjectClock>[] = [
      ["To answer", "None.", open],
      ["Answered", "None.", all.filter((one) => one.state !== "open")],
    ];
    lists.replaceChildren(
      ...grouped(groups, row),
    );
    if (focused) document.getElementById(focused)?.querySelector("button")?.focus();
  }

  function drawDetail(): void {
    const one = all.find(({ id }) => id === chosen);
    detail.replaceChildren(
      one
        ? subjectDetail(one, why, changed)
        : element("p", { class: "none" }, "Choose one. Keys: j and k to move."),
    );
  }

  function open(id: string | null): void {
    chosen = id;
    drawLists();
    drawDetail();
    detail.focus();
  }

  // A step changed its clock or its state; what stands in the detail says more and stays.
  function changed(words: string): void {
    announce(words);
    void load();
  }

  async function load(): Promise<void> {
    try {
      all = await subjectRequests();
      drawLists();
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return signedOut();
      line.textContent = (error as Error).message;
    }
  }

  const leave = walk(
    () => all.map(({ id }) => id),
    () => chosen,
    open,
  );

  const taken = async (id: string) => {
    await load();
    open(id);
    announce("The request is recorded, and its clock runs.");
  };
  const page = element(
    "div",
    { class: "two-columns" },
    element(
      "section",
      { class: "side", "aria-label": "Requests" },
      element("h1", {}, "Requests of keepers"),
      line,
      field("Why you look", reason, "Each look and each step is recorded with it"),
      newRequest(why, (id) => void taken(id)),
      lists,
    ),
    detail,
  );
  drawDetail();
  void load();
  return { page, leave };
}
