// What was found, as one file for a court: asked for under a permit of its own, and on record.
import { evidence } from "./api";
import { announce, element } from "./dom";

export function exportButton(question: unknown, trouble: (error: unknown) => void): HTMLElement {
  const button = element("button", {}, "Export as evidence");
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const { name, file } = await evidence(question);
      const url = URL.createObjectURL(file);
      const link = element("a", { href: url, download: name });
      document.body.append(link);
      link.click();
      link.remove();
      URL.revokeObjectURL(url);
      announce(`Saved as ${name}. Anybody can check it with the office's public key.`);
    } catch (error) {
      trouble(error);
    } finally {
      button.disabled = false;
    }
  });
  return button;
}
