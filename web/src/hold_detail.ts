// One hold: what is held, for what and by whom, and what can be done about it.
import { type Found, type Hold, type HoldPart, type Purpose, type Read, type Session, heldPicture, send } from "./api";
import { foldedAct } from "./act_form";
import { doer } from "./doer";
import { announce, element, facts, field, headedRow, table } from "./dom";
import { whyFields } from "./question";
import { sightingHeads, sightingRow } from "./sighting_row";
import { categoryWords, dayIn, plateAsked, timeOf } from "./words";

const pageRows = 100;
const keptOnDays = 90;

export interface HoldActs {
  // What one said last that one looks for.
  purpose: Purpose | undefined;
  // Asks again what is held, under this purpose.
  look: (purpose: Purpose) => Promise<void>;
  done: (words: string) => void;
}

function whereOf(part: HoldPart): string {
  const cameras = part.cameras.length ? part.cameras.join(", ") : "Every camera";
  if (!part.area) return cameras;
  return `${cameras}; within ${part.area.radius_m} m of ${part.area.latitude}, ${part.area.longitude}`;
}

function partsTable(one: Hold): HTMLElement {
  if (one.parts.length === 0) {
    return element("p", { class: "none" }, "It was made before it was kept what is asked to be held.");
  }
  const rows = one.parts.map((part) =>
    headedRow(
      part.plate === null ? "For its case" : plateAsked(part.plate),
      element("span", {}, timeOf(part.from), " until ", timeOf(part.until)),
      whereOf(part),
      part.reads === null ? "Not counted" : String(part.reads),
      element("span", {}, part.by_name, ", ", timeOf(part.at)),
    ),
  );
  return table("What is held", ["Plate", "Seen", "Cameras", "Reads then", "Held by"], rows);
}

// Those that are held, a page after another.
function heldReads(one: Hold, purpose: () => Purpose): { button: HTMLElement; shown: HTMLElement } {
  const shown = element("section", { "aria-label": "Reads that are held", tabindex: -1 });
  const { trouble, run } = doer();
  async function page(asked: Purpose, after: string, body: HTMLTableSectionElement): Promise<void> {
    const path = `/v1/holds/${encodeURIComponent(one.id)}/searches`;
    const found = await send<Found>("POST", path, { purpose: asked, rows: pageRows, after });
    const row = (read: Read) => sightingRow(read, (kind) => heldPicture(one.id, read, kind, asked));
    body.append(...found.sightings.map(row));
    const count = body.childElementCount;
    const words = `${count}${found.next ? " or more" : ""} ${count === 1 ? "read" : "reads"}. Recorded as ${found.receipt} in the audit log.`;
    const more = () => run(() => page(asked, found.next, body));
    shown.replaceChildren(
      trouble,
      element("p", {}, words),
      table("Held", sightingHeads, body),
      ...(found.next ? [element("button", { click: more }, "Show more")] : []),
    );
    announce(words);
  }
  const look = async () => {
    await page(purpose(), "", element("tbody", {}));
    shown.focus();
  };
  shown.append(trouble);
  return { button: element("button", { class: "main", click: () => run(look) }, "See the reads"), shown };
}

function keepOn(one: Hold, purpose: () => Purpose, { done }: HoldActs): HTMLElement {
  const review = element("input", { type: "date", required: true, value: dayIn(keptOnDays) });
  const words = element("textarea", { required: true, maxlength: 1000, rows: 2 });
  return foldedAct({
    title: "Keep it on",
    says: "After a review: it stays until somebody looks again.",
    button: "Keep it on",
    fields: [field("Look again by", review), field("Why it is still needed", words)],
    take: async () => {
      const path = `/v1/holds/${encodeURIComponent(one.id)}/review`;
      const kept = await send<Hold>("POST", path, { purpose: purpose(), review: review.value, words: words.value.trim() });
      done(`${one.id} is held on, until ${kept.review}.`);
    },
  });
}

function release(one: Hold, isOwn: boolean, purpose: () => Purpose, { done }: HoldActs): HTMLElement {
  const words = element("textarea", { required: true, maxlength: 1000, rows: 2 });
  const whose = isOwn ? "" : ` ${one.owner_name} holds it: you release it in their place, on record.`;
  return foldedAct({
    title: "Release it",
    says: `What was copied out for it is erased. Reads past the end of retention are gone then.${whose}`,
    button: "Release it",
    fields: [field("Why it is not needed any more", words)],
    take: async () => {
      const path = `/v1/holds/${encodeURIComponent(one.id)}/release`;
      const { released } = await send<{ released: number }>("POST", path, { purpose: purpose(), words: words.value.trim() });
      done(`${one.id} is released: ${released} ${released === 1 ? "read is" : "reads are"} held for it no longer.`);
    },
  });
}

function steps(one: Hold, session: Session, acts: HoldActs): HTMLElement | null {
  const isOwn = one.owner === session.person.id;
  const searches = session.person.roles.includes("investigator");
  const isSenior = session.person.roles.includes("authoriser") && !isOwn;
  if (one.released_at || (!searches && !isSenior)) return null;
  const why = whyFields();
  // A colleague says for themselves why they look, once.
  const said = acts.purpose?.reference === one.purpose.reference ? acts.purpose : undefined;
  why.fill(isOwn ? one.purpose : (said ?? { ...one.purpose, reason: "", for_whom: "" }));
  const held = heldReads(one, why.value);
  const { trouble, run } = doer();
  const isHidden = one.parts.some((part) => part.plate === null);
  const show = element("button", { click: () => run(() => acts.look(why.value())) }, "Show the plates");
  return element(
    "section",
    { class: "decision", "aria-label": "What you can do" },
    why.fieldset,
    element("div", { class: "buttons" }, searches && held.button, isHidden && show),
    trouble,
    searches && keepOn(one, why.value, acts),
    (isOwn || isSenior) && release(one, isOwn, why.value, acts),
    held.shown,
  );
}

export function holdDetail(one: Hold, session: Session, acts: HoldActs): HTMLElement {
  const { purpose } = one;
  const isOwn = one.owner === session.person.id;
  return element(
    "article",
    { class: "card" },
    element("header", {}, element("h2", {}, one.id)),
    one.overdue && element("p", { class: "warning" }, `Overdue. Somebody was to look again by ${one.review}. It stays all the same.`),
    facts([
      ["Owner", [isOwn ? "you, since " : `${one.owner_name}, since `, timeOf(one.made_at)]],
      ["Reference", [purpose.reference]],
      ["Category", [categoryWords(purpose.category)]],
      ["Reason", [purpose.reason]],
      ["For whom", [purpose.for_whom]],
      ["Reads", [one.reads === null ? "Nobody counted" : String(one.reads)]],
      ["Look again by", [one.released_at ? null : one.review]],
      ["Released", [one.released_at ? timeOf(one.released_at) : null, one.released_by_name ? `, by ${one.released_by_name}` : null]],
      [one.released_at ? "Why released" : "Said at its last review", [one.words]],
    ]),
    partsTable(one),
    steps(one, session, acts),
  );
}
