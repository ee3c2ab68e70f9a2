// Times, plates and doubts in words.
import type { Alert, Authority, Read, Review } from "./api";
import { element } from "./dom";

const moment = new Intl.DateTimeFormat("en-GB", {
  dateStyle: "medium",
  timeStyle: "medium",
  timeZone: "Europe/London",
});

// A word of the office's, as it is written for people.
export const plain = (word: string) => word.replaceAll("_", " ");

// The day that comes in so many days, as a date field takes it.
export function dayIn(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

// Local time for people; the exact UTC time stands in the element.
export function timeOf(utc: string): HTMLElement {
  return element("time", { datetime: utc, title: utc }, moment.format(new Date(utc)));
}

export function ageOf(utc: string, now = Date.now()): string {
  const minutes = Math.max(0, Math.round((now - Date.parse(utc)) / 60_000));
  if (minutes < 1) return "just now";
  if (minutes < 120) return `${minutes} min ago`;
  const hours = Math.round(minutes / 60);
  if (hours < 48) return `${hours} h ago`;
  return `${Math.round(hours / 24)} days ago`;
}

export function sizeText(bytes: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let size = bytes;
  let unit = 0;
  for (; size >= 1_000 && unit < units.length - 1; unit += 1) size /= 1_000;
  return `${unit === 0 || size >= 100 ? Math.round(size) : size.toFixed(1)} ${units[unit]}`;
}

export function timeText(utc: string): string {
  return moment.format(new Date(utc));
}

// Below this a single character is pointed out: one bad character hides in a good average.
const characterDoubt = 0.8;

// A plate as it was read, spoken character by character, with doubtful characters marked.
export function plateOf(read: Read): HTMLElement {
  const scores = read.character_scores;
  const known = scores.length === read.plate.length;
  const doubtful: string[] = [];
  const characters = [...read.plate].map((character, at) => {
    const doubt = known && (scores[at] ?? 1) < characterDoubt;
    if (doubt) doubtful.push(character);
    return doubt
      ? element("u", { title: `only ${percent(scores[at] ?? 0)} sure` }, character)
      : element("span", {}, character);
  });
  const spoken = [...read.plate].join(" ");
  const label = doubtful.length ? `${spoken}; unsure of ${doubtful.join(", ")}` : spoken;
  return element("span", { class: "plate", role: "img", "aria-label": label }, ...characters);
}

// Never 0 % of what may be, nor 100 % of what may not.
export function percent(score: number): string {
  if (score > 0 && score < 0.01) return "under 1 %";
  if (score > 0.99 && score < 1) return "over 99 %";
  return `${Math.round(score * 100)} %`;
}

export const gradeWords: Record<Alert["hit"]["grade"], string> = {
  exact: "exact",
  look_alike: "look-alike",
  near: "near",
};

export const stateWords: Record<Alert["state"], string> = {
  new: "New",
  confirmed: "Confirmed on the picture",
  rejected: "Rejected",
  retracted: "Retracted by the camera",
  assigned: "Assigned",
  acted: "Acted on",
  closed: "Closed",
};

export const outcomes: [string, string][] = [
  ["stopped", "Vehicle stopped"],
  ["not_found", "Vehicle not found"],
  ["wrong_vehicle", "Wrong vehicle or misread"],
  ["already_resolved", "Already resolved"],
  ["observed", "Observed only"],
  ["no_action", "No action"],
];

export const categories: [string, string][] = [
  ["priority_and_volume", "Priority and volume crime"],
  ["serious", "Serious crime"],
  ["major", "Major crime"],
  ["counter_terrorism", "Counter-terrorism"],
];

export function categoryWords(category: string): string {
  return categories.find(([code]) => code === category)?.[1] ?? category;
}

// A pattern that names no character fits every plate.
export function fitsEverybody(pattern: string): boolean {
  return !/[a-z0-9?]/i.test(pattern);
}

// What somebody asks for, or may look for: short, for a list.
export function plateWords(pattern: string): string {
  return fitsEverybody(pattern) ? "everybody who passed" : pattern.toUpperCase();
}

// The same as it is shown, and as it is said: character by character.
export function plateAsked(pattern: string): HTMLElement {
  if (fitsEverybody(pattern)) return element("span", { class: "everybody" }, "Everybody who passed");
  const said: Record<string, string> = { "*": "any characters", "?": "any one character" };
  const label = [...pattern.toUpperCase()].map((one) => said[one] ?? one).join(" ");
  return element("span", { class: "plate", role: "img", "aria-label": label }, pattern.toUpperCase());
}

export function usesWords(one: Authority): string {
  return `${one.uses_max - one.uses} of ${one.uses_max} ${one.uses_max === 1 ? "use" : "uses"} left`;
}

export function authorityStateWords(one: Authority): string {
  switch (one.state) {
    case "asked":
      return "Waits for a senior officer";
    case "granted":
      return `${one.oral && !one.confirmed_at ? "Given by word of mouth" : "Granted"}: ${usesWords(one)}`;
    case "refused":
      return "Refused";
    case "withdrawn":
      return "Withdrawn";
    case "used_up":
      return "Used up";
    case "run_out":
      return "Run out";
  }
}

// Rounded up, but for the hour that passes while one asks: how broad something is, is not made less.
export function spanWords(milliseconds: number): string {
  const hours = milliseconds / 3_600_000;
  if (hours <= 1) return "up to an hour";
  return hours <= 49 ? `${Math.ceil(hours)} hours` : `${Math.ceil((hours - 1) / 24)} days`;
}

export const reviewStateWords: Record<Review["state"], string> = {
  waiting: "Waits for a reviewer",
  taken: "Being reviewed",
  needs_explanation: "Waits for an explanation",
  in_order: "In order",
  misuse_suspected: "Misuse is suspected",
};

// Why this search, of all, is looked at.
export function whyReviewed(one: Review): string {
  const words = { sampled: "drawn by chance", urgent: "under an urgent authority", flagged: "flagged" };
  const text = one.why.map((why) => words[why]).join(", ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
