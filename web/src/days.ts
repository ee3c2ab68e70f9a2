// What is kept of each day, until when, and held by whom; and, for who keeps the office, its backups.
import { type Backup, type KeptDay, Problem, type Session, get, send } from "./api";
import { announce, element, table } from "./dom";
import { ageOf, sizeText, timeOf } from "./words";

// Of those that are gone; the counts of older ones come from the command line.
const goneShown = 31;
const lookAgainAfter = 2_000;

const stateWords: Record<KeptDay["state"], string> = {
  open: "Open",
  sealed: "Sealed",
  dropping: "Being dropped",
  gone: "Gone",
};

function heldBy(day: KeptDay): string {
  if (day.held.length === 0) return "–";
  return day.held.map(({ hold, reads }) => `${hold}: ${reads}`).join(", ");
}

function dayRow(day: KeptDay): HTMLElement {
  const isGone = day.state === "gone";
  const pictures = day.pictures_state === "gone" ? "Gone" : sizeText(day.pictures_bytes);
  return element(
    "tr",
    { class: `is-${day.state}` },
    element("th", { scope: "row" }, day.day),
    element("td", {}, stateWords[day.state]),
    element("td", {}, ...(isGone ? ["–"] : [timeOf(day.kept_until), ...(day.gone_by ? [", gone by ", timeOf(day.gone_by)] : [])])),
    element("td", {}, day.pictures_state === "gone" ? "–" : timeOf(day.pictures_kept_until)),
    element("td", { class: "number" }, day.reads.toLocaleString("en-GB")),
    element("td", { class: "number" }, day.pictures.toLocaleString("en-GB")),
    element("td", { class: "number" }, isGone ? "–" : sizeText(day.rows_bytes)),
    element("td", { class: "number" }, pictures),
    element("td", { class: "number" }, String(day.keys)),
    element("td", {}, heldBy(day)),
  );
}

const headings = [
  "Day", "State", "Kept until", "Pictures until", "Reads", "Pictures", "Size", "Of pictures", "Keys", "Held by",
];

function dayTable(days: KeptDay[]): HTMLElement {
  return table("Days, newest first (UTC)", headings, days.map(dayRow));
}

// What a medium that is away means for whoever may connect it.
const amiss: Partial<Record<Backup["at_place"], string>> = {
  folder_is_away: "What was backed up there is away: connect its medium",
  ring_is_away: "Its key ring is away: connect its medium",
  another_ring: "The key ring at its place is another, and does not open it",
};

function backupWords(one: Backup): string {
  if (one.is_asked_for) return "Being made…";
  const wrong = amiss[one.at_place];
  if (wrong) return wrong;
  if (one.failure) return `Failed: ${one.failure}`;
  if (!one.made_at) return "Never made";
  const made = `Backup ${one.generation}, made ${ageOf(one.made_at)}`;
  return one.backup_is_behind ? `${made}; something was dropped since, so it is made anew soon` : made;
}

function backupCard(backups: Backup[], backUp: () => void): HTMLElement {
  const isBusy = backups.some((one) => one.is_asked_for);
  const rows = backups.map((one) =>
    element("li", { class: one.failure || amiss[one.at_place] ? "failed" : undefined }, element("strong", {}, one.folder), ` ${backupWords(one)}`),
  );
  return element(
    "section",
    { class: "card", "aria-label": "Backups" },
    element("h2", {}, "Backups"),
    rows.length
      ? element("ul", {}, ...rows)
      : element("p", { class: "none" }, "The configuration names no place for backups."),
    rows.length > 0 && element("button", { disabled: isBusy, click: backUp }, "Back up now"),
  );
}

export function daysPage(
  session: Session,
  signedOut: () => void,
): { page: HTMLElement; leave: () => void } {
  const keepsTheOffice = session.person.roles.includes("administrator");
  const line = element("p", { class: "line", role: "status" }, "Loading…");
  const days = element("div", {});
  const backups = element("div", {});
  let timer = 0;

  function failed(error: unknown): void {
    if (!(error instanceof Problem)) throw error;
    if (error.status === 401) return signedOut();
    line.textContent = [error.message, ...error.reasons].join(" ");
  }

  function drawBackups(all: Backup[]): void {
    backups.replaceChildren(backupCard(all, () => void backUp()));
    window.clearTimeout(timer);
    if (all.some((one) => one.is_asked_for)) timer = window.setTimeout(() => void lookAtBackups(true), lookAgainAfter);
  }

  async function lookAtBackups(isWaiting = false): Promise<void> {
    try {
      const { backups: all } = await get<{ backups: Backup[] }>("/v1/backups");
      drawBackups(all);
      if (isWaiting && !all.some((one) => one.is_asked_for)) announce(all.map(backupWords).join(". "));
    } catch (error) {
      failed(error);
    }
  }

  async function backUp(): Promise<void> {
    try {
      drawBackups((await send<{ backups: Backup[] }>("POST", "/v1/backups", {})).backups);
      announce("The backup is being made.");
    } catch (error) {
      failed(error);
    }
  }

  async function look(): Promise<void> {
    try {
      const { days: all } = await get<{ days: KeptDay[] }>(`/v1/days?gone=${goneShown}`);
      const kept = all.filter((day) => day.state !== "gone").length;
      line.textContent = `${kept === 1 ? "1 day is" : `${kept} days are`} kept.`;
      days.replaceChildren(all.length ? dayTable(all) : element("p", { class: "none" }, "Nothing was ever kept."));
    } catch (error) {
      failed(error);
    }
    if (keepsTheOffice) await lookAtBackups();
  }

  void look();
  return {
    page: element("section", { class: "days" }, element("h1", {}, "What is kept"), line, days, backups),
    leave: () => window.clearTimeout(timer),
  };
}
