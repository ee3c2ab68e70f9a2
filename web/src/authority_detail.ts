// One authority: how far it reaches, for what and for whom, what was decided, and the next step.
import type { Authority, AuthorityScope, Session } from "./api";
import { authoritySteps } from "./decide_authority";
import { element, facts } from "./dom";
import {
  ageOf,
  authorityStateWords,
  categoryWords,
  fitsEverybody,
  plain,
  plateAsked,
  spanWords,
  timeOf,
  usesWords,
} from "./words";

const actWords: Record<Authority["act"], string> = {
  search_sightings: "Search what cameras saw",
  find_convoys: "Find who was seen with a vehicle",
  track_plate: "Follow a vehicle as it moves",
  hold_sightings: "Hold it for a case",
  export_evidence: "Export it for a court",
};

function howBroad(plate: string): HTMLElement {
  if (fitsEverybody(plate)) {
    return element("li", { class: "conflict" }, "Everybody who passed: it names no plate.");
  }
  const named = plate.replace(/[^a-z0-9]/gi, "").length;
  if (!/[*?]/.test(plate)) return element("li", {}, "One plate: ", plateAsked(plate));
  const count = `${named} ${named === 1 ? "character is" : "characters are"} named`;
  return element("li", {}, "Every plate that fits ", plateAsked(plate), `: ${count}.`);
}

// All that there is to weigh, broadest words first; `asOf`: how far back is counted from here.
function reach(scope: AuthorityScope, label: string, asOf: number, isAhead: boolean): HTMLElement {
  const from = Date.parse(scope.from);
  const cameras = scope.cameras.length
    ? `${scope.cameras.length === 1 ? "One camera" : `${scope.cameras.length} cameras`}: ${scope.cameras.join(", ")}.`
    : "Every camera.";
  return element(
    "section",
    { class: "reach", "aria-label": label },
    element("h3", {}, label),
    element(
      "ul",
      {},
      howBroad(scope.plate),
      element("li", {}, cameras),
      scope.area
        ? element(
            "li",
            {},
            `Within ${scope.area.radius_m} m of ${scope.area.latitude}, ${scope.area.longitude}.`,
          )
        : null,
      element("li", {}, "From ", timeOf(scope.from), " until ", timeOf(scope.until), "."),
      element(
        "li",
        {},
        isAhead
          ? `${spanWords(Date.parse(scope.until) - from)} long, and still to come.`
          : `${spanWords(Date.parse(scope.until) - from)} long; it begins ${spanWords(asOf - from)} ago.`,
      ),
    ),
  );
}

function oralWords(one: Authority, session: Session): HTMLElement | null {
  if (!one.oral || !one.confirm_by) return null;
  const by = one.decided_by_name ?? "An officer";
  if (one.confirmed_at) return element("p", {}, `Given by word of mouth; ${by} confirmed it in writing.`);
  const who = one.decided_by === session.person.id ? "You are" : `${by} is`;
  const words = `${who} said to have given it by word of mouth. It ${one.overdue ? "was" : "is"} to be confirmed in writing by `;
  return element(
    "p",
    { class: one.overdue ? "warning" : "to-confirm" },
    one.overdue ? "Overdue. " : "Not yet confirmed. ",
    words,
    timeOf(one.confirm_by),
    ".",
  );
}

function decidedBy(one: Authority): (Node | string | null)[] {
  if (!one.decided_by || !one.decided_at) return [];
  const rank = plain(one.decided_rank);
  return [`${one.decided_by_name ?? one.decided_by}${rank ? `, ${rank}` : ""}, `, timeOf(one.decided_at)];
}

export function authorityDetail(
  one: Authority,
  session: Session,
  take: (changed: Authority) => void,
  askAnew: () => void,
): HTMLElement {
  const { purpose, granted, asked } = one;
  const isMine = one.requester === session.person.id;
  const now = Date.now();
  const isAhead = one.act === "track_plate";
  const isHearsay = one.oral && !one.confirmed_at;
  const isLess = granted && JSON.stringify(granted) !== JSON.stringify(asked);
  const act = actWords[one.act];
  return element(
    "article",
    { class: "card" },
    element(
      "header",
      {},
      element("h2", {}, plateAsked((granted ?? asked).plate)),
      element("p", { class: "state" }, authorityStateWords(one)),
    ),
    oralWords(one, session),
    reach(granted ?? asked, granted ? "What it covers" : one.state === "asked" ? "What is asked" : "What was asked", now, isAhead),
    isLess && reach(asked, "What was asked, which is more", now, isAhead),
    facts([
      ["Leave to", [act]],
      ["Asked by", [isMine ? "you, " : `${one.requester_name}, `, timeOf(one.asked_at), ` (${ageOf(one.asked_at)})`]],
      ["For whom", [purpose.for_whom]],
      ["Category", [categoryWords(purpose.category)]],
      ["Reference", [purpose.reference]],
      ["Reason", [purpose.reason]],
      [one.state === "refused" ? "Refused by" : isHearsay ? "Said to be given by" : "Given by", decidedBy(one)],
      ["The officer's words", [isHearsay ? "" : one.decision]],
      ["Good until", [one.valid_until && one.state !== "refused" ? timeOf(one.valid_until) : null]],
      ["Uses", [granted ? usesWords(one) : null]],
      ["Withdrawn", [one.ended_at ? timeOf(one.ended_at) : null]],
      ["Why withdrawn", [one.end_reason]],
    ]),
    authoritySteps(one, session, take, askAnew),
  );
}
