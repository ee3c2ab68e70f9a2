// One alert: the picture, the doubt, the entry, and the next step.
import { type Alert, type Session, alertPicturePath, send } from "./api";
import { doer } from "./doer";
import { element, field, options } from "./dom";
import { ageOf, gradeWords, outcomes, percent, plateOf, stateWords, timeOf } from "./words";

type Take = (alert: Alert) => void;

function pictures(alert: Alert): HTMLElement {
  if (!alert.has_picture) {
    return element("p", { class: "trouble" }, "No picture came with this read: it can only be observed.");
  }
  const words: Record<string, string> = { overview: "Overview of the vehicle", plate: "The plate" };
  return element(
    "div",
    { class: "pictures" },
    ...alert.read.pictures.map(({ kind }) =>
      element(
        "figure",
        {},
        element("img", { src: alertPicturePath(alert, kind), alt: `${words[kind]}, as the camera took it` }),
        element("figcaption", {}, words[kind] ?? kind),
      ),
    ),
  );
}

function facts(rows: [string, Node | string | null][]): HTMLElement {
  const list = element("dl", {});
  for (const [term, value] of rows) {
    if (value === null || value === "") continue;
    list.append(element("dt", {}, term), element("dd", {}, value));
  }
  return list;
}

function doubts(alert: Alert): HTMLElement | null {
  const { read, hit } = alert;
  const lines: HTMLElement[] = hit.conflicts.map((text) =>
    element("li", { class: "conflict" }, `Conflict: ${text}`),
  );
  if (hit.grade !== "exact") {
    lines.push(
      element("li", {}, `The listed plate is ${hit.listed_plate}: ${gradeWords[hit.grade]}, ${percent(hit.probability)} likely.`),
    );
  }
  for (const other of read.alternatives) {
    lines.push(element("li", {}, `It might be ${other.plate} (${percent(other.score)}).`));
  }
  if (!read.country) lines.push(element("li", {}, "Issuing country unknown."));
  if (read.late) lines.push(element("li", {}, "The read came late: not live."));
  if (read.skewed) lines.push(element("li", {}, "The camera's clock is wrong: not live."));
  if (!alert.durable) lines.push(element("li", {}, "Provisional: not yet on the disk."));
  return lines.length ? element("ul", { class: "doubts", "aria-label": "Doubts" }, ...lines) : null;
}

function standWords(stand: NonNullable<Alert["stand"]>): string {
  const since = ageOf(new Date(Date.now() - stand.entry_age_seconds * 1000).toISOString());
  const source = stand.source || "source not recorded";
  return `${stand.entry_state}, confirmed ${since}, version ${stand.list_version} of the list, ${source}`;
}

// One button for each step that goes from here, and a note that travels with it.
function steps(alert: Alert, session: Session, take: Take): HTMLElement {
  const { trouble, run } = doer();
  const go = async (path: string, body: unknown) => {
    take(await send<Alert>("POST", `/v1/alerts/${encodeURIComponent(alert.id)}/${path}`, body));
  };
  const note = element("input", { maxlength: 1000, autocomplete: "off" });
  const outcome = element("select", {}, ...options(outcomes));
  if (!alert.has_picture) outcome.value = "observed";
  const assignee = element("input", { value: session.person.id, autocomplete: "off" });

  const step = (text: string, key: string, path: string, body: () => unknown, kind = "") =>
    element(
      "button",
      { class: kind, "aria-keyshortcuts": key, title: `key ${key}`, disabled: !alert.durable, click: () => run(() => go(path, body())) },
      text,
    );
  const noted = () => ({ note: note.value });
  const confirm = () => step("Confirm on the picture", "c", "confirm", () => ({ ...noted(), read: alert.read.id }), "main");
  const reject = () => step("Reject", "r", "reject", noted);
  const assign = () => step("Assign", "a", "assign", () => ({ to: assignee.value.trim() }));
  const act = () => step("Act", "t", "act", () => ({}), "main");
  const close = () => step("Record the outcome", "o", "outcome", () => ({ code: outcome.value, note: note.value }));

  const parts: (HTMLElement | null)[] = [];
  const noteField = () => field("Note", note);
  const outcomeField = () => field("Outcome", outcome);
  const assignField = () => field("Assign to", assignee, "A person's id; yours stands there already.");
  switch (alert.state) {
    case "new":
      parts.push(noteField(), alert.has_picture ? confirm() : null, reject());
      if (!alert.has_picture) parts.push(outcomeField(), close());
      break;
    case "confirmed":
      parts.push(assignField(), assign(), act(), outcomeField(), noteField(), close());
      break;
    case "assigned":
      parts.push(act(), outcomeField(), noteField(), close());
      break;
    case "acted":
      parts.push(outcomeField(), noteField(), close());
      break;
    default:
      return element("p", { class: "none" }, `${stateWords[alert.state]}. Nothing is left to do.`);
  }
  const filled = parts.filter((part): part is HTMLElement => part !== null);
  return element("div", { class: "steps" }, ...filled, trouble);
}

export function alertDetail(alert: Alert, session: Session, take: Take): HTMLElement {
  const { read, hit } = alert;
  return element(
    "article",
    { class: `card ${hit.priority}` },
    element(
      "header",
      {},
      element("h2", {}, plateOf(read)),
      element("p", { class: "state" }, stateWords[alert.state], alert.live ? "" : " · not live"),
    ),
    hit.warning_markers ? element("p", { class: "warning" }, `Warning: ${hit.warning_markers}`) : null,
    pictures(alert),
    doubts(alert),
    facts([
      ["Match", `${gradeWords[hit.grade]}, ${percent(hit.probability)}`],
      ["List", `${hit.list_name} (${hit.priority})`],
      ["Reason", hit.reason],
      ["What to do", hit.action],
      ["Entry last confirmed", ageOf(hit.entry_confirmed_at)],
      ["Seen", timeOf(read.observed)],
      ["Camera", read.camera],
      ["Read as", `${read.raw}, ${percent(read.score)} sure`],
      ["Make", read.vehicle?.["make"]?.text ?? ""],
      ["Colour", read.vehicle?.["colour"]?.text ?? ""],
      ["Assigned to", alert.assigned_to ?? ""],
      ["Entry when acted on", alert.stand ? standWords(alert.stand) : null],
      ["Outcome", outcomes.find(([code]) => code === alert.outcome)?.[1] ?? alert.outcome],
      ["Note", alert.note],
    ]),
    steps(alert, session, take),
  );
}
