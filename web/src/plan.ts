// Where cameras should stand: a plan from files, on a map, and proposals from it.
import { Problem, type Session, send } from "./api";
import { announce, element, field, options } from "./dom";
import { type Paper, sites } from "./estate_api";
import { strategicCategories } from "./grounds";
import { type PlanMap, planMap } from "./plan_map";
import { keptPlans } from "./plan_kept";
import { begunPapers } from "./plan_papers";
import { pointRecord, siteRecord, summary, tables } from "./plan_tables";
import type { Plan, PlanPoint, PlanSite } from "./plan_types";
import { dayIn } from "./words";

const reviewDays = 365;
const needLengthMax = 4_000;

// What became of it, in words. Fails where the site could not be proposed.
async function proposeWith(site: { id: string }, papers: Paper[]): Promise<string> {
  await send("POST", "/v1/sites", site);
  try {
    for (const paper of papers) await send("POST", `/v1/sites/${encodeURIComponent(site.id)}/papers`, { paper });
  } catch {
    return "Proposed; but its assessment could not be begun with what the plan knows: write it on the page Estate.";
  }
  return "Proposed, and its assessment begun with what the plan knows: go on with it on the page Estate.";
}

const idLengthMax = 64;
const idsTriedMax = 100;

// What an id may hold: letters, digits and a few signs.
function siteId(site: PlanSite): string {
  return site.id.replace(/[^A-Za-z0-9._-]/g, "-").slice(0, idLengthMax);
}

// The same road is in every plan of the town, and in other towns: a number makes the id free.
async function freeId(site: PlanSite): Promise<string> {
  const taken = new Set((await sites()).map((one) => one.id));
  const id = siteId(site);
  const numbered = (number: number) => {
    const end = `-${number}`;
    return id.slice(0, idLengthMax - end.length) + end;
  };
  const all = Array.from({ length: idsTriedMax }, (_, at) => (at === 0 ? id : numbered(at + 1)));
  const free = all.find((one) => !taken.has(one));
  if (!free) throw new Error(`A hundred sites are called ${id} already.`);
  return free;
}

async function textOf(input: HTMLInputElement, what: string): Promise<string> {
  const file = input.files?.[0];
  if (!file) throw new Error(`Choose the file of ${what}.`);
  return file.text();
}

export function planPage(
  _session: Session,
  signedOut: () => void,
): { page: HTMLElement; leave: () => void } {
  let map: PlanMap | null = null;
  const inputs = element("input", { type: "file", accept: ".json,application/json", required: true });
  const roads = element("input", { type: "file", accept: ".geojson,.json,.osm,.xml", required: true });
  // The strongest ground is nobody's for a press too many: it is chosen, or there is no proposal.
  const category = element("select", {}, ...options([["", "Choose one before proposing"], ...strategicCategories]));
  const weight = () => element("input", { type: "number", min: 0, max: 1_000_000, step: 1, value: 0, required: true });
  const weights = { infrastructure: weight(), border: weight(), crowded_place: weight() };
  const radius = element("input", { type: "number", min: 10, max: 50_000, step: 1, value: 300, required: true });
  const keep = element("input", { type: "checkbox", checked: true });
  const button = element("button", { type: "submit" }, "Make the plan");
  const problem = element("p", { role: "alert" });
  const shown = element("section", { class: "plan", "aria-label": "The plan" });
  const record = element("section", { class: "card record", "aria-label": "The record of a site", tabindex: -1 });

  function fail(error: unknown, into: HTMLElement): void {
    if (error instanceof Problem && error.status === 401) return signedOut();
    into.textContent =
      error instanceof Problem ? [error.message, ...error.reasons].join(" ") : error instanceof Error ? error.message : String(error);
  }

  function open(place: PlanSite | PlanPoint, known: string[]): void {
    map?.look(place);
    record.replaceChildren(
      element("h2", {}, place.name),
      element("ul", {}, ...known.map((fact) => element("li", {}, fact))),
    );
    record.focus();
  }

  // One click: the site, its place, as its need what the plan knows of it, and its assessment begun.
  function proposal(plan: Plan, site: PlanSite): HTMLElement {
    const said = element("span", { role: "status", tabindex: -1 });
    const propose = element("button", { "aria-label": `Propose ${site.name}` }, "Propose");
    propose.addEventListener("click", () => {
      if (propose.getAttribute("aria-disabled") === "true") return;
      if (!category.value) {
        said.textContent = "Choose the strategic category of proposals first.";
        category.focus();
        return;
      }
      // Not `disabled`: whoever works with keys would lose their place.
      propose.setAttribute("aria-disabled", "true");
      said.textContent = "Proposing…";
      const need = [`From the plan "${plan.title}".`, ...siteRecord(plan, site)].join(" ").slice(0, needLengthMax);
      const review = dayIn(reviewDays);
      // What a plan is for is to stay: the full path, whose assessment begins with what is known.
      const body = { name: site.name, position: site.position, path: "full", grounds: { need, category: category.value, review } };
      const proposed = freeId(site).then((id) => proposeWith({ ...body, id }, begunPapers(plan, site)));
      void proposed.then(
        (done) => {
          said.textContent = done;
        },
        (error: unknown) => {
          propose.removeAttribute("aria-disabled");
          fail(error, said);
        },
      );
    });
    return element("div", {}, propose, said);
  }

  function draw(plan: Plan): void {
    map?.leave();
    const show = {
      site: (site: PlanSite) => open(site, siteRecord(plan, site)),
      point: (point: PlanPoint) => open(point, pointRecord(plan, point)),
    };
    map = planMap(plan, show.site, show.point);
    record.replaceChildren(element("p", {}, "Choose a site, on the map or in a table, to see the record behind it."));
    shown.replaceChildren(
      element("h2", {}, plan.title || "The plan"),
      element("p", { class: "overdue" }, "Not for release: this shows where cameras are and where they are not."),
      summary(plan),
      map.shown,
      record,
      tables(plan, show, (site) => proposal(plan, site)),
    );
    map.draw();
    announce(plan.meets_cover ? "The plan is made and meets the cover." : "The plan is made; not all of the cover can be met.");
  }

  const form = element(
    "form",
    {
      class: "card",
      submit: (event: Event) => {
        event.preventDefault();
        void make();
      },
    },
    element("h1", {}, "Plan"),
    field("What is to be planned", inputs, "A JSON file: corridors, areas, sites and their costs. Live sites of this office are added."),
    field("Roads", roads, "A GeoJSON or OSM XML file."),
    element(
      "fieldset",
      {},
      element("legend", {}, "Watch as areas what was taken in of the surroundings"),
      element("p", {}, "A weight beside those of the file's corridors and areas; 0: shown on the map, and no area."),
      element(
        "div",
        { class: "pair" },
        field("Critical infrastructure", weights.infrastructure),
        field("Borders", weights.border),
        field("Crowded places", weights.crowded_place),
        field("Metres around each", radius),
      ),
    ),
    field("Strategic category of proposals", category),
    field("Keep it as a record", keep, "With what it was made from; proposals refer to it"),
    button,
    problem,
  );

  async function make(): Promise<void> {
    problem.textContent = "";
    // What was made of other inputs must not stand under what is said of these.
    map?.leave();
    map = null;
    shown.replaceChildren();
    button.disabled = true;
    button.textContent = "Planning…";
    try {
      const text = await textOf(inputs, "what is to be planned");
      let read: unknown;
      try {
        read = JSON.parse(text);
      } catch {
        throw new Error("The file of what is to be planned is no JSON.");
      }
      const points = {
        infrastructure: weights.infrastructure.valueAsNumber,
        border: weights.border.valueAsNumber,
        crowded_place: weights.crowded_place.valueAsNumber,
        radius_m: radius.valueAsNumber,
      };
      draw(await send<Plan>("POST", "/v1/plans", { inputs: read, network: await textOf(roads, "the roads"), points, keep: keep.checked }));
    } catch (error) {
      fail(error, problem);
    } finally {
      button.disabled = false;
      button.textContent = "Make the plan";
    }
  }

  return { page: element("div", {}, form, keptPlans(draw, signedOut), shown), leave: () => map?.leave() };
}
