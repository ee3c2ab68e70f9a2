// The public version of a site's impact assessment: what the rules leave, read and struck out by a
// person, and kept as a draft that is not for release.
import { get, send } from "./api";
import { announce, element, field } from "./dom";
import { plain, timeOf } from "./words";

interface Strike {
  form: string;
  part: string;
  field: string;
  row: number;
  passage: string;
  reason: string;
}

interface Answer {
  form: string;
  part: string;
  field: string;
  row: number;
  question: string;
  show: "words" | "about" | "withheld";
  text: string;
  reason: string;
  findings: { what: string; text: string }[];
}

interface Checked {
  newest_paper: number;
  version: number;
  passes: boolean;
  answers: Answer[];
}

interface Version {
  number: number;
  paper_version: number;
  at: string;
  by: string;
  struck: Strike[];
}

const mark = () => element("p", { class: "not-for-release" }, "NOT FOR RELEASE");

// `may`: whether this person may check it; others see what was kept.
export function publicImpact(site: string, may: boolean): HTMLElement {
  const at = `/v1/sites/${encodeURIComponent(site)}/public-impact`;
  let strikes: Strike[] = [];
  const trouble = element("p", { role: "alert" });
  const holder = element("div", {});
  const kept = element("ul", { "aria-label": "Public versions" });

  const said = (error: unknown) => {
    trouble.textContent = (error as Error).message;
  };

  async function drawKept(): Promise<void> {
    const { versions } = await get<{ versions: Version[] }>(at);
    kept.replaceChildren(
      ...versions.map((one) => {
        const link = (kind: "pdf" | "page") =>
          element("a", { href: `${at}/${one.number}/${kind}`, download: true, "aria-label": `Public version ${one.number}: ${kind}` }, kind === "pdf" ? "PDF" : "page");
        return element("li", {}, `Of version ${one.paper_version}, checked by ${one.by} on ${timeOf(one.at)}; ${one.struck.length} strikes. `, link("pdf"), " · ", link("page"));
      }),
    );
    if (!versions.length) kept.replaceChildren(element("li", { class: "none" }, "None was kept."));
  }

  // Strikes a passage, or all of an answer, and looks anew.
  function striking(answer: Answer): HTMLElement {
    const passage = element("input", { type: "text", value: answer.findings[0]?.text ?? "" });
    const reason = element("input", { type: "text", value: answer.findings.length ? "It tells where a camera stands." : "", required: true });
    const form = element(
      "form",
      { class: "pair", "aria-label": `Strike from: ${answer.question}` },
      field("Passage to strike", passage, "Empty: all of the answer"),
      field("Reason, which is shown", reason),
      element("button", {}, "Strike"),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const { form: of, part, field: name, row } = answer;
      const tried = [...strikes, { form: of, part, field: name, row, passage: passage.value, reason: reason.value }];
      void look(tried);
    });
    return form;
  }

  function shown(answer: Answer): HTMLElement {
    const text = answer.show === "withheld" ? "[withheld]" : answer.text;
    return element(
      "li",
      { class: answer.findings.length ? "found" : undefined },
      element("strong", {}, `${answer.question} (${plain(answer.part)})`),
      element("p", {}, text),
      answer.reason ? element("p", { class: "none" }, `Why: ${answer.reason}`) : null,
      ...answer.findings.map((one) => element("p", { class: "refusal" }, `It still holds ${one.what}: “${one.text}”.`)),
      answer.show === "words" ? element("details", {}, element("summary", {}, `Strike from: ${answer.question}`), striking(answer)) : null,
    );
  }

  function draw(checked: Checked): void {
    const keep = element("button", { class: "main", disabled: !checked.passes }, "I have read it: keep this version");
    keep.addEventListener("click", async () => {
      trouble.textContent = "";
      try {
        await send("POST", at, { newest_paper: checked.newest_paper, strikes });
        announce("Kept as a draft, not for release.");
        holder.replaceChildren();
        await drawKept();
      } catch (error) {
        said(error);
      }
    });
    holder.replaceChildren(
      mark(),
      element("p", { role: "status" }, checked.passes ? "Nothing in it is known to tell a place. Read it: what a reader would guess, no rule knows." : "It still tells a place. Strike what is marked."),
      element("ol", { class: "answers", "aria-label": "Answers" }, ...checked.answers.map(shown)),
      keep,
      mark(),
    );
  }

  async function look(tried: Strike[]): Promise<void> {
    trouble.textContent = "";
    try {
      const checked = await send<Checked>("POST", `${at}/check`, { strikes: tried });
      strikes = tried;
      draw(checked);
      announce(checked.passes ? "Nothing in it is known to tell a place." : "It still tells a place.");
    } catch (error) {
      said(error);
    }
  }

  const begin = element("button", {}, "Check a public version");
  begin.addEventListener("click", () => void look([]));
  const section = element("details", { class: "public-impact" }, element("summary", {}, "Public version of the impact assessment"), kept, may ? begin : null, trouble, holder);
  section.addEventListener("toggle", () => {
    if (section.open) drawKept().catch(said);
  });
  return section;
}
