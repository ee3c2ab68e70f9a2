// The dry run: which cameras would stop by a day if nobody did anything, so that nobody is surprised.
import { Problem, get } from "./api";
import { announce, element, field } from "./dom";
import { dayIn } from "./words";

const daysAhead = 90;

interface Stopping {
  camera: string;
  why: string;
}

function shown(cameras: Stopping[], day: string): HTMLElement {
  if (!cameras.length) return element("p", { class: "none" }, `No camera would stop by ${day}.`);
  const reasons = new Map<string, string[]>();
  for (const { camera, why } of cameras) reasons.set(why, [...(reasons.get(why) ?? []), camera]);
  return element(
    "div",
    {},
    element("p", { class: "overdue" }, `${cameras.length} cameras would stop by ${day}.`),
    element("dl", {}, ...[...reasons].flatMap(([why, which]) => [element("dt", {}, why), element("dd", {}, which.join(", "))])),
  );
}

export function wouldStop(signedOut: () => void): HTMLElement {
  const day = element("input", { type: "date", value: dayIn(daysAhead), required: true });
  const answer = element("div", { role: "status" });
  const form = element("form", {}, field("If nobody does anything, by the end of", day), element("button", {}, "Which cameras stop?"), answer);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const { cameras } = await get<{ cameras: Stopping[] }>(`/v1/estate/would-stop?on=${day.value}`);
      answer.replaceChildren(shown(cameras, day.value));
      announce(`${cameras.length} cameras would stop by ${day.value}.`);
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return signedOut();
      answer.replaceChildren(element("p", { role: "alert" }, (error as Error).message));
    }
  });
  return element("details", { class: "would-stop" }, element("summary", {}, "What would stop"), form);
}
