// What can be done about a site beside the papers that its steps need: only what follows from where
// it is in its life, and from who reads. The office decides all the same, and says why not.
import type { Session } from "./api";
import { actForm, foldedAct } from "./act_form";
import { announce, element, field } from "./dom";
import { type Site, step } from "./estate_api";
import { groundsFields } from "./grounds";
import { dayIn } from "./words";

export const isShort = (site: Site) => !["full", "inherited"].includes(site.path);
// On the full path cameras are put up once it is decided how many, and before it is commissioned.
export const takesCameras = (site: Site) => site.stage === (isShort(site) ? "live" : "decided");
const wasLive = (site: Site) => site.live_from !== null;
export const isOver = (site: Site) => ["stopped", "decommissioned", "refused", "withdrawn"].includes(site.stage);
// It collected, and is assessed anew.
export const isAnew = (site: Site) => wasLive(site) && site.stage !== "live" && !isOver(site);

interface Reasoned {
  word: string;
  title: string;
  says: string;
  done: string;
  fits: (site: Site) => boolean;
}

const reasoned: Reasoned[] = [
  {
    word: "full-path",
    title: "Take the full path",
    says: "It is to stay: it is assessed, advised on and decided like every site that does, and collects for no longer than it might before.",
    done: "It is on the full path now.",
    fits: (site) => site.stage === "live" && isShort(site),
  },
  {
    word: "withdraw",
    title: "Withdraw the proposal",
    says: "It never collected, and will not. What was written stays.",
    done: "Withdrawn.",
    fits: (site) => !wasLive(site) && !isOver(site),
  },
  {
    word: "stop",
    title: "Stop the site",
    says: "Its cameras collect no more, from this moment, and it does not begin again. Then it is taken down.",
    done: "Stopped: its cameras collect no more.",
    fits: (site) => wasLive(site) && !isOver(site),
  },
];

function reasonedAct(one: Reasoned, site: Site, after: () => Promise<void>): HTMLElement {
  const reason = element("textarea", { rows: 2, maxlength: 1000, required: true });
  return foldedAct({
    title: one.title,
    says: one.says,
    button: one.title,
    fields: [field("Reason", reason, "It stays in the site's file")],
    take: async () => {
      await step(site.id, one.word, { reason: reason.value.trim() });
      announce(one.done);
      await after();
    },
  });
}

function extend(site: Site, after: () => Promise<void>): HTMLElement {
  const grounds = groundsFields({ ...site.grounds, review: dayIn(60) }, "It ends on");
  return foldedAct({
    title: "Extend it inside its twelve months",
    says: "The need still holds, its impact assessment is written, and both advisers advised on it. For anything longer it takes the full path.",
    button: "Extend it",
    fields: grounds.fields,
    take: async () => {
      await step(site.id, "review", { grounds: grounds.value() });
      announce("Extended.");
      await after();
    },
  });
}

// The one step of a short site's proposal, which takes no paper; nothing where it is not that.
export function approval(session: Session, site: Site, after: () => Promise<void>): HTMLElement | null {
  if (site.stage !== "proposed" || !isShort(site) || !session.person.roles.includes("anpr_manager")) return null;
  if (site.author === session.person.id) {
    return element("p", {}, "You proposed it. Another manager approves it, or you withdraw it.");
  }
  return actForm({
    title: "Approve it",
    says: `Its cameras may then be put up and collect until ${site.grounds.review}; it ends by itself.`,
    button: "Approve it",
    fields: [],
    take: async () => {
      await step(site.id, "approve", {});
      announce("Approved: it is live.");
      await after();
    },
  });
}

// Folded acts, in the order in which they grow rarer and graver.
export function otherActs(session: Session, site: Site, after: () => Promise<void>): HTMLElement[] {
  if (!session.person.roles.includes("anpr_manager")) return [];
  const isExtended = site.stage === "live" && site.path === "under_twelve_months";
  return [
    ...(isExtended && site.author !== session.person.id ? [extend(site, after)] : []),
    ...reasoned.filter((one) => one.fits(site)).map((one) => reasonedAct(one, site, after)),
  ];
}
