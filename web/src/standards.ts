// For professional standards: signs of misuse with what they rest on, reviews that were escalated,
// and what searches are held against. None of it is a verdict.
import { type FollowUp, Problem, type Review, type SearchNote, type Session, send, sendCsv } from "./api";
import { doer } from "./doer";
import { announce, element, facts, field, table } from "./dom";
import { grouped } from "./grouped";
import { followUpDetail, followUpKey, missedWords } from "./follow_up_detail";
import { refusal } from "./question";
import { categoryWords, plateAsked, reviewStateWords, timeOf, whyReviewed } from "./words";
import { walk } from "./walk";

type Kind = "plate_again" | "off_hours" | "far_from_usual" | "reference_reused" | "household" | "bulk";

interface Signal {
  kind: Kind;
  person: string;
  person_name: string;
  from: string;
  until: string;
  words: string;
  searches: number;
  evidence: number[];
}

interface Signals {
  signals: Signal[];
  evidence: SearchNote[];
  escalated: Review[];
  follow_ups: FollowUp[];
}

interface LinesReport {
  taken: number;
  rejected_count: number;
  rejected: { line: number; reason: string }[];
}

const kindWords: Record<Kind, string> = {
  plate_again: "The same plate again and again",
  off_hours: "Outside the times on duty",
  far_from_usual: "Far from their own usual",
  reference_reused: "A reference used for other things",
  household: "A vehicle of a colleague's or one's own household",
  bulk: "Very many results",
};

// What weighs against it, so that nobody takes a sign for more than it is.
const kindDoubts: Record<Kind, string> = {
  plate_again: "A long enquiry looks like this too: see whether the references belong together.",
  off_hours: "Overtime and call-outs look like this too; times on duty may be missing.",
  far_from_usual: "A major incident looks like this too.",
  reference_reused: "One operation with many vehicles looks like this too.",
  household: "Colleagues are victims and witnesses as well: see what the case says.",
  bulk: "One broad enquiry looks like this too.",
};

function searchRow(one: SearchNote): HTMLElement {
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, String(one.receipt)),
    element("td", {}, timeOf(one.at)),
    element("td", {}, plateAsked(one.plate)),
    element("td", {}, one.purpose.reference),
    element("td", {}, categoryWords(one.purpose.category)),
    element("td", {}, one.purpose.reason),
    element("td", { class: "number" }, String(one.rows)),
  );
}

const headings = ["Record", "When", "Looked for", "Reference", "Category", "Reason", "Found"];

function evidenceTable(notes: SearchNote[]): HTMLElement {
  return table("What it rests on: the latest searches", headings, notes.map(searchRow));
}

function signalDetail(one: Signal, evidence: SearchNote[]): HTMLElement {
  return element(
    "article",
    { class: "card" },
    element("header", {}, element("h2", {}, kindWords[one.kind]), element("p", { class: "state" }, one.person_name)),
    element("p", {}, one.words),
    element("p", { class: "to-confirm" }, `A question to ask, and no verdict. ${kindDoubts[one.kind]}`),
    facts([
      ["Whose searches", [`${one.person_name} (${one.person})`]],
      ["Between", [timeOf(one.from), " and ", timeOf(one.until)]],
      ["Searches", [String(one.searches)]],
    ]),
    evidenceTable(evidence),
  );
}

function reviewDetailOf(one: Review): HTMLElement {
  return element(
    "article",
    { class: "card" },
    element("header", {}, element("h2", {}, reviewStateWords[one.state]), element("p", { class: "state" }, whyReviewed(one))),
    element("p", { class: one.overdue ? "warning" : "line" }, one.overdue ? "Overdue: was due " : "Due ", timeOf(one.due), "."),
    facts([
      ["Whose search", [one.search.person_name]],
      ["With the reviewer", [one.owner_name ?? "nobody"]],
    ]),
    element("ul", {}, ...one.steps.map((step) => element("li", {}, timeOf(step.at), `: ${reviewStateWords[step.to]}. `, step.words))),
    evidenceTable([one.search]),
  );
}

// Replaces what is there. What it holds is not shown: of vehicles only hashes are kept.
function importCard(path: string, title: string, hint: string): HTMLElement {
  const file = element("input", { type: "file", accept: ".csv,text/csv" });
  const said = element("div", { role: "status" });
  const { trouble, run } = doer();
  const go = async () => {
    const chosen = file.files?.[0];
    if (!chosen) return trouble.replaceChildren(element("p", { class: "trouble" }, "Choose a file first."));
    const report = await sendCsv<LinesReport>(path, await chosen.text());
    said.replaceChildren(
      element("p", {}, `${report.taken} taken, ${report.rejected_count} rejected.`),
      element("ul", {}, ...report.rejected.map(({ line, reason }) => element("li", {}, `Line ${line}: ${reason}`))),
    );
  };
  return element(
    "section",
    { class: "card", "aria-label": title },
    element("h2", {}, title),
    field("CSV file", file, hint),
    trouble,
    said,
    element("button", { click: () => run(go) }, "Replace what is there"),
  );
}

type Row = { id: string; title: string; more: string; draw: () => HTMLElement };

function rowsOf(found: Signals): [heading: string, rows: Row[]][] {
  const signals = found.signals.map((one, at) => ({
    id: `signal-${at}`,
    title: kindWords[one.kind],
    more: `${one.person_name} · ${one.searches} ${one.searches === 1 ? "search" : "searches"}`,
    draw: () => signalDetail(one, found.evidence.filter(({ receipt }) => one.evidence.includes(receipt))),
  }));
  const escalated = found.escalated.map((one) => ({
    id: one.id,
    title: one.overdue ? "A review is overdue" : reviewStateWords[one.state],
    more: `${one.search.person_name} · ${one.search.purpose.reference || "no reference"}`,
    draw: () => reviewDetailOf(one),
  }));
  const missed = found.follow_ups.map((one) => ({
    id: followUpKey(one),
    title: missedWords[one.missed],
    more: `${one.person_name} · ${one.purpose.reference || "no reference"}`,
    draw: () => followUpDetail(one),
  }));
  return [["Signs", signals], ["Escalated reviews", escalated], ["Seen to by nobody in time", missed]];
}

export function standardsPage(_: Session, signedOut: () => void): { page: HTMLElement; leave: () => void } {
  let groups: [string, Row[]][] = [];
  let chosen: string | null = null;
  const reason = element("input", { required: true, minlength: 10, maxlength: 1000 });
  const days = element("input", { type: "number", min: 1, max: 366, value: 30, required: true });
  const line = element("p", { class: "line", role: "status" }, "Say why you look.");
  const trouble = element("div", { role: "alert" });
  const lists = element("div", { class: "lists" });
  const detail = element("section", { class: "detail", "aria-label": "The sign", tabindex: -1 });
  const all = () => groups.flatMap(([, rows]) => rows);

  function open(id: string | null): void {
    chosen = id;
    draw();
    detail.focus();
  }

  function draw(): void {
    lists.replaceChildren(
      ...grouped(groups.map(([heading, rows]) => [heading, "None.", rows]), (one) =>
        element(
          "li",
          {},
          element(
            "button",
            { class: "request", "aria-current": one.id === chosen ? "true" : undefined, click: () => open(one.id) },
            element("span", { class: "said" }, one.title),
            element("span", { class: "state" }, one.more),
          ),
        )),
    );
    const one = all().find(({ id }) => id === chosen);
    detail.replaceChildren(one ? one.draw() : element("p", { class: "none" }, "Choose one. Keys: j and k to move."));
  }

  async function look(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    trouble.replaceChildren();
    line.textContent = "Looking…";
    try {
      const found = await send<Signals>("POST", "/v1/signals", {
        purpose: { reason: reason.value.trim() },
        days: Number(days.value),
      });
      groups = rowsOf(found);
      chosen = null;
      const count = (many: number, one: string) => `${many} ${one}${many === 1 ? "" : "s"}`;
      line.textContent = `${count(found.signals.length, "sign")}, ${count(found.escalated.length, "escalated review")}, ` +
        `${found.follow_ups.length} seen to by nobody in time.`;
      draw();
      announce(line.textContent);
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return signedOut();
      line.textContent = "";
      trouble.replaceChildren(refusal(error as Problem));
    }
  }

  const leave = walk(
    () => all().map(({ id }) => id),
    () => chosen,
    open,
  );

  const page = element(
    "div",
    { class: "two-columns" },
    element(
      "section",
      { class: "side", "aria-label": "Signs of misuse" },
      element("h1", {}, "Professional standards"),
      element(
        "form",
        { submit: (event: SubmitEvent) => void look(event) },
        field("Why you look", reason, "It is recorded"),
        field("Of the last days", days),
        trouble,
        element("button", { class: "main" }, "Look for signs"),
      ),
      line,
      lists,
      importCard("/v1/household", "Vehicles of colleagues and households",
        "Columns plate and person (sign-in name or id). Only hashes are kept: nobody can read the list back."),
      importCard("/v1/duty", "Times on duty", "Columns person (sign-in name or id), from and until."),
    ),
    detail,
  );
  draw();
  return { page, leave };
}
