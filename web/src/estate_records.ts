// What the records hold of a site's cameras: counts for its review, and each camera's book of
// faults, tests and complaints.
import { get, send } from "./api";
import { announce, element, field, headedRow, options, table } from "./dom";
import { dayIn, plain } from "./words";

interface ReviewEvidence {
  from: string;
  until: string;
  kept_from: string | null;
  figures: { id: string; title: string }[];
  cameras: { camera: string; counts: Record<string, number>; right_in_thousand: number | null; checked_in_thousand: { right: number; low: number; high: number } | null }[];
  sha256: string;
}

interface BookEntry {
  number: number;
  by_name: string;
  camera: string;
  kind: string;
  day: string;
  words: string;
  ended: string | null;
  passed: boolean | null;
  accuracy: { looked_at: number; right: number } | null;
  clock_off_ms: number | null;
  is_replaced: boolean;
}

interface TestDue {
  camera: string;
  test: string;
  last: string | null;
  due: string;
  is_overdue: boolean;
  failed: boolean;
}

const at = (site: string, more: string) => `/v1/sites/${encodeURIComponent(site)}/${more}`;

// Figures that are nought for every camera say so in one line.
function counts(found: ReviewEvidence): HTMLElement {
  const told = found.figures.filter(({ id }) => found.cameras.some((camera) => camera.counts[id]));
  const silent = found.figures.filter((one) => !told.includes(one)).map(({ title }) => title.toLowerCase());
  const right = found.cameras.map(({ right_in_thousand: one }) => (one === null ? "nobody looked at any" : `${(one / 10).toFixed(1)} %`));
  const percent = (thousandths: number) => (thousandths / 10).toFixed(1);
  const checked = found.cameras.map(({ checked_in_thousand: one }) =>
    one === null ? "nobody checked any" : `${percent(one.right)} % (19 times in 20 between ${percent(one.low)} and ${percent(one.high)} %)`,
  );
  const rows = [
    ...told.map(({ id, title }) => [title, ...found.cameras.map((camera) => (camera.counts[id] ?? 0).toLocaleString("en-GB"))]),
    ["Alerts that were right, of those looked at", ...right],
    ["Reads that were right, of those drawn by chance and checked", ...checked],
  ];
  return element(
    "div",
    {},
    table(`What the records hold, ${found.from} until ${found.until}`, ["Of each camera", ...found.cameras.map(({ camera }) => camera)], rows.map(([head, ...more]) => headedRow(head, ...more))),
    silent.length ? element("p", { class: "none" }, `None of any camera: ${silent.join(", ")}.`) : null,
    element(
      "p",
      { class: "none" },
      found.kept_from ? `Reads and alerts before ${found.kept_from} are not kept any more. ` : "No reads or alerts of these days are kept. ",
      "A review of today names this as a file, ",
      element("code", {}, found.sha256.slice(0, 16)),
      "…",
    ),
  );
}

// What the reviewer has before them while they answer.
export async function reviewRecords(site: string): Promise<HTMLElement> {
  return counts(await get<ReviewEvidence>(at(site, "review-evidence")));
}

function resultOf(entry: BookEntry): string {
  const said = [];
  if (entry.passed !== null) said.push(entry.passed ? "passed" : "failed");
  if (entry.accuracy) said.push(`${entry.accuracy.right} of ${entry.accuracy.looked_at} read right`);
  if (entry.clock_off_ms !== null) said.push(`off by ${entry.clock_off_ms} ms`);
  if (entry.ended) said.push(`ended ${entry.ended}`);
  else if (entry.kind === "fault" || entry.kind === "complaint") said.push(entry.is_replaced ? "written anew" : "open");
  return said.join(", ");
}

const kinds: [string, string][] = [
  ["fault", "Fault"],
  ["clock_test", "Test of its clock"],
  ["accuracy_test", "Test of accuracy"],
  ["complaint", "Complaint"],
  ["location", "Location attested"],
];

// Which fields belong to which kind of entry.
function writing(cameras: string[], written: () => Promise<void>): HTMLElement {
  const today = dayIn(0);
  const camera = element("select", {}, ...options(cameras.map((one): [string, string] => [one, one])));
  const kind = element("select", {}, ...options(kinds));
  const day = element("input", { type: "date", value: today, max: today, required: true });
  const words = element("textarea", { rows: 2, maxlength: 1000, required: true });
  const ended = element("input", { type: "date", max: today });
  const passed = element("select", {}, ...options([["yes", "passed"], ["no", "failed"]]));
  const off = element("input", { type: "number" });
  const looked = element("input", { type: "number", min: 1 });
  const right = element("input", { type: "number", min: 0 });
  const ends = element("div", {}, field("Ended on", ended, "When it was mended or answered; empty: it is open"));
  const result = element("div", {}, field("Result", passed));
  const clock = element("div", {}, field("Milliseconds off", off, "Ahead is more than nought"));
  const accuracy = element("div", { class: "pair" }, field("Vehicles looked at", looked), field("Read right", right));
  const fit = () => {
    ends.hidden = !["fault", "complaint"].includes(kind.value);
    result.hidden = !kind.value.endsWith("_test");
    clock.hidden = kind.value !== "clock_test";
    accuracy.hidden = kind.value !== "accuracy_test";
  };
  kind.addEventListener("change", fit);
  fit();
  const trouble = element("div", { role: "alert" });
  const form = element(
    "form",
    { "aria-label": "Write down" },
    element("div", { class: "pair" }, field("Camera", camera), field("What", kind), field("Day", day)),
    field("What was found", words, "No plate and no person"),
    ends,
    result,
    clock,
    accuracy,
    element("button", { class: "main" }, "Write it down"),
    trouble,
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    trouble.textContent = "";
    const entry: Record<string, unknown> = { kind: kind.value, day: day.value, words: words.value };
    if (!ends.hidden && ended.value) entry.ended = ended.value;
    if (!result.hidden) entry.passed = passed.value === "yes";
    if (!clock.hidden && off.value) entry.clock_off_ms = Number(off.value);
    if (!accuracy.hidden && looked.value && right.value) entry.accuracy = { looked_at: Number(looked.value), right: Number(right.value) };
    try {
      await send("POST", `/v1/cameras/${encodeURIComponent(camera.value)}/book`, entry);
      announce("Written down.");
      await written();
    } catch (error) {
      trouble.textContent = (error as Error).message;
    }
  });
  return element("details", {}, element("summary", {}, "Write down a fault, a test or a complaint"), form);
}

function drawn(books: { entries: BookEntry[]; tests: TestDue[] }): HTMLElement[] {
  const overdue = books.tests.filter((one) => one.is_overdue);
  const late = overdue.map((one) =>
    element("li", { class: "overdue" }, `${one.camera}: ${plain(one.test)} ${one.failed ? "failed" : `was due ${one.due}`}`),
  );
  const next = books.tests.filter((one) => !one.is_overdue).map((one) => element("li", {}, `${one.camera}: ${plain(one.test)} due ${one.due}`));
  const rows = [...books.entries].reverse().map((one) => headedRow(one.day, one.camera, plain(one.kind), one.words, resultOf(one), one.by_name));
  return [
    element("ul", { "aria-label": "Tests" }, ...late, ...next),
    rows.length
      ? table("Faults, tests and complaints", ["Day", "Camera", "What", "Found", "Result", "By"], rows)
      : element("p", { class: "none" }, "Nothing was written down of its cameras."),
  ];
}

// The books of a site's cameras, and where whoever may writes in them.
export async function cameraBooks(site: string, cameras: string[], mayWrite: boolean): Promise<HTMLElement> {
  const holder = element("div", {});
  const draw = async (): Promise<void> => {
    const books = await get<{ entries: BookEntry[]; tests: TestDue[] }>(at(site, "camera-books"));
    holder.replaceChildren(...drawn(books), mayWrite && cameras.length ? writing(cameras, draw) : "");
  };
  await draw();
  return holder;
}
