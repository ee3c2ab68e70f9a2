// What is written for a deployment: by the same forms as for a site, but for those of a fixed place.
import { type Session, get, send } from "./api";
import { announce, element } from "./dom";
import { type Form, type Lack, forms, takenAsSteps } from "./estate_api";
import { type Written, mayWrite, papersOf } from "./site_papers";

interface DeploymentFile {
  missing: string[]; // what its next step wants and does not find
  papers: Written[];
}

// A deployment takes no step by a paper, and fits in with no fixed place.
const ofSitesOnly = ["fit", ...takenAsSteps];

export function deploymentPapers(session: Session, id: string, isOver: boolean, filed: () => Promise<void>): HTMLElement {
  const path = `/v1/deployments/${encodeURIComponent(id)}`;
  const holder = element("div", {});
  const file = async (paper: unknown): Promise<Lack[]> => {
    const { lacks } = await send<{ lacks: Lack[] }>("POST", `${path}/papers`, { paper });
    announce(lacks.length ? "Kept; it is not whole yet." : "Kept.");
    if (!lacks.length) await filed();
    return lacks;
  };
  const load = async () => {
    try {
      const [known, written] = await Promise.all([forms(), get<DeploymentFile>(`${path}/file`)]);
      const writes = (form: Form) => mayWrite(session, form);
      const fitting = known.filter((form) => !ofSitesOnly.includes(form.id));
      const missing = written.missing.map((one) => element("li", {}, one));
      holder.replaceChildren(
        ...(missing.length ? [element("p", {}, "What its next step wants:"), element("ul", { "aria-label": "What its next step wants" }, ...missing)] : []),
        ...papersOf(written, { forms: fitting, isOver, printed: () => null, on: "", writes, place: null, file }),
      );
    } catch (error) {
      holder.replaceChildren(element("p", { role: "alert" }, (error as Error).message));
    }
  };
  void load();
  return holder;
}
