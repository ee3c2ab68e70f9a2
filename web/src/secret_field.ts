// A field for a password, and a box that shows what was typed there: long ones are easily mistyped.
import { element, field } from "./dom";

export function secretField(label: string, input: HTMLInputElement, hint = ""): HTMLElement {
  const box = element("input", { type: "checkbox" });
  box.addEventListener("change", () => {
    input.type = box.checked ? "text" : "password";
  });
  const shows = element("label", { class: "shows" }, box, " Show what I type");
  return element("div", {}, field(label, input, hint), shows);
}

export function secretInput(autocomplete: "current-password" | "new-password"): HTMLInputElement {
  // Shown or not, nobody corrects its spelling or sends it anywhere for that.
  return element("input", {
    type: "password",
    autocomplete,
    required: true,
    spellcheck: "false",
    autocapitalize: "off",
  });
}
