// Who was seen with a vehicle, again and again.
import type { Convoy, ConvoyCompanion } from "./api";
import { element, table } from "./dom";
import { timeOf } from "./words";

function row(companion: ConvoyCompanion): HTMLElement {
  const meetings = companion.meetings.map((one) =>
    element("li", {}, `${one.camera}: `, timeOf(one.observed), ", the vehicle you asked about ", timeOf(one.given)),
  );
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, companion.plate),
    element("td", { class: "number" }, String(companion.cameras)),
    element("td", { class: "number" }, String(companion.count)),
    element("td", {}, element("ol", {}, ...meetings)),
  );
}

export function convoyWords(found: Convoy): string {
  const count = found.companions.length;
  const noun = count === 1 ? "vehicle was" : "vehicles were";
  const more = found.left_out ? ` ${found.left_out} with fewer meetings were left out: ask about less time.` : "";
  return `${count} ${noun} with it, on ${found.passings} passings.${more} Recorded as ${found.receipt} in the audit log.`;
}

export function convoyTable(found: Convoy): HTMLElement {
  const heads = ["Plate", "Cameras", "Times", "Where and when"];
  return table("Vehicles seen with it, those at the most cameras first", heads, found.companions.map(row));
}
