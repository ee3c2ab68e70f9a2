// Asking a senior officer for leave, or recording what one gave by word of mouth.
import { type Authority, type Problem, send } from "./api";
import { element, field, options } from "./dom";
import { type Question, ahead, refusal, whereFields, whyFields } from "./question";

export interface Start {
  question: Question;
  kind: string;
  act?: Authority["act"];
}

export function askForm(start: Start | undefined, done: (asked: Authority) => void): HTMLElement {
  const kind = start?.kind ?? "senior_officer";
  const act = element(
    "select",
    {},
    ...options([
      ["search_sightings", "Search what cameras saw"],
      ["find_convoys", "Find who was seen with a vehicle"],
      ["track_plate", "Follow a vehicle as it moves"],
      ["hold_sightings", "Hold it for a case"],
    ]),
  );
  const where = whereFields(field("Leave to", act));
  act.addEventListener("change", () => {
    if (act.value === "track_plate") where.fill({ ...where.value(), ...ahead() });
  });
  const why = whyFields();
  if (start) {
    where.fill(start.question);
    why.fill(start.question.purpose);
    act.value = start.act ?? "search_sightings";
  }
  const trouble = element("div", { role: "alert" });
  const officer = element("input", { autocomplete: "off", spellcheck: "false" });
  const button = element("button", { class: "main" });
  const oral = element(
    "details",
    { class: "oral" },
    element("summary", {}, "It was given by word of mouth, in an emergency"),
    element(
      "p",
      {},
      "It is then good at once, for one use. The officer must confirm it in writing in time, or it is flagged for review.",
    ),
    field("Officer's id", officer, "They find it on their own page Authority."),
  );
  // Closed means: not so. What stands in it then does not count.
  const givenBy = () => (oral.open ? officer.value.trim() : "");
  const name = () => {
    officer.required = oral.open;
    button.textContent = oral.open ? "Record that it was given by word of mouth" : "Ask";
  };
  oral.addEventListener("toggle", name);
  name();

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    trouble.replaceChildren();
    button.disabled = true;
    try {
      const asking = { kind, act: act.value, ...where.value(), purpose: why.value() };
      const by = givenBy();
      done(await send<Authority>("POST", "/v1/authorities", by ? { ...asking, given_orally_by: by } : asking));
    } catch (error) {
      trouble.replaceChildren(refusal(error as Problem));
    } finally {
      button.disabled = false;
    }
  };
  return element(
    "form",
    { class: "card asking", submit },
    element("h2", {}, "Ask a senior officer"),
    where.fieldset,
    why.fieldset,
    oral,
    button,
    trouble,
  );
}
