// The cameras of a site as they stood: whose each is, of what kind, since when, what it sees and who
// attested where it stands.
import { get } from "./api";
import { element, headedRow, table } from "./dom";
import type { SiteFile } from "./estate_api";
import { plain } from "./words";

interface Particulars {
  camera: string;
  kind: string;
  owner: string;
  controller: string;
  installed: string | null;
  installed_how: "exact" | "approximate" | "not_recorded";
  is_removed: boolean;
  removed: string | null;
  ground: string;
  ground_from: string | null;
  published: string | null;
}

const orNot = (said: string | null | undefined) => said || "not recorded";

function dates(view: SiteFile["views"][number], held: Particulars | undefined): string {
  const about = held?.installed_how === "approximate" ? "about " : "";
  const since = held ? `since ${about}${orNot(held.installed)}` : `since ${orNot(view.installed?.slice(0, 10))}`;
  return view.stopped ? `${since}, stopped ${view.stopped.slice(0, 10)}` : since;
}

const ground = (held: Particulars) => plain(held.ground) + (held.ground_from ? `, since ${held.ground_from}` : "");

// Of what the estate decided itself it knows; of what was inherited, what was written down.
function publication(file: SiteFile, cameras: Particulars[]): HTMLElement | null {
  const published = cameras.map((one) => one.published).filter(Boolean).sort()[0];
  if (published) return element("p", {}, `Its impact assessment was published on ${published}.`);
  if (file.steps[0]?.step !== "inherited") return null;
  return element("p", {}, "Whether its impact assessment was published: not recorded.");
}

// `on`: as it was known at the end of that day; empty: now.
export async function siteCameras(file: SiteFile, on: string): Promise<HTMLElement | null> {
  if (!file.views.length) return null;
  const site = encodeURIComponent(file.site.id);
  const { cameras } = await get<{ cameras: Particulars[] }>(`/v1/register/cameras?site=${site}${on ? `&known=${on}` : ""}`);
  const rows = file.views.map((view) => {
    // Of two under one name the last is the one that stands here.
    const held = cameras.filter((one) => one.camera === view.camera).at(-1);
    return headedRow(
      view.name === view.camera ? view.camera : `${view.camera} ${view.name}`,
      held ? plain(held.kind) : "not recorded",
      orNot(held?.owner),
      orNot(held?.controller),
      held ? ground(held) : "not recorded",
      dates(view, held),
      view.lens || view.direction ? [view.lens, view.direction].filter(Boolean).join("; ") : "not recorded",
      view.attested_on ? `${view.attested_on}: ${view.attested_by}` : "not recorded",
    );
  });
  const heads = ["Camera", "Kind", "Owner", "Controller", "Ground", "Stood", "Sees", "Place attested"];
  return element("div", {}, table("Cameras that were put up here", heads, rows), publication(file, cameras));
}
