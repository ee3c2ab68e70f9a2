// Who may sign in and what they belong to; which organisation is part of which.
import { type Organisation, type OrganisationKind, type PersonRecord, Problem, type Session, get, send } from "./api";
import { announce, element, field, options, table } from "./dom";
import { refusal } from "./question";

const kindWords: [OrganisationKind, string][] = [
  ["partner", "Partner"],
  ["force", "Force"],
  ["region", "Region"],
  ["national", "National"],
];

function wordOf(kind: OrganisationKind): string {
  return kindWords.find(([each]) => each === kind)?.[1] ?? kind;
}

function stateOf(one: Organisation): string {
  if (one.until) return `Closed ${one.until.slice(0, 10)}`;
  return one.taken_over ? "Taken over: say what it is" : "Stands";
}

type Move = (person: PersonRecord, to: string) => Promise<void>;

// Where somebody belongs, and where else they could. Whoever moves is signed out.
function placeOf(one: PersonRecord, all: Organisation[], move: Move): (Node | string)[] {
  const others = all.filter((each) => !each.until && each.id !== one.organisation);
  if (!one.active || others.length === 0) return [one.organisation];
  const to = element(
    "select",
    { "aria-label": `Move ${one.sign_in_name} to` },
    ...options([["", "Move to…"], ...others.map((each): [string, string] => [each.id, each.name])]),
  );
  const button = element("button", { class: "link", "aria-label": `Move ${one.sign_in_name}` }, "Move");
  button.addEventListener("click", () => {
    if (to.value) void move(one, to.value);
    else to.focus();
  });
  return [one.organisation, " ", to, " ", button];
}

function personRow(one: PersonRecord, all: Organisation[], move: Move): HTMLElement {
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, one.sign_in_name),
    element("td", {}, one.display_name),
    element("td", {}, ...placeOf(one, all, move)),
    element("td", {}, one.roles.join(", ")),
    element("td", {}, one.active ? "May sign in" : "Ended"),
  );
}

export function peoplePage(_session: Session, signedOut: () => void): { page: HTMLElement; leave: () => void } {
  const trouble = element("div", { role: "alert" });
  const organisations = element("div", {});
  const people = element("div", {});
  const id = element("input", { required: true, maxlength: 64, autocomplete: "off", spellcheck: "false" });
  const name = element("input", { required: true, maxlength: 128, autocomplete: "off" });
  const kind = element("select", {}, ...options(kindWords));
  const parent = element("select", {});
  kind.value = "force";
  let all: Organisation[] = [];

  function offerParents(): void {
    const chosen = parent.value;
    const higher = kindWords.map(([each]) => each).slice(kindWords.findIndex(([each]) => each === kind.value) + 1);
    const fit = all.filter((one) => !one.until && one.id !== id.value && higher.includes(one.kind));
    parent.replaceChildren(
      ...options([["", "Nothing"], ...fit.map((one): [string, string] => [one.id, `${one.name} (${one.id})`])]),
    );
    parent.value = fit.some((one) => one.id === chosen) ? chosen : "";
  }
  kind.addEventListener("change", offerParents);

  function failed(error: unknown): void {
    if (!(error instanceof Problem)) throw error;
    if (error.status === 401) return signedOut();
    trouble.replaceChildren(refusal(error));
  }

  async function act(path: string, body: object, done: string): Promise<void> {
    trouble.replaceChildren();
    try {
      await send("POST", path, body);
      await load();
      announce(done);
    } catch (error) {
      failed(error);
    }
  }

  const move: Move = (person, to) =>
    act(
      `/v1/people/${encodeURIComponent(person.id)}/organisation`,
      { organisation: to },
      `${person.sign_in_name} belongs to ${to} from now on, and is signed out.`,
    );

  // What is known goes into the form; sending it says it anew.
  function fillFrom(one: Organisation): void {
    id.value = one.id;
    name.value = one.name;
    kind.value = one.kind;
    offerParents();
    parent.value = one.parent ?? "";
    name.focus();
    announce(`${one.id} is filled in. Change it and send the form.`);
  }

  function row(one: Organisation): HTMLElement {
    const buttons = one.until
      ? []
      : [
          element("button", { class: "link", "aria-label": `Change ${one.id}`, click: () => fillFrom(one) }, "Change"),
          " ",
          element(
            "button",
            {
              class: "link",
              "aria-label": `Close ${one.id}`,
              click: () => void act(`/v1/organisations/${one.id}/close`, {}, `${one.id} is closed.`),
            },
            "Close",
          ),
        ];
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, one.id),
      element("td", {}, one.name),
      element("td", {}, wordOf(one.kind)),
      element("td", {}, one.parent ?? "–"),
      element("td", { class: "number" }, String(one.people)),
      element("td", {}, stateOf(one)),
      element("td", {}, ...buttons),
    );
  }

  async function load(): Promise<void> {
    all = (await get<{ organisations: Organisation[] }>("/v1/organisations")).organisations;
    const known = (await get<{ people: PersonRecord[] }>("/v1/people")).people;
    organisations.replaceChildren(
      table("Organisations", ["Id", "Name", "Kind", "Part of", "People", "State", "Do"], all.map(row)),
    );
    people.replaceChildren(table("People", ["Sign-in name", "Name", "Organisation", "Roles", "Access"], known.map((one) => personRow(one, all, move))));
    offerParents();
  }

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const about = { kind: kind.value, name: name.value.trim(), parent: parent.value };
    const there = all.find((one) => one.id === id.value.trim() && !one.until);
    void (there
      ? act(`/v1/organisations/${there.id}`, about, `${there.id} is changed.`)
      : act("/v1/organisations", { id: id.value.trim(), ...about }, `${id.value.trim()} is added.`));
  };

  load().catch(failed);
  return {
    page: element(
      "div",
      { class: "people" },
      element("h1", {}, "People"),
      trouble,
      element(
        "section",
        { class: "card" },
        element("h2", {}, "Organisations"),
        element(
          "p",
          {},
          "Everybody belongs to one. Whoever stands above may review what its people search and, where the policy says so, authorise it; a list that alerts a region alerts its forces.",
        ),
        organisations,
        element(
          "form",
          { submit },
          element(
            "fieldset",
            {},
            element("legend", {}, "Add or change an organisation"),
            field("Id", id, "One that stands is changed; a new one is added"),
            field("Name", name),
            field("Kind", kind),
            field("Part of", parent, "One of a higher kind"),
          ),
          element("button", { class: "main" }, "Save organisation"),
        ),
      ),
      element("section", { class: "card", "aria-label": "Everybody" }, people),
    ),
    leave: () => undefined,
  };
}
