// A search of what is kept: never without a purpose, always recorded.
import {
  type Authority,
  type AuthorityScope,
  type Convoy,
  type Found,
  type Problem,
  type Read,
  type Session,
  authorities,
  picture,
  send,
} from "./api";
import { convoyTable, convoyWords } from "./convoy";
import { announce, element, field, options, table } from "./dom";
import { exportButton, saveEvidence } from "./export_evidence";
import { handOver, take } from "./handed";
import { type Question, ahead, refusal, whereFields, whyFields } from "./question";
import { sightingHeads, sightingRow } from "./sighting_row";
import { track } from "./track";
import { authorityStateWords, plateWords, timeText, usesWords } from "./words";

type LookFor = "search_sightings" | "find_convoys" | "track_plate" | "export_held";

interface Asked extends Question {
  rows: number;
  area?: AuthorityScope["area"];
  authority?: string;
}

const pageRows = 100;
const day = 86_400_000;

function authorityText(one: Authority): string {
  const what = plateWords((one.granted ?? one.asked).plate);
  return `${what}, ${one.purpose.reference}: ${usesWords(one)}, until ${timeText(one.valid_until ?? "")}`;
}

export function searchPage(session: Session): HTMLElement {
  const lookFor = element(
    "select",
    {},
    ...options([
      ["search_sightings", "What cameras saw"],
      ["find_convoys", "Who was seen with a vehicle"],
      ["track_plate", "One vehicle, as it moves"],
      ["export_held", "What is held for a case, as evidence"],
    ]),
  );
  const camerasLeast = element("input", { type: "number", min: 2, max: 100, value: 2, required: true });
  const apart = element("input", { type: "number", min: 1, max: 300, value: 60, required: true });
  const together = element(
    "div",
    { hidden: true },
    field("Places at least", camerasLeast, "Seen with it at so many different cameras"),
    field("Seconds apart at most", apart, "Name the plate whole; a day at a time, unless an authority says more"),
  );
  const hold = element("input", { required: true, disabled: true, maxlength: 64, autocomplete: "off" });
  const heldAs = field("Held as", hold, "The hold's id; the reference below is the one that it was made for");
  heldAs.hidden = true;
  const where = whereFields(field("Look for", lookFor), together, heldAs);
  const authority = element("select", {});
  const authorityField = field("Authority", authority, "Under it, each page of results is one use.");
  const why = whyFields();
  const trouble = element("div", { role: "alert" });
  const results = element("section", { "aria-label": "What was found", tabindex: -1 });
  const button = element("button", { class: "main" }, "Search");

  let known: Authority[] = [];
  let granted: Authority[] = [];
  function offer(all: Authority[]): void {
    known = all;
    const chosen = authority.value;
    granted = all.filter(
      (one) =>
        one.state === "granted" && one.act === lookFor.value && one.requester === session.person.id,
    );
    const texts = granted.map((one): [string, string] => [one.id, authorityText(one)]);
    authority.replaceChildren(...options([["", "None: what my own role allows"], ...texts]));
    authority.value = granted.some((one) => one.id === chosen) ? chosen : "";
    authorityField.hidden = granted.length === 0;
  }
  lookFor.addEventListener("change", () => {
    const isConvoy = lookFor.value === "find_convoys";
    together.hidden = !isConvoy;
    const isHeld = lookFor.value === "export_held";
    heldAs.hidden = !isHeld;
    hold.disabled = !isHeld;
    offer(known);
    if (lookFor.value === "track_plate") return where.fill({ ...where.value(), ...ahead() });
    // As much as one's own role allows, unless somebody says otherwise.
    const asked = where.value();
    const dayBefore = Date.parse(asked.until) - day;
    if (isConvoy && Date.parse(asked.from) < dayBefore) {
      where.fill({ ...asked, from: new Date(dayBefore).toISOString() });
    }
  });
  // What was granted is filled in whole: it is for that matter only, and may be narrowed.
  function fillFrom(one: Authority): void {
    where.fill(one.granted ?? one.asked);
    why.fill(one.purpose);
    announce("Filled in as it was granted. You may narrow it.");
  }
  authority.addEventListener("change", () => {
    const one = granted.find(({ id }) => id === authority.value);
    if (one) fillFrom(one);
  });

  // Taken once: a next page is of the same question, whatever stands in the form by then.
  function question(): Asked {
    const asked: Asked = { purpose: why.value(), ...where.value(), rows: pageRows };
    const one = granted.find(({ id }) => id === authority.value);
    if (!one) return asked;
    // What has no field here is as it was granted: without it the search would reach further.
    const { area, rows } = one.granted ?? one.asked;
    return { ...asked, ...(area ? { area } : {}), rows: Math.min(pageRows, rows), authority: one.id };
  }

  // What is left of the authority after a search under it, in words.
  async function left(id: string): Promise<string> {
    try {
      const all = await authorities();
      offer(all);
      const one = all.find((each) => each.id === id);
      return one ? ` The authority: ${authorityStateWords(one)}.` : "";
    } catch {
      return "";
    }
  }

  async function search(asked: Asked, after: string, body: HTMLElement): Promise<void> {
    const found = await send<Found>("POST", "/v1/searches", { ...asked, after });
    const row = (read: Read) => sightingRow(read, (kind) => picture(read, kind, asked.purpose, asked.authority));
    body.append(...found.sightings.map(row));
    results.querySelector(".more")?.remove();
    if (found.next) {
      const more = element("button", { class: "more" }, "Show more");
      more.addEventListener("click", () => {
        more.disabled = true;
        trouble.replaceChildren();
        void search(asked, found.next, body).catch((error: unknown) => {
          more.disabled = false;
          showTrouble(error, asked);
        });
      });
      results.append(more);
    }
    const count = body.childElementCount;
    const noun = count === 1 ? "sighting" : "sightings";
    const text = `${count}${found.next ? " or more" : ""} ${noun}. Recorded as ${found.receipt} in the audit log.${
      asked.authority ? await left(asked.authority) : ""
    }`;
    results.querySelector(".count")?.replaceChildren(text);
    announce(text);
  }

  async function findConvoys(asked: Asked): Promise<void> {
    const found = await send<Convoy>("POST", "/v1/convoys", {
      ...asked,
      cameras_least: Number(camerasLeast.value),
      apart_seconds: Number(apart.value),
    });
    const text = `${convoyWords(found)}${asked.authority ? await left(asked.authority) : ""}`;
    results.replaceChildren(
      element("p", { class: "count" }, text),
      ...(found.companions.length ? [convoyTable(found)] : []),
    );
    announce(text);
  }

  async function exportHeld(asked: Asked): Promise<void> {
    const { rows: _, ...whole } = asked;
    const text = await saveEvidence({ ...whole, hold: hold.value.trim() });
    results.replaceChildren(element("p", { class: "count" }, text));
  }

  async function followVehicle(asked: Asked): Promise<void> {
    const { from: _, ...fromNowOn } = asked;
    await track(fromNowOn, results);
  }

  function showTrouble(error: unknown, asked: Asked, act: LookFor = "search_sightings"): void {
    const problem = error as Problem;
    const kind = problem.authority;
    if (kind === null || act === "export_held") return trouble.replaceChildren(refusal(problem));
    const { purpose, plate, cameras, from, until } = asked;
    const onward = element("button", {}, "Ask a senior officer");
    onward.addEventListener("click", () =>
      handOver("#/authority", { question: { purpose, plate, cameras, from, until }, kind, act }),
    );
    trouble.replaceChildren(refusal(problem, onward));
  }

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    trouble.replaceChildren();
    const act = lookFor.value as LookFor;
    if (act !== "search_sightings") {
      const asked = question();
      results.replaceChildren();
      button.disabled = true;
      try {
        const ways = { find_convoys: findConvoys, track_plate: followVehicle, export_held: exportHeld };
        await ways[act](asked);
        results.focus();
      } catch (error) {
        showTrouble(error, asked, act);
      } finally {
        button.disabled = false;
      }
      return;
    }
    const body = element("tbody", {});
    results.replaceChildren(
      element("p", { class: "count" }),
      table("Found", sightingHeads, body),
    );
    button.disabled = true;
    const asked = question();
    try {
      await search(asked, "", body);
      const { rows: _, ...whole } = asked;
      if (body.childElementCount > 0) {
        results.append(exportButton(whole, (error) => showTrouble(error, asked)));
      }
      results.focus();
    } catch (error) {
      results.replaceChildren();
      showTrouble(error, asked);
    } finally {
      button.disabled = false;
    }
  };

  offer([]);
  const under = take("#/search");
  if (under) {
    if (under.act === "find_convoys" || under.act === "track_plate") lookFor.value = under.act;
    together.hidden = lookFor.value !== "find_convoys";
    offer([under]);
    authority.value = under.id;
    fillFrom(under);
  }
  // Without an answer nothing is offered: a search on one's own is as good as before.
  authorities().then(offer, () => undefined);

  return element(
    "div",
    { class: "search" },
    element(
      "form",
      { class: "card", submit },
      element("h1", {}, "Search"),
      authorityField,
      where.fieldset,
      why.fieldset,
      button,
    ),
    trouble,
    results,
  );
}
