// What is kept apart: covert deployments, and sites under an authority by statute. For those whom
// the policy names; why they look goes on record with everything they do here.
import { Problem, type Session, send } from "./api";
import { type ApartDesk, type Kind, type Place, actsOf, camerasOf, proposals } from "./apart_acts";
import { actForm } from "./act_form";
import { announce, element, facts, field } from "./dom";
import { categoryOf } from "./grounds";
import { plain, timeOf } from "./words";

interface Camera {
  id: string;
  name: string;
  site: string | null;
  deployment: string | null;
  state: string;
  collects_now: boolean;
  why_not: string;
}

interface Apart {
  sites: Place[];
  deployments: Place[];
  cameras: Camera[];
}

interface PlaceFile {
  steps: { step: string; at: string; by_name: string; words: string }[];
}

function known(kind: Kind, one: Place): HTMLElement {
  const at = one.position ?? one.area;
  return facts([
    ["Why", [one.grounds.need]],
    ["Category", [categoryOf(one.grounds.category)]],
    ["Where", [at ? `${one.area ? `Within ${one.area.radius_m} metres of ` : ""}${at.latitude}, ${at.longitude}` : null]],
    ["From", [one.from ? timeOf(one.from) : null]],
    ["Until", [one.until ? timeOf(one.until) : null]],
    [kind === "sites" ? "Ends on" : "Review on", [one.grounds.review]],
    ["Approved", [one.live_from ? timeOf(one.live_from) : null]],
    ["Stopped", [one.stopped_at ? timeOf(one.stopped_at) : null, one.stop_reason ? `: ${one.stop_reason}` : null]],
  ]);
}

export function apartPage(session: Session, signedOut: () => void): { page: HTMLElement; leave: () => void } {
  let reason = "";
  let all: Apart = { sites: [], deployments: [], cameras: [] };
  let chosen = "";
  const line = element("p", { class: "line", role: "status" });
  const list = element("ul", { class: "requests", "aria-label": "Kept apart" });
  const begun = element("div", {});
  const detail = element("section", { class: "detail", "aria-label": "What is kept apart", tabindex: -1 }, element("p", { class: "none" }, "Nothing is chosen."));

  const ask = async <T>(path: string, body: object = {}): Promise<T> => {
    try {
      return await send<T>("POST", `/v1/covert${path}`, { ...body, purpose: { reason } });
    } catch (error) {
      if (error instanceof Problem && error.status === 401) signedOut();
      throw error;
    }
  };
  const desk: ApartDesk = { session, ask, again };

  function drawList(): void {
    const row = (kind: Kind) => (one: Place) =>
      element(
        "li",
        {},
        element(
          "button",
          { class: "request", "aria-current": one.id === chosen ? "true" : undefined, click: () => void open(kind, one.id) },
          element("span", {}, one.name),
          element("span", { class: "said" }, plain(one.state)),
          element("span", { class: "state" }, kind === "sites" ? "under an authority by statute" : "covert deployment"),
        ),
      );
    list.replaceChildren(...all.sites.map(row("sites")), ...all.deployments.map(row("deployments")));
    const count = all.sites.length + all.deployments.length;
    line.textContent = count ? `Kept apart: ${count}. That you looked is on record.` : "Nothing is kept apart. That you looked is on record.";
  }

  async function open(kind: Kind, id: string): Promise<void> {
    chosen = id;
    drawList();
    const one = all[kind].find((each) => each.id === id);
    if (!one) return;
    try {
      const { steps } = await ask<PlaceFile>(`/${kind}/${id}/file`);
      const cameras = all.cameras.filter((each) => (kind === "sites" ? each.site : each.deployment) === id);
      detail.replaceChildren(
        element("h2", {}, one.name),
        element("p", {}, plain(one.state)),
        known(kind, one),
        element("h3", {}, "Cameras"),
        camerasOf(desk, kind, one, cameras),
        element("h3", {}, "Steps"),
        element("ol", { "aria-label": "Steps" }, ...steps.map((step) => element("li", {}, element("strong", {}, plain(step.step)), " ", timeOf(step.at), ` by ${step.by_name}`, step.words ? `: ${step.words}` : ""))),
        ...actsOf(desk, kind, one),
      );
    } catch (error) {
      detail.replaceChildren(element("p", { role: "alert" }, (error as Error).message));
    }
    detail.focus();
  }

  async function look(): Promise<void> {
    all = await ask<Apart>("");
    drawList();
  }

  async function again(kind: Kind, id: string): Promise<void> {
    await look();
    await open(kind, id);
  }

  const why = element("textarea", { rows: 2, minlength: 10, maxlength: 1000, required: true });
  const asking = actForm({
    title: "Why you look",
    says: "It goes on record, with everything that you see and do on this page.",
    button: "Look",
    fields: [field("Reason", why)],
    take: async () => {
      reason = why.value.trim();
      await look();
      announce("Shown.");
      begun.replaceChildren(...proposals(desk));
      why.defaultValue = reason; // it stays, for whoever looks again
    },
  });
  const side = element("section", { class: "side", "aria-label": "All that is kept apart" }, element("h1", {}, "Kept apart"), asking, line, begun, list);
  return { page: element("div", { class: "two-columns" }, side, detail), leave: () => undefined };
}
