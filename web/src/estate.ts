// The estate: which sites wait for something, a site's file, and what can be done about it.
import { Problem, type Session } from "./api";
import { announce, element, field } from "./dom";
import { whatDrifts } from "./drift";
import { whatIsDue } from "./due";
import { type Form, type Lack, type Paper, type ReviewDue, type Site, type SiteFile, forms, reviewsDue, siteFile, sites, step } from "./estate_api";
import { cameraBooks } from "./estate_records";
import { paperForm } from "./paper_form";
import { placeCameras } from "./place_cameras";
import { proposeSite } from "./propose_site";
import { printedLinks } from "./printed";
import { publicImpact } from "./public_impact";
import { reviewStep } from "./review_step";
import { siteCameras } from "./site_cameras";
import { approval, isAnew, isOver, isShort, otherActs, takesCameras } from "./site_acts";
import { figuresComing, siteFigures } from "./site_figures";
import { latest, mayWrite, papersOf } from "./site_papers";
import { dayIn, plain, timeOf } from "./words";
import { wouldStop } from "./would_stop";

const daysUntilReview = 365;
// A paper of what stands for under twelve months; of the rest the commissioning says it.
const ofShortOnes = "public_notice";

const urgencyWords: Record<ReviewDue["urgency"], string> = {
  lapsed: "Lapsed: its cameras have stopped",
  escalated: "Overdue: for the controller",
  overdue: "Overdue",
  soon: "Review due soon",
  later: "Review later",
};

// A short site has no review: it ends on that day. What was sent back was reviewed: it waits for
// its assessment, and collects for so long.
function dueOn(site: Site): string {
  if (isAnew(site) && site.lapses) return `${site.lapses < dayIn(0) ? "collected" : "collects"} until ${site.lapses}`;
  return `${isShort(site) ? "ends" : "review"} ${site.grounds.review}`;
}

// What was live and was not stopped may have lapsed, or ended by itself.
const collectsNothing = (site: Site) => site.live_from !== null && !isOver(site) && !site.collects_now;

function stageOf(site: Site): string {
  return `${plain(site.stage)}${collectsNothing(site) ? ", collects nothing" : ""}`;
}

function urgencyOf(due: ReviewDue): string {
  const words = urgencyWords[due.urgency];
  if (due.awaits === "end") return due.urgency === "lapsed" ? "Came to its end" : due.urgency === "later" ? "Ends later" : "Ends soon";
  const what = { impact: "Impact assessment", notice: "Signs and public information" }[due.awaits as string];
  return what ? `${what}: ${words.replace("Review ", "").toLowerCase()}` : words;
}

interface NextStep {
  word: string;
  form?: string;
  title: string;
  role: string;
}

// Only where something was written since; until then nothing else follows.
const assessedAgain: NextStep = { word: "assess", title: "Find the assessment whole again", role: "anpr_manager" };

// What each stage waits for: the step's route, and the form that it takes, if any.
const nextSteps: Record<string, NextStep[]> = {
  proposed: [{ word: "assess", title: "Find the assessment whole", role: "anpr_manager" }],
  reassessing: [{ word: "assess", title: "Find the assessment whole", role: "anpr_manager" }],
  assessed: [
    assessedAgain,
    { word: "decide", form: "decision", title: "Decide", role: "controller" },
  ],
  decided: [assessedAgain, { word: "commission", form: "commissioning", title: "Commission", role: "anpr_manager" }],
  commissioned: [assessedAgain, { word: "begin", title: "Let its cameras collect", role: "anpr_manager" }],
  live: [{ word: "reviews", form: "review", title: "Review", role: "anpr_manager" }],
  stopped: [{ word: "decommission", form: "decommissioning", title: "Decommission", role: "anpr_manager" }],
};

export function estatePage(session: Session, signedOut: () => void): { page: HTMLElement; leave: () => void } {
  const has = (role: string) => session.person.roles.includes(role);
  let all: Site[] = [];
  let dues: ReviewDue[] = [];
  let due = new Map<string, ReviewDue>();
  let known: Form[] = [];
  let chosen = "";
  let on = "";

  const line = element("p", { class: "line", role: "status" }, "Loading…");
  const list = element("ul", { class: "requests long", "aria-label": "Sites" });
  const wanted = element("input", { type: "search", autocomplete: "off", spellcheck: "false" });
  wanted.addEventListener("input", () => drawList());
  const detail = element("section", { class: "detail", "aria-label": "The site", tabindex: -1 });

  const order = ["lapsed", "escalated", "overdue", "soon"];
  const waitsFor = (site: Site) => {
    const one = due.get(site.id);
    const isReviewed = isAnew(site) && one?.awaits === "review" && one.urgency !== "lapsed";
    return isReviewed ? undefined : one;
  };
  const rank = (site: Site) => {
    const at = order.indexOf(waitsFor(site)?.urgency ?? "");
    return at < 0 ? order.length : at;
  };

  // Reviews as the register counts them; what else is late has a word of its own.
  function overdueWords(): string {
    const isLate = (one: ReviewDue) => order.indexOf(one.urgency) >= 0 && one.urgency !== "soon";
    const site = (one: ReviewDue) => all.find(({ id }) => id === one.site);
    const isReviewed = (one: ReviewDue) => one.urgency !== "lapsed" && isAnew(site(one) as Site);
    const late = dues.filter((one) => site(one) && isLate(one));
    const reviews = late.filter((one) => one.awaits === "review" && !isReviewed(one)).length;
    const papers = late.filter((one) => one.awaits === "impact" || one.awaits === "notice").length;
    const said = reviews === 1 ? "1 review is overdue." : `${reviews} reviews are overdue.`;
    return papers ? `${said} ${papers} ${papers === 1 ? "other paper is" : "other papers are"} late.` : said;
  }

  function drawList(): void {
    const words = wanted.value.trim().toLowerCase();
    const isWanted = (site: Site) => `${site.name} ${site.id} ${plain(site.stage)} ${plain(site.path)}`.toLowerCase().includes(words);
    const rows = all.filter(isWanted).sort(
      (a, b) => rank(a) - rank(b) || a.grounds.review.localeCompare(b.grounds.review) || a.id.localeCompare(b.id),
    );
    line.textContent = `${all.length} ${all.length === 1 ? "site" : "sites"}. ${overdueWords()}${words ? ` Shown: ${rows.length}.` : ""}`;
    list.replaceChildren(
      ...rows.map((site) => {
        const waits = waitsFor(site);
        return element(
          "li",
          {},
          element(
            "button",
            { class: "request", "aria-current": site.id === chosen ? "true" : undefined, click: () => void open(site.id) },
            element("span", {}, site.name),
            element("span", { class: rank(site) < 3 ? "overdue" : "said" }, waits && waits.urgency !== "later" ? urgencyOf(waits) : stageOf(site)),
            element("span", { class: "state" }, isOver(site) ? site.id : `${site.id} · ${dueOn(site)}`),
          ),
        );
      }),
    );
  }

  function history(file: SiteFile): HTMLElement {
    const rows = file.steps.map((one) =>
      element("li", {}, element("strong", {}, plain(one.step)), " ", timeOf(one.at), ` by ${one.by_name}`, one.words ? `: ${one.words}` : ""),
    );
    return element("ol", { "aria-label": "Steps" }, ...rows);
  }

  // What it was sent back for: with whose advice that was, and what they said.
  function sentBack(file: SiteFile): HTMLElement | null {
    const last = file.steps.filter((one) => one.step === "sent_back").at(-1);
    if (!last || file.site.stage !== "reassessing") return null;
    return element("p", { class: "overdue" }, `Sent back by its ${last.words}`);
  }

  // About the site whose page it is on, whichever was chosen since.
  async function run(id: string, word: string, body: unknown): Promise<Lack[]> {
    const answer = await step<{ lacks?: Lack[]; matrix?: string; outcome?: string } | undefined>(id, word, body);
    announce(answer?.outcome ? `The review's outcome: ${answer.outcome}.` : answer?.matrix ? `Decided. The matrix says: ${plain(answer.matrix)}.` : "Done.");
    const lacks = answer?.lacks ?? [];
    if (!lacks.length && chosen === id) await again(id);
    return lacks;
  }

  function writes(form: Form): boolean {
    return mayWrite(session, form);
  }

  async function stepsFor(file: SiteFile): Promise<HTMLElement[]> {
    if (on) return [];
    const shortly = isShort(file.site);
    const coming = nextSteps[file.site.stage] ?? [];
    const follows = (one: NextStep) => !coming.includes(assessedAgain) || (one === assessedAgain) === file.awaits_assessing_anew;
    const steps = coming.filter((one) => has(one.role) && !(shortly && (one.word === "assess" || one.word === "reviews")) && follows(one));
    const approved = approval(session, file.site, () => again(file.site.id));
    const takes = steps.map(async (one) => {
      const review = element("input", { type: "date", value: dayIn(daysUntilReview), required: true });
      const dated = one.word === "begin" || one.word === "reviews";
      const extra = dated ? field("The next review", review) : null;
      const form = known.find(({ id }) => id === one.form);
      if (form) {
        // What is said of each camera begins with those that stand there.
        const part = { reviews: "cameras", commission: "views" }[one.word];
        const before = part ? { form: form.id, parts: camerasOf(file, part) } : undefined;
        const drawn = paperForm(form, before, extra, (paper) => run(file.site.id, one.word, dated ? { paper, next: review.value } : { paper }));
        return one.word === "reviews" ? reviewStep(file.site, due.get(file.site.id), drawn) : drawn;
      }
      const trouble = element("div", { role: "alert" });
      const button = element("button", { class: "main" }, one.title);
      button.addEventListener("click", async () => {
        trouble.textContent = "";
        try {
          await run(file.site.id, one.word, dated ? { review: review.value } : {});
        } catch (error) {
          trouble.textContent = (error as Error).message;
        }
      });
      return element("div", { class: "decision" }, extra, button, trouble);
    });
    const taken = await Promise.all(takes);
    return approved ? [approved, ...taken] : taken;
  }

  // After something was done.
  async function again(id: string): Promise<void> {
    on = "";
    await load();
    await open(id);
  }

  // A review says something of each camera: their names are filled in.
  function camerasOf(file: SiteFile, part: string): Paper["parts"] {
    return { [part]: { rows: file.cameras.map((camera) => ({ camera })), evidence: [] } };
  }

  async function open(id: string): Promise<void> {
    chosen = id;
    drawList();
    try {
      const asOf = element("input", { type: "date", value: on, max: dayIn(0) });
      asOf.addEventListener("change", () => {
        on = asOf.value;
        void open(id);
      });
      let file: SiteFile;
      try {
        file = await siteFile(id, on);
      } catch (error) {
        // Before it was proposed there is nothing to show but the day, which may be changed.
        if (!on || !(error instanceof Problem) || error.status !== 404) throw error;
        if (chosen !== id) return;
        const name = all.find((site) => site.id === id)?.name ?? id;
        detail.replaceChildren(element("h2", {}, name), field("As it stood at the end of", asOf, "Empty: now"), element("p", { role: "status" }, error.message));
        asOf.focus();
        return;
      }
      // What is known of the place is of now: of an earlier day nobody says it.
      const place = on ? null : siteFigures(id);
      place?.catch(() => undefined); // whoever shows it says what went wrong
      const { site } = file;
      const steps = await stepsFor(file);
      const cameras = await siteCameras(file, on);
      const others = on ? [] : otherActs(session, site, () => again(id));
      const books = on ? null : await cameraBooks(id, file.cameras, has("anpr_manager"));
      if (chosen !== id) return; // another was chosen meanwhile
      detail.replaceChildren(
        element("h2", {}, site.name),
        element("p", {}, `${plain(site.stage)} · path: ${plain(site.path)}`, isOver(site) ? "" : ` · ${dueOn(site)}`, site.lapses && !isAnew(site) && !isOver(site) ? ` · collects until ${site.lapses}` : ""),
        collectsNothing(site) ? element("p", { class: "overdue" }, `It collects nothing: ${site.why_not}.`) : "",
        element("p", {}, site.grounds.need),
        sentBack(file) ?? "",
        field("As it stood at the end of", asOf, "Empty: now"),
        element("p", {}, `${file.cameras.length} cameras; ${file.near.length} of other sites within two kilometres.`),
        site.impact_due ? element("p", { class: "overdue" }, `Its impact assessment is due ${site.impact_due}: without it, it stops.`) : "",
        cameras || books ? element("h3", {}, "Cameras") : "",
        cameras ?? "",
        books ?? "",
        on ? "" : placeCameras({ kind: "site", id, takesMore: takesCameras(site) }, has("anpr_manager"), signedOut),
        element("h3", {}, "Steps"),
        history(file),
        element("h3", {}, "What was written"),
        place ? figuresComing(place) : "",
        ...papersOf(file, {
          forms: known.filter((form) => form.id !== ofShortOnes || site.path === "under_twelve_months" || latest(file, form.id)),
          isOver: isOver(site),
          printed: (form) => printedLinks(site.id, form, on),
          on,
          writes,
          place,
          file: (paper) => run(id, "papers", { paper }),
        }),
        on || !file.papers.some((one) => one.form === "impact" && one.whole) ? "" : publicImpact(site.id, has("dpo") || has("overt_lead")),
        file.missing.length ? element("h3", {}, "What its next step wants") : "",
        file.missing.length ? element("ul", { "aria-label": "What its next step wants" }, ...file.missing.map((one) => element("li", {}, one))) : "",
        steps.length ? element("h3", {}, "Next step") : "",
        ...steps,
        others.length ? element("h3", {}, "What else can be done") : "",
        ...others,
      );
      detail.focus();
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return signedOut();
      detail.replaceChildren(element("p", { role: "alert" }, (error as Error).message));
    }
  }

  async function load(): Promise<void> {
    try {
      if (!known.length) known = await forms();
      all = await sites();
      // The most urgent of each site: its review, or the impact assessment that it lacks.
      dues = await reviewsDue();
      due = new Map([...dues].reverse().map((one) => [one.site, one]));
      drawList();
      void dueNow.load();
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return signedOut();
      line.textContent = (error as Error).message;
    }
  }

  const dueNow = whatIsDue((id) => void again(id), signedOut);
  const page = element(
    "div",
    { class: "two-columns" },
    element("section", { class: "side", "aria-label": "All sites" }, element("h1", {}, "Estate"), line, dueNow.shown, whatDrifts(signedOut), has("anpr_manager") ? proposeSite(again) : null, wouldStop(signedOut), field("Find a site", wanted, "By name, id, stage or path"), list),
    detail,
  );
  detail.replaceChildren(element("p", { class: "none" }, "Choose a site."));
  void load();
  return { page, leave: () => undefined };
}
