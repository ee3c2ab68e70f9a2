// Says what pictures show that were drawn by chance, which is how it is known how well cameras read.
import { Problem, type Session, get, send } from "./api";
import { announce, element, field } from "./dom";

// The office draws as people check: asked again after so long when nothing waited.
const lookAgainAfter = 60_000;

type Sees = "plate" | "unreadable" | "no_plate";

export function checkReadsPage(
  _session: Session,
  signedOut: () => void,
): { page: HTMLElement; leave: () => void } {
  const line = element("p", { class: "line", role: "status" }, "Loading…");
  const place = element("div", {});
  let checked = 0;
  let timer = 0;

  function failed(error: unknown): void {
    if (!(error instanceof Problem)) throw error;
    if (error.status === 401) return signedOut();
    // Somebody else was faster, or its picture is gone by now.
    if (error.status === 404) return void next();
    line.textContent = [error.message, ...error.reasons].join(" ");
  }

  async function tell(read: string, sees: Sees, text = ""): Promise<void> {
    try {
      await send("POST", `/v1/samples/${read}`, text ? { sees, text } : { sees });
      checked += 1;
      announce("It counts.");
      await next();
    } catch (error) {
      failed(error);
    }
  }

  function draw(read: string): void {
    const plate = element("input", { maxlength: 16, autocomplete: "off", spellcheck: "false", required: true });
    const form = element(
      "form",
      {
        class: "card",
        submit: (event: SubmitEvent) => {
          event.preventDefault();
          void tell(read, "plate", plate.value);
        },
      },
      element("img", { class: "sample", src: `/v1/samples/${read}/picture`, alt: "A plate, as the camera took it" }),
      field("What do you read?", plate, "Letters and digits as you see them. If one could be either, it cannot be read."),
      element(
        "div",
        { class: "buttons" },
        element("button", { class: "main", type: "submit" }, "That is the plate"),
        element("button", { type: "button", click: () => void tell(read, "unreadable") }, "It cannot be read"),
        element("button", { type: "button", click: () => void tell(read, "no_plate") }, "There is no plate"),
      ),
    );
    place.replaceChildren(form);
    plate.focus();
  }

  async function next(): Promise<void> {
    window.clearTimeout(timer);
    try {
      const { read } = await get<{ read: string | null }>("/v1/samples/next");
      const done = checked ? ` You have checked ${checked}.` : "";
      line.textContent = (read ? "One of the reads that were drawn by chance." : "Nothing waits to be checked.") + done;
      if (read) return draw(read);
      place.replaceChildren();
      timer = window.setTimeout(() => void next(), lookAgainAfter);
    } catch (error) {
      failed(error);
    }
  }

  void next();
  return {
    page: element(
      "section",
      { class: "check-reads" },
      element("h1", {}, "Check reads"),
      element(
        "p",
        {},
        "You are not told what the camera made of it, nor where or when. " +
          "Only whether the two agree is kept, and no plate.",
      ),
      line,
      place,
    ),
    leave: () => window.clearTimeout(timer),
  };
}
