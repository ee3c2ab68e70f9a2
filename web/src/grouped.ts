// Lists under headings that say how many are in each, or that there are none.
import { element } from "./dom";

export type Group<One> = [heading: string, none: string, rows: One[]];

export function grouped<One>(groups: Group<One>[], row: (one: One) => HTMLElement): HTMLElement[] {
  return groups.flatMap(([heading, none, rows]) => [
    element("h2", {}, rows.length ? `${heading} (${rows.length})` : heading),
    rows.length
      ? element("ul", { class: "requests", "aria-label": heading }, ...rows.map(row))
      : element("p", { class: "none" }, none),
  ]);
}
