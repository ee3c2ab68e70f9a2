// What somebody did not do in time: what it is about, who sees to it, and what they did.
import { type FollowUp, type Session, send } from "./api";
import { doer, takeIt } from "./doer";
import { element, facts, field } from "./dom";
import { categoryWords, timeOf } from "./words";

type Take = (changed: FollowUp) => void;

export const missedWords: Record<FollowUp["missed"], string> = {
  hold: "A hold that nobody reviewed",
  authority: "An authority by word of mouth that nobody confirmed",
};

export const followUpKey = (one: FollowUp) => `${one.missed}-${one.id}`;

function about(one: FollowUp): HTMLElement {
  return facts([
    [one.missed === "hold" ? "Hold" : "Authority", [one.id]],
    [one.missed === "hold" ? "Held by" : "Asked by", [one.person_name]],
    ["Said to be given by", [one.giver_name]],
    ["To be done before", [timeOf(one.since)]],
    ["Category", [categoryWords(one.purpose.category)]],
    ["Reference", [one.purpose.reference]],
    ["Reason", [one.purpose.reason]],
    ["Who sees to it", [one.owner_name ?? "nobody"]],
  ]);
}

function history(one: FollowUp): HTMLElement | null {
  if (one.steps.length === 0) return null;
  const line = (step: FollowUp["steps"][number]) => element("li", {}, timeOf(step.at), `: ${step.words || "Taken."}`);
  return element(
    "section",
    { "aria-label": "What was done" },
    element("h3", {}, "What was done"),
    element("ul", {}, ...one.steps.map(line)),
  );
}

function steps(one: FollowUp, session: Session, take: Take): HTMLElement {
  const does = doer();
  const ask = async (word: string, body?: unknown) => {
    take(await send<FollowUp>("POST", `/v1/follow-ups/${one.missed}/${encodeURIComponent(one.id)}/${word}`, body));
  };
  if (one.owner !== session.person.id) return takeIt(one.owner_name, does, () => ask("take"));
  const words = element("textarea", { required: true, maxlength: 1000, rows: 3 });
  return element(
    "section",
    { class: "decision", "aria-label": "What you did" },
    field("What you did", words, "It is recorded, and others read it. This stays until what was missed is done."),
    does.trouble,
    element("button", { class: "main", click: () => does.run(() => ask("note", { words: words.value.trim() })) }, "Record it"),
  );
}

// Without a session it is for reading only.
export function followUpDetail(one: FollowUp, session?: Session, take?: Take): HTMLElement {
  return element(
    "article",
    { class: "card" },
    element("header", {}, element("h2", {}, missedWords[one.missed]), element("p", { class: "state" }, one.person_name)),
    element("p", { class: one.overdue ? "warning" : "line" }, one.overdue ? "Overdue: was due " : "Due ", timeOf(one.due), "."),
    about(one),
    history(one),
    session && take ? steps(one, session, take) : null,
  );
}
