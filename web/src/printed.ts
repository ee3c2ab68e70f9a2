// A paper of a site's file, as files to keep: on paper, and as a page.
import { element } from "./dom";
import type { Form } from "./estate_api";

// `on`: as it stood at the end of that day; empty: now.
export function printedLinks(site: string, form: Form, on: string): HTMLElement {
  const at = `/v1/sites/${encodeURIComponent(site)}/papers/${form.id}`;
  const query = on ? `?on=${on}` : "";
  const link = (kind: "pdf" | "page", words: string) =>
    element("a", { href: `${at}/${kind}${query}`, download: true, "aria-label": `${form.title}: ${words}` }, words);
  return element("p", { class: "printed" }, "Printed: ", link("pdf", "PDF"), " · ", link("page", "page"));
}
