// What is done about what is kept apart: proposed by one who is named and approved by another, given
// cameras, stopped. Ids are made by the office, and mean nothing.
import type { Session } from "./api";
import { actForm, foldedAct } from "./act_form";
import { announce, element, field, options } from "./dom";
import { type Grounds, groundsFields } from "./grounds";
import { tokenShown } from "./place_cameras";
import { pointFields, stayFields } from "./place_fields";
import { dayIn } from "./words";

export type Kind = "sites" | "deployments";

export interface Place {
  id: string;
  name: string;
  state: "proposed" | "live" | "stopped";
  author: string;
  grounds: Grounds;
  live_from: string | null;
  stopped_at: string | null;
  stop_reason: string;
  position?: { latitude: number; longitude: number };
  area?: { latitude: number; longitude: number; radius_m: number };
  from?: string;
  until?: string;
}

export interface ApartDesk {
  session: Session;
  ask: <T>(path: string, body?: object) => Promise<T>;
  again: (kind: Kind, id: string) => Promise<void>;
}

interface Camera {
  id: string;
  name: string;
  state: string;
  collects_now: boolean;
  why_not: string;
}

const reasonField = () => element("textarea", { rows: 2, maxlength: 1000, required: true });

const nameField = () => element("input", { required: true, maxlength: 200, autocomplete: "off" });

function proposeSite({ ask, again }: ApartDesk): HTMLElement {
  const name = nameField();
  const point = pointFields();
  const grounds = groundsFields({ need: "", category: "national_security", review: dayIn(90) }, "It ends on");
  return foldedAct({
    title: "Propose a site under an authority",
    says: "Another who is named approves it. It ends by itself on the day that you name.",
    button: "Propose it",
    fields: [field("Name", name), ...point.fields, ...grounds.fields],
    take: async () => {
      const { id } = await ask<{ id: string }>("/sites", { name: name.value.trim(), position: point.value(), grounds: grounds.value() });
      announce("Proposed.");
      await again("sites", id);
    },
  });
}

function proposeDeployment({ ask, again }: ApartDesk): HTMLElement {
  const name = nameField();
  const stay = stayFields(`${dayIn(0)}T00:00`);
  const grounds = groundsFields({ need: "", category: "national_security", review: dayIn(16) }, "Review on");
  return foldedAct({
    title: "Propose a covert deployment",
    says: "Another who is named approves it; it ends by itself.",
    button: "Propose it",
    fields: [field("Name", name), ...stay.fields, ...grounds.fields],
    take: async () => {
      const { id } = await ask<{ id: string }>("/deployments", {
        name: name.value.trim(),
        ...stay.value(),
        grounds: grounds.value(),
      });
      announce("Proposed.");
      await again("deployments", id);
    },
  });
}

export const proposals = (desk: ApartDesk): HTMLElement[] => [proposeSite(desk), proposeDeployment(desk)];

const isOver = (one: Place) => one.state === "stopped" || (one.until !== undefined && Date.parse(one.until) <= Date.now());

export function actsOf({ session, ask, again }: ApartDesk, kind: Kind, one: Place): HTMLElement[] {
  if (isOver(one)) return [];
  const path = `/${kind}/${one.id}`;
  if (one.state === "proposed") {
    if (one.author === session.person.id) return [element("p", {}, "You proposed it. Another who is named approves it; until then nothing of it collects.")];
    return [
      actForm({
        title: "Approve it",
        says: "Its cameras may then be put up and collect until it ends by itself.",
        button: "Approve it",
        fields: [],
        take: async () => {
          await ask(`${path}/approve`);
          announce("Approved.");
          await again(kind, one.id);
        },
      }),
    ];
  }
  const reason = reasonField();
  return [
    foldedAct({
      title: "Stop it",
      says: "Its cameras collect no more, from this moment, and it does not begin again.",
      button: "Stop it",
      fields: [field("Reason for stopping", reason, "It stays on record")],
      take: async () => {
        await ask(`${path}/stop`, { reason: reason.value.trim() });
        announce("Stopped: its cameras collect no more.");
        await again(kind, one.id);
      },
    }),
  ];
}

export function camerasOf({ ask, again }: ApartDesk, kind: Kind, one: Place, cameras: Camera[]): HTMLElement {
  const holder = element("div", {});
  const give = (camera: string, token: string) => {
    const once = tokenShown(camera, token, () => void again(kind, one.id));
    holder.replaceChildren(once);
    once.focus();
  };
  const shown = cameras.length
    ? element("ul", { "aria-label": "Which cameras collect" }, ...cameras.map((each) => element("li", {}, `${each.name} (${each.id}): `, each.collects_now ? "collects" : `does not collect: ${each.why_not}`)))
    : element("p", { class: "none" }, "It has no camera.");
  holder.append(shown);
  if (one.state !== "live" || isOver(one)) return holder;
  const name = element("input", { required: true, maxlength: 200, autocomplete: "off" });
  holder.append(
    foldedAct({
      title: "Add a camera",
      says: "The office gives it an id that means nothing.",
      button: "Add it",
      fields: [field("Camera's name", name)],
      take: async () => {
        const added = await ask<{ id: string; token: string }>("/cameras", { name: name.value.trim(), [kind === "sites" ? "site" : "deployment"]: one.id });
        announce("Added. Its token is shown this once.");
        give(added.id, added.token);
      },
    }),
  );
  const standing = cameras.filter((each) => each.state !== "stopped");
  if (!standing.length) return holder;
  const choice = () => element("select", {}, ...options(standing.map((each): [string, string] => [each.id, `${each.name} (${each.id})`])));
  const [renewed, stopped, reason] = [choice(), choice(), reasonField()];
  holder.append(
    foldedAct({
      title: "Give a camera a new token",
      says: "The old one is void at once.",
      button: "Give it a new token",
      fields: [field("Which camera", renewed)],
      take: async () => {
        const { token } = await ask<{ token: string }>(`/cameras/${renewed.value}/token`);
        give(renewed.value, token);
      },
    }),
    foldedAct({
      title: "Stop a camera",
      says: "It collects no more, from this moment.",
      button: "Stop the camera",
      fields: [field("Which camera", stopped), field("Why it is stopped", reason, "It stays on record")],
      take: async () => {
        await ask(`/cameras/${stopped.value}/stop`, { reason: reason.value.trim() });
        announce("Stopped.");
        await again(kind, one.id);
      },
    }),
  );
  return holder;
}
