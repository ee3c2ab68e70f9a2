// Holding what a case needs past the end of retention: a new hold, or more for one that is there.
import { type Authority, authorities, send } from "./api";
import { doer } from "./doer";
import { element, field, options } from "./dom";
import { whereFields, whyFields } from "./question";
import { dayIn, plateWords, usesWords } from "./words";

export interface Made {
  id: string;
  held: number;
  review: string;
}

const reviewInDays = 28;

// Those granted for holding; shown when there are any.
function underAuthority(me: string, fill: (one: Authority) => void): { shown: HTMLElement; value: () => string } {
  const authority = element("select", {}, ...options([["", "None: what my own role allows"]]));
  const shown = field("Authority", authority, "Older data stands on what a senior officer granted");
  shown.hidden = true;
  const offer = (all: Authority[]) => {
    const granted = all.filter(
      (one) => one.state === "granted" && one.act === "hold_sightings" && one.requester === me,
    );
    const text = (one: Authority) => `${plateWords((one.granted ?? one.asked).plate)}, ${one.purpose.reference}: ${usesWords(one)}`;
    authority.append(...options(granted.map((one) => [one.id, text(one)])));
    shown.hidden = granted.length === 0;
    authority.addEventListener("change", () => {
      const one = granted.find(({ id }) => id === authority.value);
      if (one) fill(one);
    });
  };
  // Without an answer nothing is offered.
  authorities().then(offer, () => undefined);
  return { shown, value: () => authority.value };
}

export function makeHold(me: string, done: (made: Made) => void): HTMLElement {
  const id = element("input", { required: true, maxlength: 64, autocomplete: "off", spellcheck: "false" });
  const review = element("input", { type: "date", required: true, value: dayIn(reviewInDays) });
  const where = whereFields();
  const why = whyFields();
  const under = underAuthority(me, (one) => {
    where.fill(one.granted ?? one.asked);
    why.fill(one.purpose);
  });
  const { trouble, run } = doer();
  const hold = async () => {
    const authority = under.value();
    const question = { purpose: why.value(), ...where.value(), ...(authority ? { authority } : {}) };
    const name = id.value.trim();
    const made = await send<{ held: number; review: string }>("POST", "/v1/holds", {
      ...question, id: name, review: review.value,
    });
    done({ id: name, ...made });
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    run(hold);
  };
  return element(
    "form",
    { class: "card asking", submit },
    element("h2", {}, "Hold something for a case"),
    field("Name of the hold", id, "Such as operation-7; small letters, digits and hyphens. One that is there is added to"),
    field("Look again by", review, "It is never dropped for want of a review, but followed up"),
    under.shown,
    where.fieldset,
    why.fieldset,
    element("button", { class: "main" }, "Hold what this finds"),
    trouble,
  );
}
