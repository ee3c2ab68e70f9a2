// The cameras of a site or a deployment: which collect, and of the others why not. A manager adds
// one, gives it a new token, stops it.
import { Problem, get, send } from "./api";
import { foldedAct } from "./act_form";
import { announce, element, field, options } from "./dom";
import { plain } from "./words";

interface Camera {
  id: string;
  name: string;
  site: string | null;
  deployment: string | null;
  state: "proposed" | "live" | "stopped";
  collects_now: boolean;
  why_not: string;
}

export interface Place {
  kind: "site" | "deployment";
  id: string;
  takesMore: boolean; // whether a camera may be added now
}

const kinds = ["fixed", "in_vehicle", "movable", "cctv_with_anpr", "shared", "other"];

const path = (camera: string, more: string) => `/v1/cameras/${encodeURIComponent(camera)}/${more}`;

function shown(cameras: Camera[]): HTMLElement {
  if (!cameras.length) return element("p", { class: "none" }, "It has no camera.");
  return element(
    "ul",
    { "aria-label": "Which cameras collect" },
    ...cameras.map((one) =>
      element("li", {}, `${one.name} (${one.id}): `, one.collects_now ? "collects" : `does not collect: ${one.why_not || plain(one.state)}`),
    ),
  );
}

// Nobody sees it again, so it stays until whoever asked for it has it.
export function tokenShown(camera: string, token: string, kept: () => void): HTMLElement {
  const holder = element(
    "div",
    { class: "to-confirm", tabindex: -1, role: "group", "aria-label": "The camera's token" },
    element("p", {}, `The token of ${camera}, shown this once. It goes into the camera's own settings and nowhere else:`),
    element("p", {}, element("code", {}, token)),
    element("button", { type: "button", click: kept }, "I have it"),
  );
  return holder;
}

export function placeCameras(place: Place, mayChange: boolean, signedOut: () => void): HTMLElement {
  const holder = element("div", {});

  function give(camera: string, token: string): void {
    const once = tokenShown(camera, token, () => void draw().then(() => holder.querySelector<HTMLElement>("summary")?.focus()));
    holder.replaceChildren(once);
    once.focus();
  }

  function put(): HTMLElement {
    const id = element("input", { required: true, maxlength: 64, autocomplete: "off", spellcheck: "false" });
    const name = element("input", { required: true, maxlength: 200, autocomplete: "off" });
    const kind = element("select", {}, ...options([["", "By its place"], ...kinds.map((one): [string, string] => [one, plain(one)])]));
    const owner = element("input", { maxlength: 200, autocomplete: "off" });
    const controller = element("input", { maxlength: 200, autocomplete: "off" });
    return foldedAct({
      title: "Add a camera",
      says: `It belongs to this ${place.kind}, and collects while that may.`,
      button: "Add it",
      fields: [
        element("div", { class: "pair" }, field("Camera's name", name, "Such as its lane or direction"), field("Camera's id", id, "Letters, digits, '.', '_' or '-'; it stays")),
        field("Kind", kind),
        element("div", { class: "pair" }, field("Owner", owner, "Empty: not recorded"), field("Data controller", controller, "Empty: not recorded")),
      ],
      take: async () => {
        const { token } = await send<{ token: string }>("POST", "/v1/cameras", {
          id: id.value.trim(),
          name: name.value.trim(),
          [place.kind]: place.id,
          ...(kind.value ? { kind: kind.value } : {}),
          ...(owner.value.trim() ? { owner: owner.value.trim() } : {}),
          ...(controller.value.trim() ? { controller: controller.value.trim() } : {}),
        });
        announce("Added. Its token is shown this once.");
        give(id.value.trim(), token);
      },
    });
  }

  const choice = (cameras: Camera[]) => element("select", {}, ...options(cameras.map((one): [string, string] => [one.id, `${one.name} (${one.id})`])));

  function renew(cameras: Camera[]): HTMLElement {
    const camera = choice(cameras);
    return foldedAct({
      title: "Give a camera a new token",
      says: "The old one is void from this moment. A camera that was taken in from an older register has none until then.",
      button: "Give it a new token",
      fields: [field("Camera", camera)],
      take: async () => {
        const { token } = await send<{ token: string }>("POST", path(camera.value, "token"), {});
        announce("Its token is shown this once.");
        give(camera.value, token);
      },
    });
  }

  function stop(cameras: Camera[]): HTMLElement {
    const camera = choice(cameras);
    const reason = element("textarea", { rows: 2, maxlength: 1000, required: true });
    return foldedAct({
      title: "Stop a camera",
      says: `It collects no more, from this moment. The ${place.kind} and its other cameras go on.`,
      button: "Stop it",
      fields: [field("Camera", camera), field("Reason", reason, "It stays in the record")],
      take: async () => {
        await send("POST", path(camera.value, "stop"), { reason: reason.value.trim() });
        announce("Stopped: it collects no more.");
        await draw();
      },
    });
  }

  async function draw(): Promise<void> {
    const { cameras } = await get<{ cameras: Camera[] }>("/v1/cameras");
    const own = cameras.filter((one) => one[place.kind] === place.id);
    const standing = own.filter((one) => one.state !== "stopped");
    holder.replaceChildren(
      shown(own),
      ...(mayChange && place.takesMore ? [put()] : []),
      ...(mayChange && standing.length ? [renew(standing), stop(standing)] : []),
    );
  }

  // Asked for when it is opened: the office tells all cameras at once, and most who come here
  // come for something else.
  const section = element("details", {}, element("summary", {}, mayChange ? "Which collect; add, stop, give a new token" : "Which collect"), holder);
  section.addEventListener("toggle", () => {
    if (!section.open) return;
    draw().catch((error: unknown) => {
      if (error instanceof Problem && error.status === 401) return signedOut();
      holder.replaceChildren(element("p", { role: "alert" }, (error as Error).message));
    });
  });
  return section;
}
