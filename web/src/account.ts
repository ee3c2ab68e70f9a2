// One's own account: what happened to it, the password, sessions, second factors.
import type { Session } from "./api";
import { byId, element } from "./dom";
import { factorsSection } from "./keys";
import { newsSection } from "./news";
import { passwordForm } from "./password";
import { sessionsSection } from "./sessions";

// What a section of the page may do with it: put a step in its place, and come back.
export interface Steps {
  go: (step: HTMLElement) => void;
  back: () => void;
}

function passwordSection(steps: Steps): HTMLElement {
  const change = (): void => steps.go(passwordForm(steps.back, steps.back));
  return element(
    "section",
    { class: "card", "aria-label": "Your password" },
    element("h2", {}, "Your password"),
    element("p", {}, "Whoever has it looks at plates in your name."),
    element("p", { class: "choices" }, element("button", { click: change }, "Change your password")),
  );
}

export function accountPage(session: Session, signedOut: () => void): HTMLElement {
  const page = element("div", { class: "account" });
  const show = async (): Promise<void> => {
    try {
      const asked = [newsSection(), sessionsSection(steps), factorsSection(session, steps)];
      const [news, ...others] = await Promise.all(asked);
      page.replaceChildren(element("h1", {}, "Your account"), news!, passwordSection(steps), ...others);
      byId("main").focus();
    } catch {
      signedOut();
    }
  };
  const steps: Steps = {
    go: (step) => {
      page.replaceChildren(step);
      page.querySelector<HTMLElement>("input, button.main")?.focus();
    },
    back: () => void show(),
  };
  void show();
  return page;
}
