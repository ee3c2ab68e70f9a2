// Deployments of mobile cameras: an area and dates instead of a site. Proposed by one manager,
// approved by another; it ends by itself.
import { Problem, type Session, get, send } from "./api";
import { actForm, foldedAct } from "./act_form";
import { deploymentPapers } from "./deployment_papers";
import { announce, element, facts, field } from "./dom";
import { categoryOf, groundsFields } from "./grounds";
import { placeCameras } from "./place_cameras";
import { stayFields } from "./place_fields";
import { dayIn, timeOf } from "./words";

interface Deployment {
  id: string;
  name: string;
  state: "proposed" | "live" | "stopped";
  author: string;
  area: { latitude: number; longitude: number; radius_m: number };
  from: string;
  until: string;
  grounds: { need: string; category: string; review: string };
  live_from: string | null;
  stopped_at: string | null;
  stop_reason: string;
  impact_due: string | null;
  collects_now: boolean;
  why_not: string;
}

const isOver = (one: Deployment) => one.state === "stopped" || Date.parse(one.until) <= Date.now();

function stateOf(one: Deployment): string {
  if (one.state === "stopped") return "stopped";
  if (isOver(one)) return "over";
  if (one.state === "proposed") return "proposed";
  return Date.parse(one.from) > Date.now() ? "approved: begins later" : "live";
}

const path = (id: string, verb: string) => `/v1/deployments/${encodeURIComponent(id)}/${verb}`;

function propose(proposed: (id: string) => Promise<void>): HTMLElement {
  const id = element("input", { required: true, maxlength: 64, autocomplete: "off", spellcheck: "false" });
  const name = element("input", { required: true, maxlength: 200, autocomplete: "off" });
  const stay = stayFields(`${dayIn(1)}T06:00`);
  const grounds = groundsFields({ need: "", category: "local_crime", review: dayIn(16) }, "Review on");
  return foldedAct({
    title: "Propose a deployment",
    says: "Mobile cameras in an area, between two days. Another manager approves it; it ends by itself.",
    button: "Propose it",
    fields: [
      element("div", { class: "pair" }, field("Name", name), field("Id", id, "Letters, digits, '.', '_' or '-'; it stays")),
      ...stay.fields,
      ...grounds.fields,
    ],
    take: async () => {
      await send("POST", "/v1/deployments", {
        id: id.value.trim(),
        name: name.value.trim(),
        ...stay.value(),
        grounds: grounds.value(),
      });
      announce("Proposed.");
      await proposed(id.value.trim());
    },
  });
}

function acts(session: Session, one: Deployment, after: () => Promise<void>): HTMLElement[] {
  if (!session.person.roles.includes("anpr_manager") || isOver(one)) return [];
  const reason = element("textarea", { rows: 2, maxlength: 1000, required: true });
  const stop = foldedAct({
    title: "Stop the deployment",
    says: "Its cameras collect no more, from this moment, and it does not begin again.",
    button: "Stop the deployment",
    fields: [field("Reason", reason, "It stays on record")],
    take: async () => {
      await send("POST", path(one.id, "stop"), { reason: reason.value.trim() });
      announce("Stopped: its cameras collect no more.");
      await after();
    },
  });
  if (one.state !== "proposed") return one.author === session.person.id ? [stop] : [extend(one, after), stop];
  if (one.author === session.person.id) {
    return [element("p", {}, "You proposed it. Another manager approves it; until then nothing of it collects.")];
  }
  const approve = actForm({
    title: "Approve it",
    says: "Its cameras may then collect within its area, from its first day until it ends by itself.",
    button: "Approve it",
    fields: [],
    take: async () => {
      await send("POST", path(one.id, "approve"), {});
      announce("Approved.");
      await after();
    },
  });
  return [approve];
}

function extend(one: Deployment, after: () => Promise<void>): HTMLElement {
  const until = element("input", { type: "datetime-local", value: `${dayIn(60)}T06:00`, required: true });
  const grounds = groundsFields({ ...one.grounds, review: dayIn(60) }, "Review on");
  return foldedAct({
    title: "Extend it inside its twelve months",
    says: "The need still holds, its impact assessment is written, and the data protection officer and the senior person for overt surveillance advised on it.",
    button: "Extend it",
    fields: [field("Until", until), ...grounds.fields],
    take: async () => {
      await send("POST", path(one.id, "review"), { grounds: grounds.value(), until: new Date(until.value).toISOString() });
      announce("Extended.");
      await after();
    },
  });
}

function known(one: Deployment): HTMLElement {
  const { latitude, longitude, radius_m } = one.area;
  return facts([
    ["Why", [one.grounds.need]],
    ["Category", [categoryOf(one.grounds.category)]],
    ["Where", [`Within ${radius_m.toLocaleString("en-GB")} metres of ${latitude}, ${longitude}`]],
    ["From", [timeOf(one.from)]],
    ["Until", [timeOf(one.until)]],
    ["Review on", [one.grounds.review]],
    ["Impact assessment due", [one.impact_due]],
    ["Collects now", [one.collects_now ? "yes" : `no: ${one.why_not}`]],
    ["Approved", [one.live_from ? timeOf(one.live_from) : null]],
    ["Stopped", [one.stopped_at ? timeOf(one.stopped_at) : null, one.stop_reason ? `: ${one.stop_reason}` : null]],
  ]);
}

export function deploymentsPage(session: Session, signedOut: () => void): { page: HTMLElement; leave: () => void } {
  const isManager = session.person.roles.includes("anpr_manager");
  let all: Deployment[] = [];
  let chosen = "";
  const line = element("p", { class: "line", role: "status" }, "Loading…");
  const list = element("ul", { class: "requests", "aria-label": "Deployments" });
  const detail = element("section", { class: "detail", "aria-label": "The deployment", tabindex: -1 }, element("p", { class: "none" }, "Choose a deployment."));

  function drawList(): void {
    const rows = [...all].sort((a, b) => Number(isOver(a)) - Number(isOver(b)) || b.from.localeCompare(a.from));
    const going = all.filter((one) => !isOver(one)).length;
    line.textContent = all.length ? `${all.length === 1 ? "1 deployment" : `${all.length} deployments`}; not over: ${going}.` : "There is no deployment.";
    list.replaceChildren(
      ...rows.map((one) =>
        element(
          "li",
          {},
          element(
            "button",
            { class: "request", "aria-current": one.id === chosen ? "true" : undefined, click: () => open(one.id) },
            element("span", {}, one.name),
            element("span", { class: "said" }, stateOf(one)),
            element("span", { class: "state" }, `${one.id} · until `, timeOf(one.until)),
          ),
        ),
      ),
    );
  }

  function open(id: string): void {
    chosen = id;
    drawList();
    const one = all.find((each) => each.id === id);
    if (!one) return;
    detail.replaceChildren(
      element("h2", {}, one.name),
      element("p", {}, stateOf(one)),
      known(one),
      element("h3", {}, "Cameras"),
      placeCameras({ kind: "deployment", id, takesMore: one.state === "live" && !isOver(one) }, isManager, signedOut),
      element("h3", {}, "What was written"),
      deploymentPapers(session, id, isOver(one), () => again(id)),
      ...acts(session, one, () => again(id)),
    );
    detail.focus();
  }

  async function again(id: string): Promise<void> {
    await load();
    open(id);
  }

  async function load(): Promise<void> {
    try {
      all = (await get<{ deployments: Deployment[] }>("/v1/deployments")).deployments;
      drawList();
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return signedOut();
      line.textContent = (error as Error).message;
    }
  }

  void load();
  const side = element("section", { class: "side", "aria-label": "All deployments" }, element("h1", {}, "Deployments"), line, isManager ? propose(again) : null, list);
  return { page: element("div", { class: "two-columns" }, side, detail), leave: () => undefined };
}
