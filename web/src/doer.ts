// What a person's steps have in common: one at a time, and the office's own words where one fails.
// Buttons are not disabled meanwhile: they would lose the focus.
import type { Problem } from "./api";
import { element } from "./dom";
import { refusal } from "./question";

export interface Doer {
  trouble: HTMLElement; // to be put where it is seen
  run: (work: () => Promise<void>) => void;
}

export function doer(): Doer {
  const trouble = element("div", { role: "alert" });
  let busy = false;
  const run = async (work: () => Promise<void>) => {
    if (busy) return;
    busy = true;
    trouble.replaceChildren();
    try {
      await work();
    } catch (error) {
      trouble.replaceChildren(refusal(error as Problem));
    } finally {
      busy = false;
    }
  };
  return { trouble, run: (work) => void run(work) };
}

// Of what waits in a queue: whoever is to see to it says so first.
export function takeIt(ownerName: string | null, { trouble, run }: Doer, take: () => Promise<void>): HTMLElement {
  const text = ownerName ? `Take it over from ${ownerName}` : "Take it";
  return element(
    "section",
    { class: "decision", "aria-label": "The next step" },
    trouble,
    element("button", { class: "main", click: () => run(take) }, text),
  );
}
