// Why cameras should stand somewhere, and until when that holds: the fields of it.
import { element, field, options } from "./dom";
import { dayIn } from "./words";

export interface Grounds {
  need: string;
  category: string;
  review: string;
}

export const strategicCategories: [string, string][] = [
  ["national_security", "National security and counter terrorism"],
  ["serious_organised_major_crime", "Serious, organised and major crime"],
  ["local_crime", "Local crime"],
  ["community_confidence", "Community confidence, crime prevention"],
];

export function categoryOf(code: string): string {
  return strategicCategories.find(([each]) => each === code)?.[1] ?? code;
}

interface GroundsFields {
  fields: HTMLElement[];
  review: HTMLInputElement; // one of them, for whoever offers another day
  value: () => Grounds;
}

export function groundsFields(before: Grounds, reviewTitle: string): GroundsFields {
  const need = element("textarea", { rows: 3, maxlength: 4000, required: true });
  need.value = before.need;
  const category = element("select", {}, ...options(strategicCategories));
  if (before.category) category.value = before.category;
  const review = element("input", { type: "date", min: dayIn(1), value: before.review, required: true });
  return {
    fields: [
      field("The need, in words", need, "No plate and no person"),
      element("div", { class: "pair" }, field("Strategic category", category), field(reviewTitle, review)),
    ],
    review,
    value: () => ({ need: need.value.trim(), category: category.value, review: review.value }),
  };
}
