// What waits for somebody in the estate, the most urgent first, and who is told of it.
import { Problem, get } from "./api";
import { element } from "./dom";

interface DueThing {
  kind: "site" | "deployment" | "camera";
  id: string;
  name: string;
  awaits: "review" | "impact" | "notice" | "end" | "clock_test" | "accuracy_test" | "taking_down" | "reassessment";
  urgency: "lapsed" | "escalated" | "overdue" | "soon";
  due: string;
  lapses: string | null;
  told: string[];
}

interface Due {
  yours: number;
  due: DueThing[];
}

const awaitsWords: Record<DueThing["awaits"], string> = {
  review: "its review",
  impact: "its impact assessment",
  notice: "its signs and public information",
  end: "its end",
  clock_test: "a test of its clock",
  accuracy_test: "a test of how well it reads",
  taking_down: "its taking down",
  reassessment: "its review",
};

function words(one: DueThing): string {
  const what = awaitsWords[one.awaits];
  if (one.urgency === "soon") return `${what} is due ${one.due}`;
  if (one.urgency === "lapsed") return `${what} was due ${one.due}: its cameras collect no more${one.awaits === "reassessment" ? ", and a review can only send it back, to be assessed and decided anew, or stop it" : ""}`;
  const told = one.urgency === "escalated" ? "; the controller was told" : "";
  const lapses = one.lapses ? `; after ${one.lapses} its cameras collect no more` : "";
  return `${what} was due ${one.due}${told}${lapses}`;
}

function row(one: DueThing, choose: (site: string) => void): HTMLElement {
  const name = one.name ? `${one.name} (${one.id})` : one.id;
  const link =
    one.kind === "site" ? element("button", { class: "link", click: () => choose(one.id) }, name) : element("strong", {}, name);
  return element("li", { class: one.urgency === "soon" ? "" : "overdue" }, link, `: ${words(one)}.`);
}

// `choose` opens a site; `load` reads it again, after something was done.
export function whatIsDue(choose: (site: string) => void, signedOut: () => void): { shown: HTMLElement; load: () => Promise<void> } {
  const summary = element("summary", {}, "What is due…");
  const list = element("ul", {});
  const holder = element("details", { class: "due" }, summary, list);
  const load = async () => {
    try {
      const { yours, due } = await get<Due>("/v1/estate/due");
      const count = due.length === 1 ? "One thing is due" : `${due.length} things are due`;
      summary.textContent = due.length ? `${count}, ${yours} of them yours to see to` : "Nothing is due";
      list.replaceChildren(...due.map((one) => row(one, choose)));
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return signedOut();
      summary.textContent = `What is due could not be read: ${(error as Error).message}`;
    }
  };
  return { shown: holder, load };
}
