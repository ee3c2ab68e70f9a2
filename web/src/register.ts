// Questions about the register of cameras. The answers are drafts: not for release.
import { Problem, type Session } from "./api";
import { announce, element, field, options } from "./dom";
import { type Draft, askRegister } from "./estate_api";
import { addCost } from "./register_cost";
import { registerImport } from "./register_import";
import { dayIn, plain } from "./words";

const questions: [string, string][] = [
  ["standing", "How many cameras stood at the end of the last day, by kind?"],
  ["installed", "How many were installed between the two days?"],
  ["removed", "How many were removed between the two days?"],
  ["costs", "What did they cost, by year and kind? (pounds)"],
  ["grounds", "On what grounds do those stand that stood on the last day?"],
  ["reviews", "How many reviews were done between the two days, and overdue at the end?"],
  ["impact_published", "Of how many is the impact assessment published?"],
];

function figure(line: Draft["lines"][number]): string {
  const value = line.value.toLocaleString("en-GB");
  const words = { exact: value, approximate: `about ${value}`, not_recorded: "not recorded" }[line.how];
  const counted = line.counted ? `${words}, by the count of ${line.counted}` : words;
  const open = line.unknown ? `${counted}, and ${line.unknown} not recorded` : counted;
  if (!line.without.length) return open;
  return `${open}, of what is recorded; not recorded: ${line.without.map(plain).join(", ")}`;
}

function shown(draft: Draft): HTMLElement {
  const mark = () => element("p", { class: "not-for-release" }, draft.release);
  return element(
    "section",
    { class: "draft", "aria-label": "Draft" },
    mark(),
    element(
      "table",
      {},
      element("caption", {}, `${plain(draft.question)}, ${draft.from} to ${draft.until}`),
      element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "Of"), element("th", { scope: "col" }, "How many"))),
      element("tbody", {}, ...draft.lines.map((line) => element("tr", {}, element("th", { scope: "row" }, plain(line.of)), element("td", {}, figure(line))))),
    ),
    mark(),
  );
}

export function registerPage(session: Session, signedOut: () => void): { page: HTMLElement; leave: () => void } {
  const today = dayIn(0);
  const question = element("select", {}, ...options(questions));
  const from = element("input", { type: "date", value: `${today.slice(0, 4)}-01-01`, required: true });
  const until = element("input", { type: "date", value: today, required: true });
  const known = element("input", { type: "date", max: today });
  const answer = element("div", { role: "status" });
  const form = element(
    "form",
    { class: "card" },
    element("h1", {}, "Register"),
    field("Question", question),
    element("div", { class: "pair" }, field("First day", from), field("Last day", until)),
    field("As known on", known, "What the register said at the end of that day; empty: what it says now."),
    element("button", { class: "main" }, "Ask"),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      answer.replaceChildren(shown(await askRegister(question.value, from.value, until.value, known.value)));
      announce("Answered: a draft, not for release.");
    } catch (error) {
      if (error instanceof Problem && error.status === 401) return signedOut();
      answer.replaceChildren(element("p", { role: "alert" }, (error as Error).message));
    }
  });
  const mayTakeIn = session.person.roles.includes("anpr_manager");
  return { page: element("div", {}, form, answer, mayTakeIn && addCost(), mayTakeIn && registerImport()), leave: () => undefined };
}
