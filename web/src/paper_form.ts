// A form of the guidance to be filled in. What the form is, the office says: this draws any of them.
import { element, field, options } from "./dom";
import { type Evidence, type Field, type Form, type Lack, type Paper, type Part, type Row, handIn } from "./estate_api";
import { evidenceItem } from "./evidence_files";
import { plain } from "./words";

type Input = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function inputOf(one: Field, value: string): Input {
  if (one.kind === "choice") {
    const select = element("select", {}, ...options([["", "–"], ...one.choices.map((word): [string, string] => [word, plain(word)])]));
    select.value = value;
    return select;
  }
  if (one.kind === "words") {
    const area = element("textarea", { rows: 2, maxlength: 8000 });
    area.value = value;
    return area;
  }
  return element("input", { type: one.kind === "day" ? "date" : "number", min: one.kind === "day" ? undefined : 0, value });
}

// One row of a part: its fields.
function rowOf(part: Part, before: Row) {
  const inputs = part.fields.map((one) => ({ one, input: inputOf(one, before[one.id] ?? "") }));
  return {
    shown: element(
      "div",
      { class: "paper-row" },
      ...inputs.map(({ one, input }) => field(one.title, input, one.optional ? "Where it applies" : "")),
    ),
    value: (): Row =>
      Object.fromEntries(inputs.filter(({ input }) => input.value.trim()).map(({ one, input }) => [one.id, input.value.trim()])),
  };
}

// What the program adds by itself, nobody hands in.
const addedByProgram = "records";

function evidenceOf(part: Part, before: Evidence[]) {
  const all = [...before];
  const kinds = part.evidence.filter((one) => one !== addedByProgram);
  const list = element("ul", { "aria-label": `Evidence: ${part.title}` });
  const trouble = element("p", { role: "alert" });
  const draw = () => list.replaceChildren(...all.map(evidenceItem));
  const kind = element("select", {}, ...options(kinds.map((word): [string, string] => [word, plain(word)])));
  const file = element("input", { type: "file" });
  file.addEventListener("change", async () => {
    const chosen = file.files?.[0];
    if (!chosen) return;
    trouble.textContent = "";
    try {
      all.push({ kind: kind.value, title: chosen.name, sha256: await handIn(chosen) });
      draw();
    } catch (error) {
      trouble.textContent = (error as Error).message;
    }
    file.value = "";
  });
  draw();
  const shown = kinds.length
    ? element("div", { class: "pair" }, list, field("Kind of evidence", kind), field("File", file, "Kept as it is, by its SHA-256"), trouble)
    : null;
  return { shown, value: () => all };
}

function partOf(part: Part, before: { rows: Row[]; evidence: Evidence[] } | undefined) {
  const rows = (before?.rows.length ? before.rows : [{}]).map((row) => rowOf(part, row));
  const holder = element("div", {}, ...rows.map(({ shown }) => shown));
  const evidence = evidenceOf(part, before?.evidence ?? []);
  const more = element("button", { type: "button" }, "Another row");
  more.addEventListener("click", () => {
    const added = rowOf(part, {});
    rows.push(added);
    holder.append(added.shown);
    if (rows.length >= part.rows_max) more.hidden = true;
    added.shown.querySelector<HTMLElement>("input, select, textarea")?.focus();
  });
  const note = { needed: "", optional: "Where it applies.", claimed: "Fill in what you rest it on; leave the rest empty." }[part.presence];
  return {
    id: part.id,
    shown: element(
      "fieldset",
      { id: `part-${part.id}` },
      element("legend", {}, `${part.title} `, element("small", {}, part.paragraph)),
      part.ask || note ? element("p", { class: "none" }, `${part.ask} ${note}`.trim()) : null,
      holder,
      part.rows_max > 1 ? more : null,
      evidence.shown,
    ),
    value: () => {
      const filled = rows.map((row) => row.value()).filter((row) => Object.keys(row).length > 0);
      return filled.length || evidence.value().length ? { rows: filled, evidence: evidence.value() } : null;
    },
  };
}

// `before`: the last version, to begin with. `done` is called with the paper.
export function paperForm(
  form: Form,
  before: Paper | undefined,
  extra: HTMLElement | null,
  send: (paper: Paper) => Promise<Lack[]>,
): HTMLElement {
  const parts = form.parts.map((part) => partOf(part, before?.parts[part.id]));
  const trouble = element("div", { role: "alert" });
  const save = element("button", { class: "main" }, `Save: ${form.title}`);
  const shown = element(
    "form",
    { class: "paper", "aria-label": form.title },
    element("h3", {}, form.title),
    ...parts.map((part) => part.shown),
    extra,
    save,
    trouble,
  );
  shown.addEventListener("submit", async (event) => {
    event.preventDefault();
    trouble.replaceChildren();
    const paper: Paper = { form: form.id, parts: {} };
    for (const part of parts) {
      const value = part.value();
      if (value) paper.parts[part.id] = value;
    }
    try {
      const lacks = await send(paper);
      if (!lacks.length) return;
      trouble.replaceChildren(
        element("p", {}, "Saved. It is not whole yet:"),
        element("ul", {}, ...lacks.map(({ part, why }) => element("li", {}, part ? element("a", { href: `#part-${part}`, click: jump }, `${plain(part)}: ${why}`) : why))),
      );
    } catch (error) {
      trouble.replaceChildren(element("p", { class: "refusal" }, (error as Error).message));
    }
  });
  return shown;
}

// To a part, without another address: that would be another page.
function jump(event: Event): void {
  event.preventDefault();
  const target = document.getElementById((event.target as HTMLAnchorElement).hash.slice(1));
  target?.querySelector<HTMLElement>("input, select, textarea")?.focus();
}
