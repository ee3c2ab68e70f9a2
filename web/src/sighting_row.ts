// One read that was found, with its doubts, and its pictures on demand.
import type { Read } from "./api";
import { element } from "./dom";
import { percent, plateOf, timeOf } from "./words";

export const sightingHeads = ["Plate", "Seen", "Camera", "Sure", "Or else", "Pictures"];

// What somebody who has only this row must know of it.
function doubtsOf(read: Read): HTMLElement[] {
  const words: string[] = [];
  if (read.phase === "provisional") words.push("provisional: a later read may correct it");
  if (read.supersedes) words.push("corrects an earlier read");
  if (read.skewed) words.push("the camera's clock was wrong");
  return words.map((text) => element("small", {}, text));
}

// `see` gives a picture of a kind, which goes on record.
export function sightingRow(read: Read, see: (kind: string) => Promise<Blob>): HTMLElement {
  const cell = element("td", {});
  for (const { kind } of read.pictures) {
    const button = element("button", { class: "link" }, kind);
    button.addEventListener("click", async () => {
      try {
        const url = URL.createObjectURL(await see(kind));
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
