// Takes in what others publish about the places where cameras stand: first it says what is in the
// file and everything that is wrong with it, then somebody takes it in, all of it or nothing.
import { Problem, type Session, get } from "./api";
import { announce, cells, element, field, options, table } from "./dom";
import { dayIn, timeOf } from "./words";

const kinds: [string, string, string][] = [
  ["population", "Population: where people live", "CSV: latitude, longitude, residents"],
  ["traffic", "Traffic: how many vehicles pass", "CSV: latitude, longitude, vehicles_a_day"],
  ["roads", "Roads", "GeoJSON or OpenStreetMap XML"],
  ["settlements", "Settlements: places whose trips in and out are looked at", "CSV: name, latitude, longitude, radius_m"],
  ["crime", "Crime: how much, where", "CSV: area, road, kind, count"],
  ["points", "Points: infrastructure, borders, crowded places", "CSV: name, kind (infrastructure, border or crowded_place), latitude, longitude"],
];
const titleOf = (kind: string) => kinds.find(([id]) => id === kind)?.[1].split(":")[0] ?? kind;

interface DataSet {
  number: number;
  kind: string;
  source: string;
  day: string;
  at: string;
  by_name?: string;
  rows: number;
}

interface Checked {
  columns: string[];
  first: string[][];
  rows: number;
  mistakes: { line: number; what: string }[];
  mistakes_more: number;
}

async function post<T>(path: string, file: File): Promise<T> {
  const reply = await fetch(path, {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/octet-stream", "X-Regmark": "1" },
    body: file,
  });
  const body = await reply.json();
  if (!reply.ok) throw new Problem(reply.status, body.code ?? "", body.detail ?? `the office answered ${reply.status}`, body.reasons ?? []);
  return body;
}

function mistakesShown(found: Checked): HTMLElement {
  const total = found.mistakes.length + found.mistakes_more;
  const said = ({ line, what }: { line: number; what: string }) => (line ? `Line ${line}: ${what}` : `The file: ${what}`);
  return element(
    "section",
    { class: "refusal", "aria-label": "What is wrong" },
    element("p", {}, element("strong", {}, total === 1 ? "There is 1 mistake. Nothing can be taken in." : `There are ${total} mistakes. Nothing can be taken in.`)),
    element("ul", {}, ...found.mistakes.map((one) => element("li", {}, said(one)))),
    found.mistakes_more > 0 && element("p", {}, `And ${found.mistakes_more} more.`),
  );
}

function checkedShown(found: Checked): HTMLElement {
  const rows = found.rows.toLocaleString("en-GB");
  return element(
    "div",
    {},
    found.mistakes.length ? mistakesShown(found) : element("p", {}, element("strong", {}, `No mistake was found in ${rows} rows.`)),
    found.first.length ? table(`The first ${found.first.length} of ${rows} rows`, found.columns, found.first.map((row) => element("tr", {}, ...cells(...row)))) : null,
  );
}

// `took`: there is something new.
function taking(took: () => Promise<void>, signedOut: () => void): HTMLElement {
  const kind = element("select", {}, ...options(kinds.map(([id, title]) => [id, title])));
  const file = element("input", { type: "file", required: true });
  const source = element("input", { type: "text", maxlength: 400, required: true });
  const day = element("input", { type: "date", max: dayIn(0), required: true });
  const take = element("button", { type: "button", class: "main", hidden: true }, "Take it in");
  const result = element("div", { role: "status", tabindex: -1, "aria-label": "What the check found" });
  const fileField = field("File", file, kinds[0]?.[2] ?? "");
  const form = element(
    "form",
    { class: "card", "aria-label": "Take in data" },
    element("h2", {}, "Take in data"),
    element("p", {}, "Nothing is taken in before you say so. A later file of a kind takes the place of the earlier one, which stays on record."),
    field("What it is", kind),
    fileField,
    field("Source", source, "Whose data, and which: it stands beside every figure made from it"),
    field("Day that it speaks of", day),
    element("div", { class: "buttons" }, element("button", {}, "Check it"), take),
    result,
  );
  const begin = () => {
    take.hidden = true;
    result.replaceChildren();
  };
  kind.addEventListener("change", () => {
    begin();
    const hint = fileField.querySelector("small");
    if (hint) hint.textContent = kinds.find(([id]) => id === kind.value)?.[2] ?? "";
  });
  file.addEventListener("change", begin);
  const ask = async <T>(path: string, done: (answer: T) => void | Promise<void>): Promise<void> => {
    const chosen = file.files?.[0];
    if (!chosen) return;
    try {
      await done(await post<T>(path, chosen));
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return signedOut();
      take.hidden = true;
      const reasons = error instanceof Problem ? error.reasons : [];
      result.replaceChildren(element("p", { role: "alert", class: "refusal" }, [(error as Error).message, ...reasons].join(" ")));
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void ask<Checked>(`/v1/surroundings/${kind.value}/check`, (found) => {
      result.replaceChildren(checkedShown(found));
      take.hidden = found.mistakes.length > 0;
      announce(take.hidden ? "Checked: there are mistakes." : "Checked: no mistake was found.");
      if (take.hidden) result.focus();
      else take.focus();
    });
  });
  take.addEventListener("click", () => {
    if (!form.reportValidity()) return;
    const query = new URLSearchParams({ source: source.value, day: day.value });
    void ask<DataSet>(`/v1/surroundings/${kind.value}?${query}`, async (made) => {
      take.hidden = true;
      result.replaceChildren(element("p", {}, element("strong", {}, `Taken in as number ${made.number}: ${made.rows.toLocaleString("en-GB")} rows.`)));
      result.focus();
      announce("Taken in.");
      await took();
    });
  });
  return form;
}

function versions(all: DataSet[]): HTMLElement {
  if (!all.length) return element("p", { class: "none" }, "Nothing was taken in yet.");
  const latest = new Set(kinds.map(([id]) => all.filter(({ kind }) => kind === id).at(-1)?.number));
  const rows = [...all]
    .reverse()
    .map((one) => [String(one.number), titleOf(one.kind), latest.has(one.number) ? "yes" : "no, a later one is", one.source, one.day, one.rows.toLocaleString("en-GB"), timeOf(one.at), one.by_name ?? ""]);
  return table("What was taken in, the latest first", ["Number", "What", "Used", "Source", "Of the day", "Rows", "Taken in", "By"], rows.map((row) => element("tr", {}, ...cells(...row))));
}

export function surroundingsPage(session: Session, signedOut: () => void): { page: HTMLElement; leave: () => void } {
  const list = element("section", { class: "card", "aria-label": "Versions" });
  async function draw(): Promise<void> {
    try {
      const { data } = await get<{ data: DataSet[] }>("/v1/surroundings");
      list.replaceChildren(element("h2", {}, "Versions"), versions(data));
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return signedOut();
      list.replaceChildren(element("p", { role: "alert" }, (error as Error).message));
    }
  }
  void draw();
  const mayTakeIn = session.person.roles.includes("anpr_manager");
  const head = element(
    "div",
    { class: "card" },
    element("h1", {}, "Surroundings"),
    element("p", {}, "What others publish about the places where cameras stand. Figures for the impact of a site, its assessment and plans are made from it."),
  );
  return { page: element("div", { class: "surroundings" }, head, mayTakeIn && taking(draw, signedOut), list), leave: () => undefined };
}
