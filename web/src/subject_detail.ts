// One keeper's request: what is held that it is about, what goes, what is kept back, and the answer.
import { doer } from "./doer";
import { element, facts, field, options, table } from "./dom";
import { localOf, utcOf } from "./question";
import {
  type Decision, type HeldBack, type Part, type SubjectClock, type SubjectHeld, type SubjectRequest,
  decide, erase, extend, see,
} from "./subject_api";
import { groundWords, partWords, subjectStateWords, wishWords } from "./subject_words";
import { plateAsked, plateOf, timeOf } from "./words";

type Reason = () => string;
type Changed = (words: string) => void;

const checkbox = (checked: boolean) => element("input", { type: "checkbox", checked });

function checked(label: string, box: HTMLInputElement): HTMLElement {
  return element("label", { class: "checked" }, box, ` ${label}`);
}

function heldFacts(held: SubjectHeld): HTMLElement {
  const { request } = held;
  return facts([
    ["Vehicle", [plateAsked(request.plate)]],
    ["From", [timeOf(request.from), " until ", timeOf(request.until)]],
    ["Who asks", [request.asked_by]],
    ["Taken longer because", [request.why_extended]],
    ["Record", [`${held.receipt} of the audit log`]],
  ]);
}

// With a box for each read where it may be erased.
function readTable(held: SubjectHeld, boxes: Map<string, HTMLInputElement>): HTMLElement {
  const rows = held.sightings.map((read) => {
    const box = checkbox(false);
    box.setAttribute("aria-label", `Erase what was seen on ${read.observed}`);
    boxes.set(read.id, box);
    return element(
      "tr",
      {},
      held.request.wish === "erasure" && held.request.state === "open" && element("td", {}, box),
      element("td", {}, timeOf(read.observed)),
      element("td", {}, plateOf(read)),
      element("td", {}, read.camera),
      element("td", { class: "number" }, String(read.pictures.length)),
    );
  });
  const mayErase = held.request.wish === "erasure" && held.request.state === "open";
  const headings = [...(mayErase ? ["Erase"] : []), "Seen", "Read as", "Camera", "Pictures"];
  return table(`${partWords.reads}: ${held.sightings.length}`, headings, rows);
}

function otherParts(held: SubjectHeld): HTMLElement {
  const alerts = held.alerts.map((one) =>
    element("li", {}, timeOf(one.read.observed), `, ${one.hit.list_name}: ${one.outcome || one.state}`),
  );
  const past = held.held.map((read) => element("li", {}, timeOf(read.observed), ", ", plateOf(read), `, ${read.camera}`));
  const entries = held.entries.map(({ entry, list_name, list_purpose }) =>
    element("li", {}, `${list_name} (${list_purpose}): ${entry.state}, since `, timeOf(entry.added_at)),
  );
  return element(
    "div",
    {},
    element("h3", {}, `${partWords.alerts}: ${alerts.length}`),
    alerts.length > 0 && element("ul", {}, ...alerts),
    element("h3", {}, `${partWords.entries}: ${entries.length}`),
    entries.length > 0 && element("ul", {}, ...entries),
    element("h3", {}, `${partWords.held}: ${past.length}`),
    past.length > 0 && element("ul", {}, ...past),
    held.kept_from !== null && element("p", {}, "What was seen before ", timeOf(held.kept_from), " is past its time: of that, only what a case holds is there."),
  );
}

const isNothing = (held: SubjectHeld) => held.sightings.length + held.held.length + held.alerts.length + held.entries.length === 0;

const keptWords = { held: "it is held for a case", awaited: "an alert on it is not over" };

function erasing(held: SubjectHeld, boxes: Map<string, HTMLInputElement>, reason: Reason, again: (said: string) => void): HTMLElement {
  const { trouble, run } = doer();
  const all = () => [...boxes.values()].forEach((box) => (box.checked = true));
  const go = async () => {
    const ids = [...boxes].filter(([, box]) => box.checked).map(([id]) => id);
    const { request, kept } = await erase(reason(), held.request.id, ids);
    const stands = kept.map(({ sighting, why }) => {
      const read = held.sightings.find(({ id }) => id === sighting);
      return `What was seen on ${read?.observed ?? sighting} stands: ${keptWords[why]}.`;
    });
    const erased = request.erased.reads === 0
      ? "Nothing has been erased."
      : `Erased so far: ${request.erased.reads}, with ${request.erased.pictures} pictures.`;
    again([erased, ...stands].join(" "));
  };
  if (held.sightings.length === 0) {
    return element(
      "section",
      { class: "decision", "aria-label": "Erasure" },
      element("p", { class: "warning" }, held.request.erased.reads === 0
        ? "There is nothing to erase: no record of it passing cameras is held in this time. Say so in the answer."
        : "Nothing is left to erase."),
    );
  }
  return element(
    "section",
    { class: "decision", "aria-label": "Erasure" },
    element("p", {}, "What is erased is gone from the store at once, and from every backup soon after. It does not come back."),
    trouble,
    element(
      "div",
      { class: "buttons" },
      element("button", { click: all }, "Choose all"),
      element("button", { click: () => run(go) }, "Erase what is chosen"),
    ),
  );
}

// One part that is kept back, with its ground and reason.
function keptBack(request: SubjectRequest, remove: (one: HTMLElement) => void): { box: HTMLElement; value: () => HeldBack } {
  const time = (utc: string) =>
    element("input", { type: "datetime-local", required: true, value: localOf(new Date(utc)) });
  const from = time(request.from);
  const until = time(request.until);
  const ground = element("select", {}, ...options(groundWords));
  const reason = element("textarea", { required: true, rows: 2, maxlength: 2000 });
  const parts = (Object.keys(partWords) as Part[]).map((part) => ({ part, box: checkbox(true) }));
  const told = checkbox(false);
  const box: HTMLElement = element(
    "fieldset",
    {},
    element("legend", {}, "Kept back"),
    field("What was in the time from", from),
    field("Until", until),
    field("Ground", ground, "DPA 2018 s.45(4)"),
    field("Reason", reason, "For the record; never in the answer"),
    ...parts.map((one) => checked(partWords[one.part], one.box)),
    checked("The keeper may hear that something is kept back on this ground", told),
    element("button", { type: "button", click: () => remove(box) }, "Do not keep this back"),
  );
  return {
    box,
    value: () => ({
      from: utcOf(from.value),
      until: utcOf(until.value),
      exemption: ground.value as HeldBack["exemption"],
      reason: reason.value.trim(),
      parts: parts.filter((one) => one.box.checked).map(({ part }) => part),
      is_told: told.checked,
    }),
  };
}

function answering(held: SubjectHeld, reason: Reason, answered: (text: string, request: SubjectRequest) => void): HTMLElement {
  const { request } = held;
  const { trouble, run } = doer();
  const decision = element("select", {}, ...options([
    ["answered", "Answer it"],
    ["refused", "Refuse it"],
    ["neither", "Neither confirm nor deny that anything is held"],
  ]));
  const words = element("textarea", { required: true, rows: 4, maxlength: 2000 });
  const gives = (Object.keys(partWords) as Part[]).map((part) => ({ part, box: checkbox(part === "reads") }));
  const unsaid = element("select", {}, ...options(groundWords));
  unsaid.value = "crime";
  const parts = element("div", {});
  const kept: { box: HTMLElement; value: () => HeldBack }[] = [];
  const add = () => {
    const one = keptBack(request, (box) => {
      kept.splice(kept.findIndex((known) => known.box === box), 1);
      box.remove();
      more.focus();
    });
    kept.push(one);
    parts.append(one.box);
    one.box.querySelector("input")?.focus();
  };
  const more = element("button", { type: "button", click: add }, "Keep something back");
  const go = async () => {
    const body: Decision = {
      decision: decision.value as Decision["decision"],
      words: words.value.trim(),
      gives: gives.filter((one) => one.box.checked).map(({ part }) => part),
      unsaid: unsaid.value as Decision["unsaid"],
      held_back: kept.map((one) => one.value()),
    };
    const { answer, request: changed } = await decide(reason(), request.id, body);
    answered(answer.text, changed);
  };
  const isAccess = request.wish === "access";
  return element(
    "form",
    { class: "decision", "aria-label": "The answer", submit: (event: SubmitEvent) => {
      event.preventDefault();
      run(go);
    } },
    field("Decision", decision),
    field("To the keeper", words, "In your own words; it begins the answer"),
    isAccess && element(
      "fieldset",
      {},
      element("legend", {}, "The answer gives"),
      ...gives.map((one) => checked(partWords[one.part], one.box)),
      field("Ground for what it does not give", unsaid,
        "Whether there is any of it is neither confirmed nor denied: the answer reads the same either way"),
    ),
    isAccess && parts,
    isAccess && more,
    trouble,
    element("button", { class: "main" }, "Decide, and make the answer"),
  );
}

function extending(one: SubjectRequest, reason: Reason, changed: Changed): HTMLElement | null {
  if (one.is_extended) return null;
  const { trouble, run } = doer();
  const words = element("textarea", { required: true, rows: 2, maxlength: 2000 });
  const go = async () => {
    const { due } = await extend(reason(), one.id, words.value.trim());
    changed(`It is due on ${due}.`);
  };
  return element(
    "details",
    {},
    element("summary", {}, "Take two months more"),
    element(
      "form",
      { submit: (event: SubmitEvent) => {
        event.preventDefault();
        run(go);
      } },
      field("Why it takes longer", words, "It is complex, or there are many; once only (s.54)"),
      trouble,
      element("button", {}, "Take two months more"),
    ),
  );
}

function answerCard(text: string): HTMLElement {
  return element(
    "section",
    { class: "draft-answer", "aria-label": "The answer that was made" },
    element("h3", {}, "The answer"),
    element("pre", { tabindex: 0, role: "region", "aria-label": "Text of the answer" }, text),
  );
}

export function subjectDetail(clock: SubjectClock, reason: Reason, changed: Changed): HTMLElement {
  const { trouble, run } = doer();
  const body = element("div", {});
  const state = element("p", { class: "state" }, subjectStateWords[clock.state]);
  const said = element("p", { class: "line", role: "status" });

  async function look(words = ""): Promise<void> {
    const held = await see(reason(), clock.id);
    const boxes = new Map<string, HTMLInputElement>();
    const isOpen = held.request.state === "open";
    state.textContent = subjectStateWords[held.request.state];
    said.textContent = words;
    const again = (text: string) => run(() => look(text).then(() => changed(text)));
    const answered = (text: string, request: SubjectRequest) => {
      state.textContent = subjectStateWords[request.state];
      body.replaceChildren(answerCard(text));
      body.querySelector("pre")?.focus();
      changed("The answer is made.");
    };
    body.replaceChildren(
      heldFacts(held),
      ...(isNothing(held) ? [element("p", { class: "warning" }, "Nothing is held about this vehicle in this time.")] : []),
      readTable(held, boxes),
      otherParts(held),
      ...(held.is_all ? [] : [element("p", { class: "warning" }, "There is more than one answer can give: decide it for a shorter time.")]),
      ...(isOpen && held.request.wish === "erasure" ? [erasing(held, boxes, reason, again)] : []),
      ...(isOpen ? [extending(held.request, reason, changed), answering(held, reason, answered)].filter((one) => one !== null) : []),
      ...(isOpen ? [] : [element("p", {}, held.request.words)]),
    );
  }

  const overdue = clock.overdue ? "Overdue: was due on " : "Due on ";
  return element(
    "article",
    { class: "card" },
    element("header", {}, element("h2", {}, wishWords[clock.wish]), state),
    clock.state === "open"
      ? element("p", { class: clock.overdue ? "warning" : "line" }, `${overdue}${clock.due}; received on ${clock.received}.`)
      : element("p", { class: "line" }, `Received on ${clock.received}.`),
    said,
    trouble,
    element("button", { class: "main", click: () => run(() => look()) }, "See what is held"),
    body,
  );
}
