// The yearly review on a site's page: open once it is due, and folded away before, when it may be
// held early by choice. Beside it stands what the records hold.
import { element } from "./dom";
import type { ReviewDue, Site } from "./estate_api";
import { reviewRecords } from "./estate_records";

const dueWords: Record<ReviewDue["urgency"], string> = {
  later: "Its yearly review is due", soon: "Its yearly review is due", overdue: "Its yearly review was due",
  escalated: "Its yearly review was due", lapsed: "Its yearly review was due",
};

function early(site: Site, form: HTMLElement): HTMLElement {
  const trouble = element("p", { role: "alert" });
  const folded = element(
    "details",
    {},
    element("summary", {}, "Review early"),
    element("p", {}, "Nobody waits for it yet. A review that is held early counts like any other, and the next one is due on the day that it names."),
    trouble,
    form,
  );
  let isBegun = false;
  folded.addEventListener("toggle", async () => {
    if (!folded.open || isBegun) return;
    isBegun = true;
    try {
      form.before(await reviewRecords(site.id));
    } catch (error) {
      trouble.textContent = (error as Error).message;
    }
  });
  return folded;
}

// `due`: what the office says is due; nothing: it says nothing, and the review stands open.
export async function reviewStep(site: Site, due: ReviewDue | undefined, form: HTMLElement): Promise<HTMLElement> {
  const urgency = due?.urgency ?? "soon";
  const day = due?.review ?? site.grounds.review;
  const collects = due && urgency !== "lapsed" && due.lapses !== due.review ? `; without it the site collects until ${due.lapses}` : "";
  const late = urgency === "lapsed" ? " Its justification lapsed: whatever a review finds, it sends it back, to be assessed and decided anew, or stops it." : "";
  const line = element("p", { class: ["later", "soon"].includes(urgency) ? "none" : "overdue" }, `${dueWords[urgency]} on ${day}${collects}.${late}`);
  if (urgency === "later") return element("div", {}, line, early(site, form));
  return element("div", {}, line, await reviewRecords(site.id), form);
}
