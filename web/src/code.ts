// The force's assessment of itself against the surveillance camera code, and what its cameras did
// against crime. Nothing here is for release.
import { Problem, type Session, get, send } from "./api";
import { announce, element, field, headedRow, options, table } from "./dom";
import { type Form, type Paper, forms } from "./estate_api";
import { paperForm } from "./paper_form";
import { plain, timeOf } from "./words";

interface Filed {
  number: number;
  at: string;
  by: string;
  paper: Paper;
}

interface Effectiveness {
  release: string;
  from: string;
  until: string;
  fewer_than: number;
  lines: { reason: string; endings: Record<string, { least: number; most: number }>; all: number | null }[];
  examples: string[];
  examples_left_out: number;
}

interface Example {
  number: number;
  words: string;
  by: string;
  at: string;
  approved_by: string | null;
}

const mark = (words: string) => element("p", { class: "not-for-release" }, words);

function filedList(form: Form, all: Filed[]): HTMLElement {
  if (!all.length) return element("p", { class: "none" }, "None was filed yet.");
  const one = (filed: Filed) =>
    element(
      "details",
      {},
      element("summary", {}, `Version ${filed.number}, filed on `, timeOf(filed.at), ` by ${filed.by}`),
      element(
        "dl",
        {},
        ...form.parts.flatMap((part) => {
          const row = filed.paper.parts[part.id]?.rows[0] ?? {};
          return [
            element("dt", {}, part.title),
            element("dd", {}, `Met: ${plain(row.met ?? "not answered")}. ${row.words ?? ""}`, row.action ? element("p", {}, `Action: ${row.action}`) : null),
          ];
        }),
      ),
    );
  return element("div", {}, ...[...all].reverse().map(one));
}

function figures(draft: Effectiveness): HTMLElement {
  const words = (value: number) => value.toLocaleString("en-GB");
  const count = (value: { least: number; most: number } | undefined) => {
    if (!value || value.most === 0) return "0";
    if (value.least === value.most) return words(value.most);
    return value.most < draft.fewer_than ? `fewer than ${draft.fewer_than}` : `${words(value.least)} to ${words(value.most)}`;
  };
  const endings = Object.keys(draft.lines[0]?.endings ?? {});
  return element(
    "section",
    { class: "draft", "aria-label": "Effectiveness" },
    mark(draft.release),
    table(
      `Alerts by why the vehicle was listed and how they ended, ${draft.from} to ${draft.until}`,
      ["Why listed", ...endings.map(plain), "All"],
      draft.lines.map((line) =>
        headedRow(
          plain(line.reason),
          ...endings.map((one) => count(line.endings[one])),
          line.all === null ? "not told" : words(line.all),
        ),
      ),
    ),
    draft.lines.length ? null : element("p", { class: "none" }, "No alert ended in this time."),
    element("h3", {}, "Examples that were approved"),
    ...(draft.examples.length ? draft.examples.map((one) => element("blockquote", {}, one)) : [element("p", { class: "none" }, "None.")]),
    draft.examples_left_out ? element("p", {}, `Left out because they tell a place: ${draft.examples_left_out}.`) : null,
    mark(draft.release),
  );
}

const yearsBack = 5;

// The quarters that are over, the latest first, and the years that they make up.
function periods(now: Date): [string, string][] {
  const today = now.toISOString().slice(0, 10);
  const found: [string, string][] = [];
  const ends = ["03-31", "06-30", "09-30", "12-31"];
  const begins = ["01-01", "04-01", "07-01", "10-01"];
  const thisYear = now.getUTCFullYear();
  for (let year = thisYear; year > thisYear - yearsBack; year -= 1) {
    if (`${year}-12-31` < today) found.push([`${year}-01-01 ${year}-12-31`, `The year ${year}`]);
    for (let quarter = 3; quarter >= 0; quarter -= 1) {
      const until = `${year}-${ends[quarter]}`;
      if (until < today) found.push([`${year}-${begins[quarter]} ${until}`, `Quarter ${quarter + 1} of ${year}`]);
    }
  }
  return found;
}

export function codePage(session: Session, signedOut: () => void): { page: HTMLElement; leave: () => void } {
  const has = (role: string) => session.person.roles.includes(role);
  const readsEstate = ["anpr_manager", "overt_lead", "dpo", "controller", "auditor"].some(has);
  const readsRegister = [...["anpr_manager", "overt_lead", "dpo", "controller", "auditor"], "foi_officer"].some(has);
  const trouble = element("p", { role: "alert" });
  const said = (error: unknown) => {
    if (error instanceof Problem && error.status === 401) return signedOut();
    trouble.textContent = (error as Error).message;
  };

  const self = element("section", { class: "card", "aria-label": "Self-assessment" });
  async function drawSelf(): Promise<void> {
    const form = (await forms()).find(({ id }) => id === "self_assessment");
    if (!form) return;
    const { assessments } = await get<{ assessments: Filed[] }>("/v1/self-assessments");
    const begin = element("button", {}, "Begin one from the records");
    begin.addEventListener("click", async () => {
      try {
        const { paper } = await get<{ paper: Paper }>("/v1/self-assessments/begun");
        const filling = paperForm(form, paper, null, async (whole) => {
          await send("POST", "/v1/self-assessments", { paper: whole });
          announce("Filed, for good.");
          await drawSelf();
          return [];
        });
        begin.replaceWith(filling);
        filling.querySelector<HTMLElement>("select")?.focus();
      } catch (error) {
        said(error);
      }
    });
    self.replaceChildren(
      element("h2", {}, "The surveillance camera code"),
      element("p", {}, "Twelve principles, for the whole system. What is not met needs an action. Each that is filed stays as it is."),
      filedList(form, assessments),
      has("controller") ? begin : "",
    );
  }

  const period = element("select", {}, ...options(periods(new Date())));
  const answer = element("div", { role: "status" });
  const examples = element("ul", { "aria-label": "Examples" });
  async function drawExamples(): Promise<void> {
    const all = (await get<{ examples: Example[] }>("/v1/effectiveness/examples")).examples;
    examples.replaceChildren(
      ...all.map((one) => {
        const approve = element("button", { "aria-label": `Approve example ${one.number}` }, "Approve");
        approve.addEventListener("click", async () => {
          try {
            await send("POST", `/v1/effectiveness/examples/${one.number}/approve`, {});
            announce("Approved.");
            await drawExamples();
          } catch (error) {
            said(error);
          }
        });
        const state = one.approved_by ? `approved by ${one.approved_by}` : "waits for somebody else's approval";
        return element("li", {}, element("p", {}, one.words), element("p", { class: "none" }, `Written by ${one.by}; ${state}. `), !one.approved_by && has("anpr_manager") && one.by !== session.person.id ? approve : null);
      }),
    );
  }
  const ask = element("form", {}, field("Time", period, "Calendar quarters that are over, and years of four: of others, the difference would tell small numbers"), element("button", { class: "main" }, "Count"));
  ask.addEventListener("submit", async (event) => {
    event.preventDefault();
    trouble.textContent = "";
    try {
      const [from, until] = period.value.split(" ");
      const query = `?from=${from}&until=${until}`;
      const link = (kind: string, words: string) => element("a", { href: `/v1/effectiveness/${kind}${query}`, download: true, "aria-label": `Effectiveness: ${words}` }, words);
      answer.replaceChildren(figures(await get<Effectiveness>(`/v1/effectiveness${query}`)), element("p", {}, "Printed: ", link("pdf", "PDF"), " · ", link("page", "page")));
    } catch (error) {
      said(error);
    }
  });
  const words = element("textarea", { rows: 3, maxlength: 2000, required: true });
  const write = element("form", {}, field("An example of what the cameras were good for", words, "No place, no vehicle, nobody's name"), element("button", {}, "Write it down"));
  write.addEventListener("submit", async (event) => {
    event.preventDefault();
    trouble.textContent = "";
    try {
      await send("POST", "/v1/effectiveness/examples", { words: words.value });
      words.value = "";
      announce("Written. Somebody else must approve it.");
      await drawExamples();
    } catch (error) {
      said(error);
    }
  });
  const effect = element(
    "section",
    { class: "card", "aria-label": "What the cameras did" },
    element("h2", {}, "What the cameras did against crime"),
    element("p", {}, "Counted from how alerts ended. Small numbers of a quarter are not told apart."),
    ask,
    answer,
    element("h3", {}, "Examples"),
    examples,
    has("anpr_manager") ? write : null,
  );

  if (readsEstate) drawSelf().catch(said);
  if (readsRegister) drawExamples().catch(said);
  return {
    page: element("div", {}, element("h1", {}, "Code of practice"), trouble, readsEstate ? self : null, readsRegister ? effect : null),
    leave: () => undefined,
  };
}
