// Takes in a register that was kept elsewhere: first it says what is in the file and what nobody
// recorded, field by field; then somebody takes it in, all of it or nothing.
import { announce, element, field, headedRow, table } from "./dom";
import { plain } from "./words";

interface Entered {
  sites: number;
  cameras: number;
  counts: number;
  costs: number;
  reviews: number;
  held_already: number;
  missing: { field: string; cameras: number }[];
}

async function post(path: string, file: File): Promise<Entered> {
  const reply = await fetch(path, {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "text/csv", "X-Regmark": "1" },
    body: file,
  });
  const body = await reply.json();
  if (!reply.ok) throw new Error(body.detail ?? `the office answered ${reply.status}`);
  return body;
}

const consequences: Record<string, string> = {
  kind: "taken as fixed",
  review: "in the register, collects nothing",
  site: "in the register, collects nothing",
  name: "called by its id",
  site_name: "called by its id",
};

function report(found: Entered): HTMLElement {
  const rows = found.missing.map(({ field: name, cameras }) =>
    headedRow(
      plain(name),
      cameras === 0 ? "all recorded" : `not recorded of ${cameras} of ${found.cameras}`,
      cameras === 0 ? "" : (consequences[name] ?? "answers say: not recorded"),
    ),
  );
  return element(
    "div",
    {},
    element(
      "p",
      {},
      `${found.cameras} cameras, ${found.counts} counts of a kind, ${found.costs} costs, ${found.reviews} reviews that were held. `,
      found.sites === 1 ? "1 site goes on collecting until its first review." : `${found.sites} sites go on collecting until their first review.`,
      found.held_already ? ` Of all of these ${found.held_already} say nothing new, and are not taken in again.` : "",
    ),
    table("What is missing, field by field", ["Field", "Recorded", "What follows"], rows),
  );
}

export function registerImport(): HTMLElement {
  const input = element("input", { type: "file", accept: ".csv,text/csv", required: true });
  const take = element("button", { type: "button", class: "main", hidden: true }, "Take it in");
  const result = element("div", { role: "status" });
  const form = element(
    "form",
    { class: "card", "aria-label": "Take in a register" },
    element("h2", {}, "Take in a register that was kept elsewhere"),
    field("Register", input, "CSV with a heading; nothing is taken in before you say so"),
    element("button", {}, "Check it"),
    take,
    result,
  );
  const ask = async (path: string, done: (found: Entered, file: File) => void): Promise<void> => {
    const file = input.files?.[0];
    if (!file) return;
    try {
      done(await post(path, file), file);
    } catch (error) {
      take.hidden = true;
      result.replaceChildren(element("p", { role: "alert", class: "refusal" }, (error as Error).message));
    }
  };
  input.addEventListener("change", () => {
    take.hidden = true;
    result.replaceChildren();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void ask("/v1/register/check", (found) => {
      result.replaceChildren(report(found));
      take.hidden = false;
      announce("Checked.");
    });
  });
  take.addEventListener("click", () => {
    void ask("/v1/register", (found) => {
      take.hidden = true;
      result.replaceChildren(element("p", {}, element("strong", {}, "Taken in.")), report(found));
      announce("Taken in.");
    });
  });
  return form;
}
