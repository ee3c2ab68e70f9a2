// What a plan says, in words and tables, with the record behind each recommendation.
import { cells, element, table } from "./dom";
import { markOf, pointMarks } from "./plan_map";
import type { Plan, PlanAnswer, PlanPoint, PlanSite, Position, Totals } from "./plan_types";

type Cell = string | number | HTMLElement;

function rowsOf(caption: string, heads: string[], rows: Cell[][]): HTMLElement {
  if (!rows.length) return element("p", { class: "none" }, `${caption}: none.`);
  const text = (cell: Cell) => (typeof cell === "number" ? String(cell) : cell);
  return table(caption, heads, rows.map((row) => element("tr", {}, ...cells(...row.map(text)))));
}

export function totalsText(totals: Totals): string {
  return (
    `${totals.cameras} cameras: ${totals.new_cameras} new, ${totals.shared} shared, ` +
    `${totals.existing} that stand; money ${totals.money}, privacy cost ${totals.privacy} points`
  );
}

// What is not proved is called so; how far it may be off stands among the reservations.
const provedText = (answer: PlanAnswer) => (answer.proved ? "" : "; not proved");

// What the time did not reach is no "no".
const reached = (answer: boolean | null) => (answer === null ? "not reached" : answer ? "yes" : "no");

function drawsText(plan: Plan, site: PlanSite): string {
  if (plan.stability.wanted === 0) return "–";
  return plan.stability.draws === 0 ? "not reached" : `${site.draws} of ${plan.stability.draws}`;
}

function names(plan: Plan, ids: string[]): string {
  const of = (id: string) => plan.demands.find((demand) => demand.id === id)?.name ?? id;
  return ids.length ? ids.map(of).join(", ") : "–";
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

export function summary(plan: Plan): HTMLElement {
  const islands = plan.network.islands.slice(1).reduce((sum, size) => sum + size, 0);
  return element(
    "section",
    { "aria-label": "In short" },
    element("p", { class: plan.meets_cover ? "said" : "overdue" },
      plan.meets_cover ? "The plan meets the cover that was asked for." : "No plan meets all of the cover that was asked for."),
    plan.kept ? element("p", {}, `Kept as plan ${plan.kept}: proposals made from it refer to it.`) : null,
    element("p", {}, `Recommended: ${totalsText(plan.recommended.totals)}. `,
      plan.recommended.proved ? "Proved: no plan is better in the order of the objectives." : "Not proved to be the best in the time there was."),
    plan.without_caps && element("p", {}, `Without the limits: ${totalsText(plan.without_caps.totals)}${provedText(plan.without_caps)}.`),
    plan.fewest && element("p", {}, `Fewest, as if none stood: ${totalsText(plan.fewest.totals)}${provedText(plan.fewest)}.`),
    ...(plan.reservations ?? []).map((one) => element("p", { class: "overdue" }, one)),
    islands > 0 && element("p", {}, `The roads have islands: ${islands} junctions that no road joins to the rest.`),
    plan.off_network.length > 0 &&
      element("p", {}, `Live sites that no road here lies near, and that the plan leaves out: ${plan.off_network.join(", ")}.`),
    ...plan.cannot_be_met.map((one) =>
      element("p", { class: "overdue" },
        `${names(plan, [one.id])} cannot have ${one.wanted}: ${one.why}: ${one.way.roads.join(", ")}.`)),
  );
}

// Why this site: everything that the plan knows of it.
export function siteRecord(plan: Plan, site: PlanSite): string[] {
  const facts = [
    `Needed for: ${names(plan, site.needed_for)} (weight ${site.weight_lost_without}).`,
    `On the fastest way of: ${names(plan, site.on_fastest_way_of)}.`,
    site.residents_near === null ? "Residents near: not recorded." : `Residents near: ${site.residents_near}.`,
    `Vehicles a day: ${site.vehicles_a_day}${site.vehicles_counted ? "" : " (not counted: the most of any like road)"}.`,
    `Residents who cannot avoid this camera alone: ${site.unavoidable}.`,
    `Privacy cost: ${site.privacy} points. Money: ${site.money}.`,
  ];
  if (plan.stability.draws > 0) {
    const spread = percent(plan.stability.spread);
    facts.push(`Chosen in ${site.draws} of ${plan.stability.draws} draws when the estimates moved by up to ${spread}.`);
  }
  facts.push(`Made from ${plan.made_from} by ${plan.solver}; record ${plan.receipt} of the audit log${plan.kept ? `; kept as plan ${plan.kept}` : ""}.`);
  return facts;
}

const placeText = ({ latitude, longitude }: Position) => `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;

// What is known of infrastructure, a border or a crowded place.
export function pointRecord(plan: Plan, point: PlanPoint): string[] {
  const area = plan.demands.find((demand) => demand.id === point.area);
  const watched = area
    ? `Watched as an area of ${plan.points?.radius_m} metres around it, weight ${area.weight}: ${area.now} cameras on its least watched way now, ${area.planned} as planned.`
    : "Not watched as an area of its own.";
  return [`${pointMarks[point.kind][1]}, at ${placeText(point.position)}.`, watched, `From: ${plan.points?.source}, ${plan.points?.day}.`];
}

// The same as the map shows, for those who do not see it.
function pointTable(plan: Plan, show: (point: PlanPoint) => void): HTMLElement | null {
  const points = plan.points;
  if (!points) return null;
  const showButton = (point: PlanPoint) =>
    element("button", { class: "link", click: () => show(point), "aria-label": `Show ${point.name} on the map` }, point.name);
  return element(
    "div",
    {},
    rowsOf(
      "Infrastructure, borders and crowded places",
      ["Name", "Kind", "Latitude and longitude", "Watched as an area"],
      points.points.map((point) => {
        const area = plan.demands.find((demand) => demand.id === point.area);
        return [showButton(point), pointMarks[point.kind][1], placeText(point.position), area ? `weight ${area.weight}, ${area.planned} of ${area.wanted} planned` : "no"];
      }),
    ),
    points.left_out > 0 && element("p", {}, `${points.left_out} more lie on the map and are not shown.`),
    points.off_network.length > 0 &&
      element("p", { class: "overdue" }, `No road here leads to, so that they are not watched: ${points.off_network.join(", ")}.`),
    element("p", { class: "none" }, `From: ${points.source}, ${points.day}.`),
  );
}

export interface Shows {
  site: (site: PlanSite) => void;
  point: (point: PlanPoint) => void;
}

export function tables(plan: Plan, show: Shows, propose: (site: PlanSite) => HTMLElement): HTMLElement {
  const showButton = (site: PlanSite) =>
    element("button", { class: "link", click: () => show.site(site), "aria-label": `Show ${site.name} on the map` }, site.name);
  const recommended = plan.sites.filter((site) => markOf(site) === "build" || markOf(site) === "share");
  const standing = plan.sites.filter((site) => site.kind === "existing");
  return element(
    "div",
    {},
    rowsOf(
      "Recommended",
      ["Site", "How", "Needed for", "Money", "Privacy", "Chosen", "Proposal"],
      recommended.map((site) => [
        showButton(site), site.kind === "partner" ? "share" : "build", names(plan, site.needed_for), site.money,
        site.privacy, drawsText(plan, site), propose(site),
      ]),
    ),
    rowsOf(
      "What is watched",
      ["Corridor or area", "Weight", "Wanted", "Now", "On the fastest way now", "Planned"],
      plan.demands.map((one) => [
        one.name, one.weight, one.wanted, one.now < one.wanted ? `${one.now} (gap)` : one.now, one.on_fastest_now, one.planned,
      ]),
    ),
    rowsOf(
      "Cameras that stand",
      ["Camera", "Lost if it alone goes", "Backup lost", "Spare"],
      standing.map((site) => [
        showButton(site), names(plan, site.needed_for), names(plan, site.backup_for), reached(site.spare),
      ]),
    ),
    pointTable(plan, show.point),
    rowsOf(
      "Trips that cannot avoid a camera",
      ["Place", "Residents", "Now", "Planned"],
      plan.places.map((place) => [
        place.name || place.id, place.residents, percent(place.unavoidable_now.share), percent(place.unavoidable_planned.share),
      ]),
    ),
    plan.trade_off.wanted !== 0 && !plan.trade_off.points.length && element("p", { class: "none" }, "Money against privacy: not reached."),
    plan.trade_off.points.length > 0 && rowsOf(
      plan.trade_off.complete ? "Money against privacy: all plans worth having" : "Money against privacy: some of the plans worth having",
      ["Money", "Privacy", "New", "Shared", "Proved"],
      plan.trade_off.points.map((point) => [point.money, point.privacy, point.new_cameras, point.shared, point.proved ? "yes" : "no"]),
    ),
  );
}
