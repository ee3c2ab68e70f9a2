// The cameras of a site as they stood: whose each is, of what kind, since when, what it sees and who
// attested where it stands.
import { get } from "./api";
import { headedRow, table } from "./dom";
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
}

const orNot = (said: string | null | undefined) => said || "not recorded";

function dates(view: SiteFile["views"][number], held: Particulars | undefined): string {
  const about = held?.installed_how === "approximate" ? "about " : "";
  const since = held ? `since ${about}${orNot(held.installed)}` : `since ${orNot(view.installed?.slice(0, 10))}`;
  return view.stopped ? `${since}, stopped ${view.stopped.slice(0, 10)}` : since;
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
      view.camera,
      view.name,
      held ? plain(held.kind) : "not recorded",
      orNot(held?.owner),
      orNot(held?.controller),
      dates(view, held),
      view.lens || view.direction ? [view.lens, view.direction].filter(Boolean).join("; ") : "not recorded",
      view.attested_on ? `${view.attested_on}: ${view.attested_by}` : "not recorded",
    );
  });
  const heads = ["Camera", "Name", "Kind", "Owner", "Controller", "Stood", "Sees", "Place attested"];
  return table("Cameras that were put up here", heads, rows);
}
