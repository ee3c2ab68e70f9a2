// One act as a small form that opens where it stands: what follows from it, what it asks, a button,
// and the office's own words where it refuses.
import { Problem } from "./api";
import { element } from "./dom";

export interface Act {
  title: string; // what the disclosure and the form are called
  says: string; // what follows from it
  button: string;
  fields: HTMLElement[];
  take: () => Promise<void>;
}

export function actForm({ title, says, button, fields, take }: Act): HTMLFormElement {
  const trouble = element("div", { role: "alert" });
  const main = element("button", { class: "main" }, button);
  const form = element("form", { class: "act", "aria-label": title }, element("p", {}, says), ...fields, main, trouble);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    trouble.replaceChildren();
    main.disabled = true;
    try {
      await take();
      form.reset();
    } catch (error) {
      const why = error instanceof Problem && error.reasons.length ? error.reasons : [(error as Error).message];
      trouble.replaceChildren(...why.map((text) => element("p", { class: "trouble" }, text)));
    } finally {
      main.disabled = false;
    }
  });
  return form;
}

// Folded, so that a page with many acts stays readable.
export function foldedAct(act: Act): HTMLDetailsElement {
  const take = async () => {
    await act.take();
    folded.open = false;
  };
  const form = actForm({ ...act, take });
  const folded = element("details", {}, element("summary", {}, act.title), form);
  folded.addEventListener("toggle", () => {
    if (folded.open) form.querySelector<HTMLElement>("input, select, textarea, button")?.focus();
  });
  return folded;
}
