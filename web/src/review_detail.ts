// One search of somebody else's: all that there is to weigh, and what the reviewer found.
import { type Review, type ReviewState, type SearchNote, type Session, send } from "./api";
import { doer, takeIt } from "./doer";
import { element, facts, field, options } from "./dom";
import { categoryWords, plateAsked, reviewStateWords, timeOf, whyReviewed } from "./words";

type Take = (changed: Review) => void;

const actWords: Record<string, string> = {
  search_sightings: "Searched what cameras saw",
  find_convoys: "Asked who was seen with a vehicle",
  track_plate: "Followed a vehicle as it moved",
  hold_sightings: "Held it for a case",
  read_held: "Looked at what is held for a case",
  export_held: "Exported what is held for a case, as evidence",
  export_evidence: "Exported evidence",
  answer_subject: "Looked it up for its keeper",
};

function weighed(search: SearchNote): HTMLElement {
  const cameras = search.cameras === 0 ? "any" : String(search.cameras);
  return facts([
    ["What they did", [actWords[search.act] ?? search.act]],
    ["Who", [search.person_name, search.line ? `, ${search.line}` : null]],
    ["When", [timeOf(search.at)]],
    ["For whom", [search.purpose.for_whom]],
    ["Category", [categoryWords(search.purpose.category)]],
    ["Reference", [search.purpose.reference]],
    ["Reason", [search.purpose.reason]],
    ["Looked from", [search.from ? timeOf(search.from) : null, search.until ? " until " : null, search.until ? timeOf(search.until) : null]],
    ["Cameras", [cameras, search.in_area ? ", within a place" : null]],
    ["Found", [`${search.rows} on ${search.pages} ${search.pages === 1 ? "page" : "pages"}`]],
    ["Authority", [search.authority, search.by_word_of_mouth ? ", given by word of mouth" : null]],
    ["Record", [`${search.receipt} of the audit log`]],
  ]);
}

function history(one: Review): HTMLElement | null {
  if (one.steps.length === 0) return null;
  return element(
    "section",
    { "aria-label": "What was done" },
    element("h3", {}, "What was done"),
    element(
      "ul",
      {},
      ...one.steps.map((step) =>
        element("li", {}, timeOf(step.at), `: ${reviewStateWords[step.to]}. `, step.words),
      ),
    ),
  );
}

function steps(one: Review, session: Session, take: Take): HTMLElement {
  const does = doer();
  const ask = async (word: string, body?: unknown) => {
    take(await send<Review>("POST", `/v1/reviews/${encodeURIComponent(one.id)}/${word}`, body));
  };
  if (one.owner !== session.person.id) return takeIt(one.owner_name, does, () => ask("take"));
  const outcomes: [ReviewState, string][] = [
    ["in_order", "In order"],
    ["needs_explanation", "It needs an explanation"],
    ["misuse_suspected", "Misuse is suspected: professional standards will see it"],
  ];
  const choices = outcomes.filter(([outcome]) => outcome !== one.state);
  const outcome = element("select", {}, ...options(choices));
  const words = element("textarea", { required: true, maxlength: 1000, rows: 3 });
  const body = () => ({ outcome: outcome.value, words: words.value.trim() });
  return element(
    "section",
    { class: "decision", "aria-label": "What you found" },
    field("Outcome", outcome),
    field("In words", words, "They are recorded, and others read them."),
    does.trouble,
    element("button", { class: "main", click: () => does.run(() => ask("decide", body())) }, "Record what you found"),
  );
}

export function reviewDetail(one: Review, session: Session, take: Take): HTMLElement {
  const isOver = one.state === "in_order" || one.state === "misuse_suspected";
  return element(
    "article",
    { class: "card" },
    element(
      "header",
      {},
      element("h2", {}, plateAsked(one.search.plate)),
      element("p", { class: "state" }, reviewStateWords[one.state]),
    ),
    isOver
      ? null
      : element("p", { class: one.overdue ? "warning" : "line" }, one.overdue ? "Overdue: was due " : "Due ", timeOf(one.due), "."),
    element("p", {}, whyReviewed(one)),
    one.search.flags.length
      ? element("ul", { "aria-label": "Flags" }, ...one.search.flags.map(({ words }) => element("li", { class: "conflict" }, words)))
      : null,
    weighed(one.search),
    history(one),
    isOver ? null : steps(one, session, take),
  );
}
