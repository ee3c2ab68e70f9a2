// Files that were handed in as evidence, each to be kept as it was: the office sends it as a file,
// and no browser shows it as a page of ours.
import { element } from "./dom";
import type { Evidence } from "./estate_api";
import { plain } from "./words";

export function evidenceItem(one: Evidence): HTMLElement {
  const file = element("a", { href: `/v1/estate/evidence/${encodeURIComponent(one.sha256)}`, download: one.title }, one.title);
  return element("li", {}, file, ` (${plain(one.kind)})`);
}

export function evidenceList(title: string, all: Evidence[]): HTMLElement {
  return element("ul", { "aria-label": title }, ...all.map(evidenceItem));
}
