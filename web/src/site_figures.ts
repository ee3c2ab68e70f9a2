// What is known of the place around a site: figures for its impact, each with its source, crime,
// and places that matter; and the same offered in the form of the impact assessment.
import { Problem, get } from "./api";
import { cells, element, table } from "./dom";
import type { Paper } from "./estate_api";
import { plain } from "./words";

interface DataSet {
  source: string;
  day: string;
}

export interface Figure {
  kind: string;
  of: string;
  value: number;
  rests_on: DataSet[];
}

export interface SiteFigures {
  figures: Figure[];
  road: string;
  crime: { data: DataSet; rows: { area: string; road: string; kind: string; count: number }[] } | null;
  points: { data: DataSet; points: { name: string; kind: string }[] } | null;
}

const whole = (value: number) => Math.round(value).toLocaleString("en-GB");
const share = (value: number) => `${value.toFixed(1)} %`;

const words: Record<string, (one: Figure) => string> = {
  residents: (one) => `${whole(one.value)} people live within 250 metres`,
  vehicles_a_day: (one) => `${whole(one.value)} vehicles pass in a day`,
  reads_a_day: (one) => `${whole(one.value)} reads a day by the site's own cameras`,
  unavoidable_now: (one) => `${share(one.value)} of trips in and out of ${one.of} cannot avoid a camera of another site`,
  unavoidable_with: (one) => `${share(one.value)} of them could not avoid one with this site`,
  same_trip_fewest: (one) => `At least ${whole(one.value)} other sites are on each fastest trip of ${one.of} that passes here`,
  same_trip_most: (one) => `At most ${whole(one.value)}`,
};

const said = (one: Figure) => (words[one.kind]?.(one) ?? `${plain(one.kind)}: ${one.value}`);
const from = (data: DataSet) => `${data.source}, ${data.day}`;
const by = (one: Figure) => one.rests_on.map(from).join("; ");

// One place is worked out at a time, in some seconds: whoever comes in between asks again.
const tries = 5;
const againAfterMs = 2_000;

export async function siteFigures(site: string): Promise<SiteFigures> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await get<SiteFigures>(`/v1/sites/${encodeURIComponent(site)}/figures`);
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 503 || tried === tries) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, againAfterMs));
  }
}

// Where the figures will stand once they are here: a site is drawn without them.
export function figuresComing(coming: Promise<SiteFigures>): HTMLElement {
  const holder = element("div", {}, element("p", { class: "none", role: "status" }, "Working out what is known of the place…"));
  coming
    .then((found) => holder.replaceChildren(figuresShown(found)))
    .catch((error: Error) => holder.replaceChildren(element("p", { role: "status" }, `What is known of the place is not shown: ${error.message}`)));
  return holder;
}

type Crime = NonNullable<SiteFigures["crime"]>;

// A county has more roads than anybody reads: those that this place does not lie at are folded away.
const foldedFrom = 20;

function crimeShown(crime: Crime, road: string): HTMLElement {
  const title = `Crime by area and road (${from(crime.data)})`;
  const drawn = (caption: string, rows: Crime["rows"]) =>
    table(
      caption,
      ["Area", "Road", "Kind", "How many"],
      rows.map((one) =>
        element(
          "tr",
          { class: road && one.road === road ? "here" : undefined },
          ...cells(one.area, one.road || "all", one.kind),
          element("td", { class: "number" }, whole(one.count)),
        ),
      ),
    );
  const isNear = (one: Crime["rows"][number]) => !one.road || one.road === road;
  const others = crime.rows.filter((one) => !isNear(one));
  if (others.length < foldedFrom) return drawn(title, crime.rows);
  return element(
    "div",
    {},
    drawn(title, crime.rows.filter(isNear)),
    element("details", {}, element("summary", {}, `Crime on other roads (${whole(others.length)} counts)`), drawn("Crime on other roads", others)),
  );
}

// Nothing where nothing is known.
export function figuresShown(found: SiteFigures): HTMLElement {
  const others = found.road || found.crime || found.points;
  const figures = found.figures.length
    ? element("ul", { "aria-label": "Figures" }, ...found.figures.map((one) => element("li", {}, `${said(one)}. `, element("small", {}, by(one)))))
    : element("p", { class: "none" }, others ? "No figures: nothing that was taken in counts people or vehicles near it." : "No figures: no population, traffic, roads or settlements that were taken in say anything of this place.");
  const crime = found.crime && crimeShown(found.crime, found.road);
  const points =
    found.points &&
    element("p", {}, found.points.points.length ? `Within five kilometres: ${found.points.points.map((one) => `${one.name} (${plain(one.kind)})`).join(", ")}. ` : "No infrastructure, border or crowded place is within five kilometres. ", element("small", {}, from(found.points.data)));
  return element("section", { class: "figures", "aria-label": "What is known of the place" }, element("h3", {}, "What is known of the place"), found.road ? element("p", {}, `Next to it: ${found.road}.`) : null, figures, crime, points);
}

// The impact assessment begun with what is known; what somebody wrote stays. Numbers go where the
// public version rounds them, and words about them, which name roads and settlements, into the
// description of the location, which it withholds.
export function begunWith(found: SiteFigures, before: Paper | undefined): Paper {
  const paper: Paper = structuredClone(before ?? { form: "impact", parts: {} });
  const offer = (part: string, name: string, value: string) => {
    const answers = (paper.parts[part] ??= { rows: [], evidence: [] });
    if (!answers.rows.length) answers.rows.push({});
    const row = answers.rows[0];
    if (row && !row[name]) row[name] = value;
  };
  const first = (...kinds: string[]) => kinds.map((kind) => found.figures.find((one) => one.kind === kind)).find((one) => one);
  const residents = first("residents");
  if (residents) offer("resident_population", "people", String(Math.round(residents.value)));
  const counted = first("vehicles_a_day", "reads_a_day");
  if (counted) offer("transient_population", "vehicles_a_day", String(Math.round(counted.value)));
  const all = found.figures.map((one) => `${said(one)} (${by(one)}).`);
  if (all.length) offer("location", "words", `Figures of the place: ${all.join(" ")}`);
  return paper;
}
