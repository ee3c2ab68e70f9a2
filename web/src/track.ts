// One vehicle, as it moves: each passing as it happens, until leave is over or somebody ends it.
import { type Read, events } from "./api";
import { announce, element, table } from "./dom";
import { percent, plateOf, timeOf, timeText } from "./words";

interface Hello {
  receipt: number;
  until: string;
}

function row(read: Read): HTMLElement {
  return element(
    "tr",
    {},
    element("td", {}, timeOf(read.observed)),
    element("th", { scope: "row" }, read.camera),
    element("td", {}, plateOf(read)),
    element("td", {}, percent(read.score)),
  );
}

// Draws into `results`. Fails as the office's answer does; else ends with the stream.
export async function track(asked: unknown, results: HTMLElement): Promise<void> {
  const stopping = new AbortController();
  const line = element("p", { class: "line", role: "status" }, "Asking…");
  const body = element("tbody", {});
  const end = element("button", {}, "End it");
  end.addEventListener("click", () => stopping.abort());
  const heads = ["Seen", "Camera", "Plate", "Sure"];
  // Who leaves the page is not told any more, and nothing more is recorded as shown to them.
  const left = () => stopping.abort();
  window.addEventListener("hashchange", left, { once: true });
  let count = 0;
  let why = "its time, the leave or your session is over";
  const passings = () => (count === 1 ? "one passing" : `${count} passings`);
  try {
    for await (const { name, data } of events("/v1/tracks", asked, stopping.signal)) {
      if (name === "hello") {
        const { receipt, until } = data as Hello;
        line.textContent = `Live until ${timeText(until)}. Recorded as ${receipt} in the audit log.`;
        line.className = "line live";
        results.replaceChildren(
          line,
          end,
          table("Where it passed since, the latest first", heads, body),
        );
        results.focus();
      } else if (name === "sighting") {
        const read = data as Read;
        body.prepend(row(read));
        count += 1;
        announce(`Seen by ${read.camera}`);
      } else if (name === "over") {
        why = (data as { why: string }).why;
      }
    }
  } catch (error) {
    if (!stopping.signal.aborted) {
      // Nobody must take it for live any more.
      line.className = "line down";
      line.textContent = `It broke off, after ${passings()}. What passed since is not shown: search again.`;
      throw error;
    }
  } finally {
    window.removeEventListener("hashchange", left);
    end.remove();
  }
  line.className = "line";
  line.textContent = stopping.signal.aborted
    ? `You ended it, after ${passings()}.`
    : `The office ended it, after ${passings()}: ${why}.`;
}
