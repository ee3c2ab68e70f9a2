// What somebody looks for and why: the fields that a search and a request for authority share.
import type { Problem, Purpose } from "./api";
import { element, field, options } from "./dom";
import { categories } from "./words";

export interface Where {
  plate: string;
  cameras: string[];
  from: string; // UTC, like until
  until: string;
}

export interface Question extends Where {
  purpose: Purpose;
}

export interface Fields<Value> {
  fieldset: HTMLFieldSetElement;
  value: () => Value;
  fill: (value: Value) => void;
}

// datetime-local has no zone: what people type is the browser's local time.
export function utcOf(local: string): string {
  return new Date(local).toISOString();
}

const minute = 60_000;

// Whole minutes, as the fields show them. The beginning is rounded up and the end down: what was
// granted to the second is then filled in as a window inside of it.
export function localOf(time: Date, round: (minutes: number) => number = Math.floor): string {
  const whole = new Date(round(time.getTime() / minute) * minute);
  return new Date(whole.getTime() - whole.getTimezoneOffset() * minute).toISOString().slice(0, 16);
}

// A shift from now on, for what is still to come.
export function ahead(): { from: string; until: string } {
  const now = Date.now();
  return { from: new Date(now - minute).toISOString(), until: new Date(now + 480 * minute).toISOString() };
}

export function idsIn(typed: string): string[] {
  return typed.split(/[\s,]+/).filter(Boolean);
}

export function whereFields(...more: HTMLElement[]): Fields<Where> {
  const now = Date.now();
  const plate = element("input", { autocomplete: "off", spellcheck: "false", maxlength: 64 });
  const cameras = element("input", { autocomplete: "off" });
  const time = (at: number) =>
    element("input", { type: "datetime-local", required: true, value: localOf(new Date(at)) });
  const from = time(now - 1_440 * minute);
  const until = time(now + minute);
  // Until now, whenever that is, for who says nothing else: a page may stand open for an hour.
  let isUntilNow = true;
  until.addEventListener("input", () => {
    isUntilNow = false;
  });
  const lookAtTheClock = () => {
    if (isUntilNow) until.value = localOf(new Date(Date.now() + minute));
    return until.value;
  };
  return {
    fieldset: element(
      "fieldset",
      {},
      element("legend", {}, "What"),
      ...more,
      field("Plate", plate, "* for any characters, ? for one: AB1?*"),
      field("Cameras", cameras, "Ids; none means all that you may see"),
      field("From", from),
      field("Until", until),
    ),
    value: () => ({
      plate: plate.value.trim(),
      cameras: idsIn(cameras.value),
      from: utcOf(from.value),
      until: utcOf(lookAtTheClock()),
    }),
    fill: (where) => {
      plate.value = where.plate;
      cameras.value = where.cameras.join(", ");
      from.value = localOf(new Date(where.from), Math.ceil);
      until.value = localOf(new Date(where.until));
      isUntilNow = false;
    },
  };
}

export function whyFields(): Fields<Purpose> {
  const category = element("select", { required: true }, ...options([["", "Choose…"], ...categories]));
  const reference = element("input", { required: true, maxlength: 64, autocomplete: "off" });
  const reason = element("textarea", { required: true, maxlength: 1000, rows: 3 });
  const forWhom = element("input", { required: true, maxlength: 128, autocomplete: "off" });
  return {
    fieldset: element(
      "fieldset",
      {},
      element("legend", {}, "Why"),
      field("Category", category),
      field("Reference", reference, "Crime, incident or operation number"),
      field("Reason", reason, "In your own words"),
      field("For whom", forWhom, "Who asked for this search"),
    ),
    value: () => ({
      category: category.value,
      reason: reason.value.trim(),
      reference: reference.value.trim(),
      for_whom: forWhom.value.trim(),
    }),
    fill: (purpose) => {
      category.value = purpose.category;
      reason.value = purpose.reason;
      reference.value = purpose.reference;
      forWhom.value = purpose.for_whom;
    },
  };
}

// Why not, the record of it, and what can be done.
export function refusal(problem: Problem, ...next: HTMLElement[]): HTMLElement {
  const reasons = problem.reasons.length ? problem.reasons : [problem.message];
  return element(
    "div",
    { class: "card refused" },
    element("h2", {}, problem.status === 403 ? "Refused" : "That did not work"),
    element("ul", {}, ...reasons.map((text) => element("li", {}, text))),
    problem.receipt !== null ? element("p", {}, `The refusal is record ${problem.receipt} of the audit log.`) : null,
    ...next,
  );
}
