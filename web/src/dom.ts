// Elements without a framework: text is always set as text, never as HTML.

type Child = Node | string | null | undefined | false;
type Attributes = Record<string, string | number | boolean | ((event: never) => void) | undefined>;

export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === "function") made.addEventListener(key, value as EventListener);
    else if (value === true) made.setAttribute(key, "");
    else made.setAttribute(key, String(value));
  }
  made.append(...children.filter((child): child is Node | string => Boolean(child)));
  return made;
}

export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

// Speaks to a screen reader without moving the focus.
export function announce(text: string): void {
  byId("announce").textContent = text;
}

let fieldsMade = 0;

// A labelled input, select or textarea, with a hint that belongs to it.
export function field(
  label: string,
  input: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement,
  hint = "",
): HTMLElement {
  fieldsMade += 1;
  input.id ||= `field-${fieldsMade}`;
  const note = hint ? element("small", { id: `${input.id}-hint` }, hint) : null;
  if (note) input.setAttribute("aria-describedby", note.id);
  return element("div", { class: "field" }, element("label", { for: input.id }, label), input, note);
}

export function options(values: [value: string, text: string][]): HTMLOptionElement[] {
  return values.map(([value, text]) => element("option", { value }, text));
}

// Terms and what there is to say of each; nothing is said of what is not known.
export function facts(rows: [string, (Node | string | null)[]][]): HTMLElement {
  const list = element("dl", {});
  for (const [term, value] of rows) {
    const known = value.filter((one): one is Node | string => one !== null && one !== "");
    if (known.length) list.append(element("dt", {}, term), element("dd", {}, ...known));
  }
  return list;
}

export function cells(...values: Child[]): HTMLTableCellElement[] {
  return values.map((one) => element("td", {}, one));
}

// Its first cell heads the row.
export function headedRow(head: Child, ...values: Child[]): HTMLTableRowElement {
  return element("tr", {}, element("th", { scope: "row" }, head), ...cells(...values));
}

// A table wider than the page moves by itself, with the keyboard too. `rows` may be a body that
// grows.
export function table(
  caption: string,
  heads: string[],
  rows: HTMLElement[] | HTMLTableSectionElement,
): HTMLElement {
  return element(
    "div",
    { class: "wide", tabindex: 0, role: "group", "aria-label": caption },
    element(
      "table",
      {},
      element("caption", {}, caption),
      element("thead", {}, element("tr", {}, ...heads.map((one) => element("th", { scope: "col" }, one)))),
      Array.isArray(rows) ? element("tbody", {}, ...rows) : rows,
    ),
  );
}
