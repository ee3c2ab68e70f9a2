// Cameras that read otherwise than they usually do: out of focus, knocked round, dirty or dead.
import { Problem, get } from "./api";
import { element } from "./dom";
import { percent } from "./words";

const hoursShown = 24;
const alarmsAsked = 200;

interface Alarm {
  camera: string;
  hour: string;
  sign: "few_reads" | "many_reads" | "low_scores" | "odd_plates";
  found: number;
  least: number;
  most: number;
}


function words({ sign, found, least, most }: Alarm): string {
  if (sign === "few_reads") return `${found} reads, usually ${Math.ceil(least)} or more`;
  if (sign === "many_reads") return `${found} reads, usually ${Math.floor(most)} at most`;
  if (sign === "low_scores") return `a mean score of ${found.toFixed(2)}, usually ${least.toFixed(2)} or more`;
  return `${percent(found)} of its plates fit nothing British, usually ${percent(most)} at most`;
}

// `at` in the time of whoever looks.
const hourOf = (at: string) => new Date(at).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });

function row(camera: string, alarms: Alarm[]): HTMLElement {
  const hours = alarms.map((one) => element("li", {}, `${hourOf(one.hour)}: ${words(one)}`));
  return element("li", { class: "overdue" }, element("strong", {}, camera), element("ul", {}, ...hours));
}

// Opens by itself where a camera is unusual, so that nobody needs to ask.
export function whatDrifts(signedOut: () => void): HTMLElement {
  const summary = element("summary", {}, "How the cameras read…");
  const list = element("ul", {});
  const holder = element("details", { class: "due" }, summary, list);
  const load = async () => {
    try {
      const { alarms } = await get<{ alarms: Alarm[] }>(`/v1/drift?count=${alarmsAsked}`);
      const since = Date.now() - hoursShown * 3_600_000;
      const byCamera = new Map<string, Alarm[]>();
      for (const one of alarms.filter((alarm) => Date.parse(alarm.hour) >= since)) {
        byCamera.set(one.camera, [...(byCamera.get(one.camera) ?? []), one]);
      }
      const count = byCamera.size === 1 ? "One camera reads" : `${byCamera.size} cameras read`;
      summary.textContent = byCamera.size ? `${count} otherwise than usual` : "All cameras read as usual";
      list.replaceChildren(...[...byCamera].map(([camera, which]) => row(camera, which)));
      holder.open = byCamera.size > 0;
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return signedOut();
      summary.textContent = `How the cameras read could not be told: ${(error as Error).message}`;
    }
  };
  void load();
  return holder;
}
