// The papers of a site that a plan recommends, begun with what the plan knows: the rest is for people.
import type { Paper } from "./estate_api";
import { siteRecord } from "./plan_tables";
import type { Plan, PlanSite } from "./plan_types";

const part = (row: Record<string, string>) => ({ rows: [row], evidence: [] });

// What names the place goes into the description of the location, which the public version
// withholds; numbers go where it rounds them.
function impact(plan: Plan, site: PlanSite): Paper {
  const paper: Paper = { form: "impact", parts: {} };
  const place = `${site.name}${site.road ? `, on ${site.road}` : ""}. ${siteRecord(plan, site).join(" ")}`;
  paper.parts.location = part({ words: place });
  if (site.residents_near !== null) paper.parts.resident_population = part({ people: String(Math.round(site.residents_near)) });
  const passing: Record<string, string> = { unavoidable: `${site.unavoidable} residents cannot avoid it by any other way.` };
  if (site.vehicles_counted) passing.vehicles_a_day = String(Math.round(site.vehicles_a_day));
  paper.parts.transient_population = part(passing);
  return paper;
}

// Whose it is comes first: a partner's camera is not built, and does not stand beside itself.
function sharingWords(site: PlanSite, shared: string[]): string {
  const others = shared.length ? `The plan also shares ${shared.join(", ")}` : "";
  if (site.kind === "partner") {
    return `This is a partner's camera: the plan shares it rather than build one.${others && ` ${others}.`}`;
  }
  return others ? `${others.replace("also ", "")}, and still needs this one.` : "None serves in its place, by the plan.";
}

function fit(plan: Plan, site: PlanSite): Paper {
  const standing = plan.sites.filter((one) => one.kind === "existing");
  const partners = plan.sites.filter((one) => one.kind === "partner" && one.id !== site.id);
  const served = plan.demands.filter((one) => site.needed_for.includes(one.id));
  const watched = served.map((one) => `${one.name}: ${one.now} now, ${one.planned} of ${one.wanted} as planned.`);
  const shared = partners.filter((one) => one.planned).map((one) => one.name);
  const paper: Paper = { form: "fit", parts: {} };
  paper.parts.existing_cameras = part({
    words: [`${standing.length} cameras stand in the area of the plan.`, ...watched].join(" "),
  });
  paper.parts.sharing = part({
    considered: partners.length ? partners.map((one) => one.name).join(", ") : `The plan was given no${site.kind === "partner" ? " other" : ""} partner's cameras.`,
    words: sharingWords(site, shared),
  });
  if (site.vehicles_counted) paper.parts.national_service = part({ reads_a_day: String(Math.round(site.vehicles_a_day)) });
  return paper;
}

export function begunPapers(plan: Plan, site: PlanSite): Paper[] {
  return [impact(plan, site), fit(plan, site)];
}
