// A site is proposed: on the full path, or on a short one that ends by itself.
import { send } from "./api";
import { foldedAct } from "./act_form";
import { announce, element, field, options } from "./dom";
import { groundsFields } from "./grounds";
import { pointFields } from "./place_fields";
import { dayIn } from "./words";

const paths: [string, string][] = [
  ["full", "Full: it is to stay"],
  ["under_twelve_months", "Short: under twelve months"],
  ["emergency", "Emergency: at most 28 days"],
];

// What follows, and how far ahead the day is that is offered.
const follows: Record<string, { words: string; days: number }> = {
  full: { words: "It is assessed, advised on and decided by the controller before anything is built.", days: 365 },
  under_twelve_months: { words: "A second manager approves it. It ends by itself on the day that you name; its impact assessment is due soon after it begins.", days: 180 },
  emergency: { words: "A second manager approves it. It ends by itself on the day that you name.", days: 14 },
};

export function proposeSite(proposed: (id: string) => Promise<void>): HTMLElement {
  const id = element("input", { required: true, maxlength: 64, autocomplete: "off", spellcheck: "false" });
  const name = element("input", { required: true, maxlength: 200, autocomplete: "off" });
  const point = pointFields();
  const path = element("select", {}, ...options(paths));
  const next = element("p", { class: "none", role: "status" });
  const grounds = groundsFields({ need: "", category: "local_crime", review: dayIn(365) }, "Review, or end, on");
  const fit = () => {
    const one = follows[path.value];
    next.textContent = one?.words ?? "";
    if (one) grounds.review.value = dayIn(one.days);
  };
  path.addEventListener("change", fit);
  fit();
  const shown = foldedAct({
    title: "Propose a site",
    says: "Whoever proposes it neither judges it nor decides.",
    button: "Propose it",
    fields: [
      field("Path", path),
      next,
      element("div", { class: "pair" }, field("Name", name), field("Id", id, "Letters, digits, '.', '_' or '-'; it stays")),
      ...point.fields,
      ...grounds.fields,
    ],
    take: async () => {
      await send("POST", "/v1/sites", {
        id: id.value.trim(),
        name: name.value.trim(),
        path: path.value,
        position: point.value(),
        grounds: grounds.value(),
      });
      announce("Proposed.");
      await proposed(id.value.trim());
    },
  });
  // Its fields are as at first only once the event is over.
  shown.addEventListener("reset", () => queueMicrotask(fit));
  return shown;
}
