// Times, plates and doubts in words.
import type { Alert, Read } from "./api";
import { element } from "./dom";

const moment = new Intl.DateTimeFormat("en-GB", {
  dateStyle: "medium",
  timeStyle: "medium",
  timeZone: "Europe/London",
});

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
