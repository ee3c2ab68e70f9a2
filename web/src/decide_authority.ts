// What can be done about an authority, by whoever may: granted, refused, confirmed, withdrawn by an
// officer; given up, used, asked for anew by who asked.
import { type Authority, type Session, send } from "./api";
import { doer } from "./doer";
import { element, field } from "./dom";
import { handOver } from "./handed";
import { idsIn, localOf, utcOf } from "./question";

type Take = (changed: Authority) => void;

function sender(one: Authority, take: Take) {
  const { trouble, run } = doer();
  const step = (text: string, path: string, body: () => unknown, kind = "") => {
    const go = async () => take(await send<Authority>("POST", `/v1/authorities/${encodeURIComponent(one.id)}/${path}`, body()));
    return element("button", { class: kind, click: () => run(go) }, text);
  };
  return { trouble, step };
}

// Only what differs from what was asked is sent: the fields know minutes, what was asked may not.
function narrower(one: Authority) {
  const { asked } = one;
  const plate = element("input", { value: asked.plate, autocomplete: "off", spellcheck: "false", maxlength: 64 });
  const cameras = element("input", { value: asked.cameras.join(", "), autocomplete: "off" });
  const time = (at: string) => element("input", { type: "datetime-local", value: localOf(new Date(at)) });
  const from = time(asked.from);
  const until = time(asked.until);
  const changed = (input: HTMLInputElement) => input.value !== input.defaultValue && input.value !== "";
  return {
    fields: element(
      "details",
      { class: "narrower" },
      element("summary", {}, "Grant less than was asked"),
      field("Plate", plate, "It must fit what was asked."),
      field("Cameras", cameras, "Ids, of those that were asked"),
      field("From", from),
      field("Until", until),
    ),
    value: () => ({
      ...(plate.value.trim() === asked.plate ? {} : { plate: plate.value.trim() }),
      ...(cameras.value === cameras.defaultValue ? {} : { cameras: idsIn(cameras.value) }),
      ...(changed(from) || changed(until)
        ? {
            from: changed(from) ? utcOf(from.value) : asked.from,
            until: changed(until) ? utcOf(until.value) : asked.until,
          }
        : {}),
    }),
  };
}

function officersSteps(one: Authority, session: Session, take: Take): HTMLElement | null {
  const { trouble, step } = sender(one, take);
  const isOpen = one.state === "asked";
  // Nobody confirms what another said.
  const toConfirm =
    one.oral && !one.confirmed_at && !one.ended_at && one.decided_by === session.person.id;
  // The last use of one for tracking may be going on: it ends with it.
  const goesOn = one.act === "track_plate" && one.state === "used_up" && Date.parse(one.valid_until ?? "") > Date.now();
  const stands = one.state === "granted" || goesOn;
  if (!isOpen && !toConfirm && !stands) return null;
  const reason = element("textarea", { required: true, maxlength: 1000, rows: 3 });
  const hours = element("input", { type: "number", min: 1, value: 24, required: true });
  const uses = element("input", { type: "number", min: 1, value: Math.max(1, one.uses), required: true });
  const less = narrower(one);
  const because = () => ({ reason: reason.value.trim() });
  const limits = () => ({ ...because(), hours: Number(hours.value), uses: Number(uses.value), ...less.value() });
  const grants = isOpen || toConfirm;
  return element(
    "section",
    { class: "decision", "aria-label": "Your decision" },
    field("Your reasons", reason, "At least 10 characters. They are recorded, and who asked reads them."),
    grants
      ? element(
          "div",
          { class: "pair" },
          field("Good for how many hours", hours),
          field("Good for how many uses", uses, "A use is one page of what is found."),
        )
      : null,
    grants ? less.fields : null,
    toConfirm && element("p", {}, "If you did not give it, do not confirm it: it is then flagged for review."),
    element(
      "div",
      { class: "buttons" },
      isOpen && step("Grant", "grant", limits, "main"),
      isOpen && step("Refuse", "refuse", because),
      toConfirm && step("Confirm in writing", "confirm", limits, "main"),
      stands && step("Withdraw", "withdraw", because),
    ),
    trouble,
  );
}

function requestersSteps(one: Authority, take: Take, askAnew: () => void): HTMLElement {
  const { trouble, step } = sender(one, take);
  const isOpen = one.state === "asked" || one.state === "granted";
  const why = element("input", { maxlength: 1000, autocomplete: "off" });
  const search = element("button", { class: "main" }, "Search under it");
  search.addEventListener("click", () => handOver("#/search", one));
  const anew = element("button", {}, "Ask anew, with this to begin with");
  anew.addEventListener("click", askAnew);
  const giveUp = step("Give up", "give-up", () => ({ purpose: one.purpose, why: why.value.trim() }));
  return element(
    "section",
    { class: "decision", "aria-label": "What you can do" },
    one.state === "granted" && ["search_sightings", "find_convoys", "track_plate"].includes(one.act) ? search : null,
    isOpen ? field("Why you give it up", why) : null,
    element("div", { class: "buttons" }, isOpen ? giveUp : anew),
    trouble,
  );
}

export function authoritySteps(
  one: Authority,
  session: Session,
  take: Take,
  askAnew: () => void,
): HTMLElement | null {
  if (one.requester === session.person.id) return requestersSteps(one, take, askAnew);
  return session.person.roles.includes("authoriser") ? officersSteps(one, session, take) : null;
}
