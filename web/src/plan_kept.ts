// The plans that were kept as a record, each to be looked at again as it was made.
import { Problem, get } from "./api";
import { element } from "./dom";
import type { Plan } from "./plan_types";
import { timeOf } from "./words";

interface Kept {
  number: number;
  title: string;
  at: string;
}

export function keptPlans(show: (plan: Plan) => void, signedOut: () => void): HTMLElement {
  const list = element("ul", { "aria-label": "Plans that were kept" });
  const trouble = element("p", { role: "alert" });
  const guarded = async (work: () => Promise<void>) => {
    trouble.textContent = "";
    try {
      await work();
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return signedOut();
      trouble.textContent = (error as Error).message;
    }
  };
  const row = (one: Kept) => {
    const open = () => void guarded(async () => show(await get<Plan>(`/v1/plans/${one.number}`)));
    const name = one.title || `Plan ${one.number}`;
    return element("li", {}, element("button", { type: "button", "aria-label": `Show plan ${one.number}: ${name}`, click: open }, name), " ", timeOf(one.at));
  };
  const folded = element("details", {}, element("summary", {}, "Plans that were kept"), list, trouble);
  folded.addEventListener("toggle", () => {
    if (!folded.open) return;
    void guarded(async () => {
      const { plans } = await get<{ plans: Kept[] }>("/v1/plans");
      list.replaceChildren(...(plans.length ? [...plans].reverse().map(row) : [element("li", { class: "none" }, "None was kept.")]));
    });
  });
  return folded;
}
