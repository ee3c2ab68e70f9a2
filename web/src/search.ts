// A search of what is kept: never without a purpose, always recorded.
import { type Found, Problem, type Purpose, type Read, picture, send } from "./api";
import { announce, element, field, options } from "./dom";
import { percent, plateOf, timeOf } from "./words";

const categories: [string, string][] = [
  ["priority_and_volume", "Priority and volume crime"],
  ["serious", "Serious crime"],
  ["major", "Major crime"],
  ["counter_terrorism", "Counter-terrorism"],
];

// datetime-local has no zone: what people type is the browser's local time.
function utcOf(local: string): string {
  return new Date(local).toISOString();
}

function localOf(time: Date): string {
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

// What somebody who has only this row must know of it.
function doubtsOf(read: Read): HTMLElement[] {
  const words: string[] = [];
  if (read.phase === "provisional") words.push("provisional: a later read may correct it");
  if (read.supersedes) words.push("corrects an earlier read");
  if (read.skewed) words.push("the camera's clock was wrong");
  return words.map((text) => element("small", {}, text));
}

function row(read: Read, purpose: Purpose): HTMLElement {
  const cell = element("td", {});
  for (const { kind } of read.pictures) {
    const button = element("button", { class: "link" }, kind);
    button.addEventListener("click", async () => {
      try {
        const url = URL.createObjectURL(await picture(read, kind, purpose));
        const image = element("img", { src: url, alt: `${kind} picture`, class: "found" });
        image.addEventListener("load", () => URL.revokeObjectURL(url));
        button.replaceWith(image);
      } catch (error) {
        button.replaceWith(element("span", { class: "trouble" }, (error as Error).message));
      }
    });
    cell.append(button, " ");
  }
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, plateOf(read)),
    element("td", {}, timeOf(read.observed)),
    element("td", {}, read.camera),
    element("td", {}, percent(read.score), ...doubtsOf(read)),
    element("td", {}, read.alternatives.map((other) => other.plate).join(", ")),
    cell,
  );
}

interface Question {
  purpose: Purpose;
  plate: string;
  cameras: string[];
  from: string;
  until: string;
  rows: number;
}

export function searchPage(): HTMLElement {
  const plate = element("input", { autocomplete: "off", spellcheck: "false", maxlength: 32 });
  const cameras = element("input", { autocomplete: "off" });
  const now = new Date();
  const from = element("input", { type: "datetime-local", required: true, value: localOf(new Date(now.getTime() - 86_400_000)) });
  const until = element("input", { type: "datetime-local", required: true, value: localOf(new Date(now.getTime() + 60_000)) });
  const category = element("select", { required: true }, ...options([["", "Choose…"], ...categories]));
  const reference = element("input", { required: true, maxlength: 64, autocomplete: "off" });
  const reason = element("textarea", { required: true, maxlength: 1000, rows: 3 });
  const forWhom = element("input", { required: true, maxlength: 128, autocomplete: "off" });
  const trouble = element("div", { role: "alert" });
  const results = element("section", { "aria-label": "What was found", tabindex: -1 });
  const button = element("button", { class: "main" }, "Search");

  function purpose(): Purpose {
    return {
      category: category.value,
      reason: reason.value.trim(),
      reference: reference.value.trim(),
      for_whom: forWhom.value.trim(),
    };
  }

  function refusal(problem: Problem): HTMLElement {
    const reasons = problem.reasons.length ? problem.reasons : [problem.message];
    return element(
      "div",
      { class: "card refused" },
      element("h2", {}, problem.status === 403 ? "Refused" : "That did not work"),
      element("ul", {}, ...reasons.map((text) => element("li", {}, text))),
      problem.receipt !== null ? element("p", {}, `The refusal is record ${problem.receipt} of the audit log.`) : null,
    );
  }

  // Taken once: a next page is of the same question, whatever stands in the form by then.
  function question(): Question {
    return {
      purpose: purpose(),
      plate: plate.value.trim(),
      cameras: cameras.value.split(/[\s,]+/).filter(Boolean),
      from: utcOf(from.value),
      until: utcOf(until.value),
      rows: 100,
    };
  }

  async function search(asked: Question, after: string, body: HTMLElement): Promise<void> {
    const found = await send<Found>("POST", "/v1/searches", { ...asked, after });
    body.append(...found.sightings.map((read) => row(read, asked.purpose)));
    results.querySelector(".more")?.remove();
    if (found.next) {
      const more = element("button", { class: "more" }, "Show more");
      more.addEventListener("click", () => {
        more.disabled = true;
        trouble.replaceChildren();
        void search(asked, found.next, body).catch((error: unknown) => {
          more.disabled = false;
          showTrouble(error);
        });
      });
      results.append(more);
    }
    const count = body.childElementCount;
    const noun = count === 1 ? "sighting" : "sightings";
    const text = `${count}${found.next ? " or more" : ""} ${noun}. Recorded as ${found.receipt} in the audit log.`;
    results.querySelector(".count")?.replaceChildren(text);
    announce(text);
  }

  function showTrouble(error: unknown): void {
    trouble.replaceChildren(refusal(error as Problem));
  }

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    trouble.replaceChildren();
    const body = element("tbody", {});
    const heads = ["Plate", "Seen", "Camera", "Sure", "Or else", "Pictures"];
    results.replaceChildren(
      element("p", { class: "count" }),
      element(
        "div",
        { class: "wide" },
        element(
          "table",
          {},
          element("thead", {}, element("tr", {}, ...heads.map((text) => element("th", { scope: "col" }, text)))),
          body,
        ),
      ),
    );
    button.disabled = true;
    try {
      await search(question(), "", body);
      results.focus();
    } catch (error) {
      results.replaceChildren();
      showTrouble(error);
    } finally {
      button.disabled = false;
    }
  };

  return element(
    "div",
    { class: "search" },
    element(
      "form",
      { class: "card", submit },
      element("h1", {}, "Search"),
      element(
        "fieldset",
        {},
        element("legend", {}, "What"),
        field("Plate", plate, "* for any characters, ? for one: AB1?*"),
        field("Cameras", cameras, "Ids; none means all that you may see"),
        field("From", from),
        field("Until", until),
      ),
      element(
        "fieldset",
        {},
        element("legend", {}, "Why"),
        field("Category", category),
        field("Reference", reference, "Crime, incident or operation number"),
        field("Reason", reason, "In your own words"),
        field("For whom", forWhom, "Who asked for this search"),
      ),
      button,
    ),
    trouble,
    results,
  );
}
