// The log, for an auditor: who did what, when, under which rules, and what it decided. Looking is on
// record like any look.
import { type LogEntry, Problem, type Session, logEntries, logSize } from "./api";
import { element, field, headedRow, table } from "./dom";
import { plain, timeOf } from "./words";

const entriesShown = 100;

const headings = ["Record", "When", "What", "Act", "Outcome", "By", "Details"];

function byWhom(entry: LogEntry): string {
  const person = entry.details?.["person"];
  const id = typeof person === "object" && person !== null ? (person as { id?: unknown }).id : person;
  return typeof id === "string" ? `${id} (${plain(entry.role)})` : plain(entry.role);
}

// Which record the entry goes on from, where it names one.
function before(entry: LogEntry, show: (number: number) => void): HTMLElement | null {
  const receipt = entry.details?.["receipt"];
  if (typeof receipt !== "number") return null;
  return element("button", { class: "link", click: () => show(receipt) }, `Of record ${receipt}`);
}

function detailsOf(entry: LogEntry): HTMLElement {
  if (!entry.details) return element("span", {}, "Erased");
  return element(
    "details",
    {},
    element("summary", {}, `Details of ${entry.number}`),
    element("pre", { tabindex: 0 }, JSON.stringify(entry.details, null, 2)),
  );
}

function row(entry: LogEntry, show: (number: number) => void): HTMLElement {
  const when = entry.details ? timeOf(entry.at) : element("span", {}, entry.day);
  return headedRow(
    String(entry.number),
    when,
    plain(entry.operation),
    plain(entry.act),
    plain(entry.outcome),
    byWhom(entry),
    element("div", {}, before(entry, show), detailsOf(entry)),
  );
}

export function logPage(
  _session: Session,
  signedOut: () => void,
): { page: HTMLElement; leave: () => void } {
  const reason = element("input", { required: true, minlength: 10, maxlength: 1000, autocomplete: "off" });
  const from = element("input", { type: "number", min: 0, step: 1 });
  const line = element("p", { class: "line", role: "status" });
  const entries = element("div", {});
  let first = 0;

  function failed(error: unknown): void {
    if (error instanceof Problem && error.status === 401) return signedOut();
    const reasons = error instanceof Problem ? error.reasons : [];
    line.textContent = [(error as Error).message, ...reasons].join(" ");
  }

  function turn(words: string, to: number, isThere: boolean): HTMLElement {
    return element("button", { disabled: !isThere, click: () => void look(to) }, words);
  }

  // Those from `start` on: the newest stands at the top.
  async function look(start: number): Promise<void> {
    try {
      const size = await logSize();
      first = Math.max(0, Math.min(start, size - 1));
      const found = await logEntries(first, entriesShown, reason.value);
      const last = first + found.length - 1;
      line.textContent = `Records ${first} to ${last} of ${size}, newest first.`;
      entries.replaceChildren(
        table("Records of the log (times as on this screen)", headings, found.reverse().map((one) => row(one, (number) => void look(number)))),
        element(
          "p",
          {},
          turn("Older", first - entriesShown, first > 0),
          " ",
          turn("Newer", first + entriesShown, last < size - 1),
        ),
      );
    } catch (error) {
      failed(error);
    }
  }

  async function begin(): Promise<void> {
    try {
      await look(from.value === "" ? (await logSize()) - entriesShown : Number(from.value));
    } catch (error) {
      failed(error);
    }
  }

  const form = element(
    "form",
    {
      class: "card",
      submit: (event: Event) => {
        event.preventDefault();
        void begin();
      },
    },
    field("Why you look", reason, "The log may be read for few purposes only (DPA 2018 s.62(4)). Your reason goes into it."),
    field("From record", from, "Without one: the newest."),
    element("button", { class: "main" }, "Show"),
  );
  return {
    page: element("section", {}, element("h1", {}, "Log"), form, line, entries),
    leave: () => undefined,
  };
}
