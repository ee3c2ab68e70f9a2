// What was found, or is held for a case, as one file for a court: asked for under a permit of its
// own, and on record.
import { evidence } from "./api";
import { announce, element } from "./dom";

// Gives the name under which the browser keeps it.
export async function saveEvidence(question: unknown): Promise<string> {
  const { name, file } = await evidence(question);
  const url = URL.createObjectURL(file);
  const link = element("a", { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  URL.revokeObjectURL(url);
  const text = `Saved as ${name}. Anybody can check it with the office's public key.`;
  announce(text);
  return text;
}

export function exportButton(question: unknown, trouble: (error: unknown) => void): HTMLElement {
  const button = element("button", {}, "Export as evidence");
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await saveEvidence(question);
    } catch (error) {
      trouble(error);
    } finally {
      button.disabled = false;
    }
  });
  return button;
}
