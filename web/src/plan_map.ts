// The map of a plan. It shows what the tables say, and nothing that they do not; it asks nothing of
// anybody: roads come with the plan, and there is no picture behind them.
import * as leaflet from "leaflet";
import "leaflet/dist/leaflet.css";
import { element } from "./dom";
import type { Plan, PlanPoint, PlanSite, Position } from "./plan_types";

// Shapes differ as well as colours.
const marks = {
  stands: ["●", "A camera that stands"],
  spare: ["○", "A camera that stands and is spare"],
  share: ["■", "Share a partner's camera"],
  build: ["▲", "Build a camera"],
} as const;
type Mark = keyof typeof marks;
export const pointMarks = {
  infrastructure: ["◆", "Critical infrastructure"],
  border: ["✚", "A border"],
  crowded_place: ["★", "A crowded place"],
} as const;

export function markOf(site: PlanSite): Mark | null {
  if (site.kind === "existing") return site.spare ? "spare" : "stands";
  if (!site.planned) return null;
  return site.kind === "partner" ? "share" : "build";
}

function at({ position }: { position: Position }): leaflet.LatLngTuple {
  return [position.latitude, position.longitude];
}

export interface PlanMap {
  shown: HTMLElement;
  // Moves to a site or a point.
  look: (place: { position: Position }) => void;
  // Once it is in the page: before, it has no size.
  draw: () => void;
  leave: () => void;
}

export function planMap(plan: Plan, chosen: (site: PlanSite) => void, chosenPoint: (point: PlanPoint) => void): PlanMap {
  const points = plan.points?.points ?? [];
  const box = element("div", {
    class: "map",
    role: "region",
    "aria-label": "Map: arrow keys move it, plus and minus zoom. The tables say the same.",
  });
  const legend = element(
    "ul",
    { class: "legend", "aria-label": "What the map shows" },
    ...Object.entries(marks).map(([mark, [sign, words]]) =>
      element("li", {}, element("span", { class: `mark is-${mark}`, "aria-hidden": "true" }, sign), words),
    ),
    element("li", {}, element("span", { class: "mark is-gap", "aria-hidden": "true" }, "━"),
      "A way that passes too few cameras today"),
    ...Object.entries(pointMarks)
      .filter(([kind]) => points.some((point) => point.kind === kind))
      .map(([kind, [sign, words]]) =>
        element("li", {}, element("span", { class: `mark is-point is-${kind}`, "aria-hidden": "true" }, sign), words),
      ),
    points.some((point) => point.area !== null) &&
      element("li", {}, element("span", { class: "mark is-point", "aria-hidden": "true" }, "◌"), "The circle around one that is watched as a threat area"),
  );
  let map: leaflet.Map | null = null;

  function drawRoads(on: leaflet.Map): void {
    const gaps = new Set(plan.gaps.flatMap((gap) => gap.way.roads));
    for (const road of plan.map.roads) {
      const main = ["motorway", "trunk", "primary"].includes(road.class);
      leaflet.polyline(road.shape, { className: main ? "road main" : "road", interactive: false }).addTo(on);
      if (!gaps.has(road.id)) continue;
      leaflet.polyline(road.shape, { className: "gap", interactive: false }).addTo(on);
    }
  }

  // A sign that opens a record, by mouse or keyboard.
  function drawSign(on: leaflet.Map, where: leaflet.LatLngTuple, classes: string, sign: string, title: string, open: () => void): void {
    const icon = leaflet.divIcon({ className: `mark ${classes}`, html: element("span", {}, sign), iconSize: [24, 24] });
    const marker = leaflet.marker(where, { icon, title, keyboard: true });
    marker.on("click", open);
    marker.on("keypress", (event) => {
      if ((event as leaflet.LeafletKeyboardEvent).originalEvent.key === "Enter") open();
    });
    marker.addTo(on);
  }

  function drawSites(on: leaflet.Map): void {
    for (const site of plan.sites) {
      const mark = markOf(site);
      if (!mark) {
        leaflet.circleMarker(at(site), { radius: 2, className: "idle", interactive: false }).addTo(on);
        continue;
      }
      const [sign, words] = marks[mark];
      drawSign(on, at(site), `is-${mark}`, sign, `${site.name}: ${words}`, () => chosen(site));
    }
  }

  function drawPoints(on: leaflet.Map): void {
    for (const point of points) {
      if (point.area !== null && plan.points) {
        leaflet.circle(at(point), { radius: plan.points.radius_m, className: "threat", interactive: false }).addTo(on);
      }
      const [sign, words] = pointMarks[point.kind];
      drawSign(on, at(point), `is-point is-${point.kind}`, sign, `${point.name}: ${words}`, () => chosenPoint(point));
    }
  }

  return {
    shown: element("div", {}, box, legend),
    draw: () => {
      map = leaflet.map(box, { attributionControl: false, zoomAnimation: false, zoomSnap: 0.25 });
      map.fitBounds(leaflet.latLngBounds(plan.map.roads.flatMap((road) => road.shape)));
      drawRoads(map);
      drawPoints(map);
      drawSites(map);
    },
    look: (place) => map?.setView(at(place), Math.max(map.getZoom(), 15)),
    leave: () => {
      map?.remove();
      map = null;
    },
  };
}
