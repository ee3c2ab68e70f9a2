// Writes down one cost of a year. What it adds up to, the register answers.
import { send } from "./api";
import { foldedAct } from "./act_form";
import { announce, element, field, options } from "./dom";

export function addCost(): HTMLElement {
  const year = element("input", { type: "number", min: 1900, max: new Date().getFullYear(), value: String(new Date().getFullYear()), required: true });
  const kind = element("select", {}, ...options(["purchase", "installation", "running", "removal", "other"].map((one) => [one, one] as [string, string])));
  const pounds = element("input", { type: "number", min: 0, step: 1 });
  const about = element("input", { type: "checkbox" });
  const another = element("input", { type: "checkbox" });
  return foldedAct({
    title: "Write down a cost",
    says: "Of all cameras, by year and kind. It stays as it is written.",
    button: "Write it down",
    fields: [
      element("div", { class: "pair" }, field("Year", year), field("Kind of cost", kind)),
      field("Pounds", pounds, "Empty: not recorded"),
      element("label", {}, about, " The pounds are about right"),
      element("label", {}, another, " It is another, though the same cost of that year is on record"),
    ],
    take: async () => {
      await send("POST", "/v1/costs", {
        year: Number(year.value),
        kind: kind.value,
        ...(pounds.value ? { pounds: Number(pounds.value), about: about.checked } : {}),
        another: another.checked,
      });
      announce("Written down.");
    },
  });
}
