// The papers of a site's or a deployment's file: what was written, the files handed in as evidence
// for it, and where whoever may writes the next version.
import type { Session } from "./api";
import { element } from "./dom";
import { type Evidence, type Form, type Lack, type Paper, type SiteFile, takenAsSteps } from "./estate_api";
import { evidenceList } from "./evidence_files";
import { paperForm } from "./paper_form";
import { type SiteFigures, begunWith } from "./site_figures";
import { plain } from "./words";

export type Written = SiteFile["papers"][number];
type Papers = { papers: Written[] };

export interface PaperDesk {
  forms: Form[];
  isOver: boolean; // nothing more is written for it
  printed: (form: Form) => HTMLElement | null; // where what was written can be had on paper
  on: string; // the day as of which it is read, or empty: now
  writes: (form: Form) => boolean;
  place: Promise<SiteFigures> | null;
  file: (paper: Paper) => Promise<Lack[]>;
}

// Whose role an act is; the office decides all the same.
const writerOf: Record<string, string> = {
  change_estate: "anpr_manager", review_estate: "anpr_manager", decide_estate: "controller",
};

export function mayWrite(session: Session, form: Form): boolean {
  return session.person.roles.includes(form.role ?? writerOf[form.act] ?? "");
}

export function latest(file: Papers, form: string): Written | undefined {
  return file.papers.filter((one) => one.form === form).at(-1);
}

function readPaper(form: Form, paper: Paper | undefined): HTMLElement {
  if (!paper) return element("p", { class: "none" }, "Nothing was written.");
  const answers = (part: Form["parts"][number]) =>
    (paper.parts[part.id]?.rows ?? []).flatMap((row) =>
      part.fields.filter((one) => row[one.id]).map((one) => element("p", {}, `${one.title}: ${one.kind === "choice" ? plain(row[one.id] ?? "") : row[one.id]}`)),
    );
  const evidence = (all: Evidence[]) => (all.length ? evidenceList("Evidence", all) : null);
  return element(
    "dl",
    {},
    ...form.parts
      .filter((part) => paper.parts[part.id])
      .flatMap((part) => [
        element("dt", {}, part.title),
        element("dd", {}, ...answers(part), evidence(paper.parts[part.id]?.evidence ?? [])),
      ]),
  );
}

function written(file: Papers, form: Form, desk: PaperDesk): HTMLElement {
  const before = latest(file, form.id);
  const said = before ? `version ${before.version}, ${before.whole ? "" : "a draft, "}by ${before.by_name}` : "not written";
  const summary = element("summary", {}, `${form.title} (${said})`);
  const printed = before ? desk.printed(form) : null;
  if (!desk.writes(form) || desk.on || desk.isOver || takenAsSteps.includes(form.id)) {
    return element("details", {}, summary, printed, readPaper(form, before?.paper));
  }
  const holder = element("details", {}, summary, printed);
  let isBegun = false;
  const begin = async () => {
    if (!holder.open || isBegun) return;
    isBegun = true;
    // What is known of the place is offered with the form, so the form waits for it.
    const known = form.id === "impact" && desk.place ? await desk.place.catch(() => null) : null;
    const begun = known ? begunWith(known, before?.paper) : before?.paper;
    holder.append(paperForm(form, begun, null, desk.file));
  };
  holder.addEventListener("toggle", () => void begin());
  return holder;
}

// Those of the assessment, each to be written anew by whoever may; and of the papers that were
// steps the last one, to be read.
export function papersOf(file: Papers, desk: PaperDesk): HTMLElement[] {
  const isShown = (form: Form) =>
    takenAsSteps.includes(form.id)
      ? latest(file, form.id) !== undefined
      : // What is written of one camera, or of the whole system, is not the site's.
        form.id !== "self_assessment" && !form.id.startsWith("camera_");
  return desk.forms.filter(isShown).map((form) => written(file, form, desk));
}
