// One's own sessions: where somebody is signed in as oneself.
import type { Steps } from "./account";
import { get, send } from "./api";
import { announce, element } from "./dom";
import { timeOf } from "./words";

interface OpenSession {
  id: string;
  since: string;
  seen_at: string;
  until: string;
  is_this: boolean;
}

export async function sessionsSection(steps: Steps): Promise<HTMLElement> {
  const trouble = element("p", { class: "trouble", role: "alert" });
  const end = async (path: string, words: string): Promise<void> => {
    trouble.textContent = "";
    try {
      await send("POST", path);
      announce(words);
      steps.back();
    } catch (error) {
      trouble.textContent = (error as Error).message;
    }
  };

  const row = (one: OpenSession): HTMLElement => {
    const since = timeOf(one.since);
    const path = `/v1/sessions/${encodeURIComponent(one.id)}/end`;
    const click = () => void end(path, "That session ended.");
    return element(
      "li",
      {},
      element("strong", {}, one.is_this ? "This one" : "Another"),
      ", since ",
      since,
      ", used last ",
      timeOf(one.seen_at),
      " ",
      one.is_this ? null : element("button", { "aria-label": `End the session since ${since.textContent}`, click }, "End"),
    );
  };

  const { sessions } = await get<{ sessions: OpenSession[] }>("/v1/sessions");
  const others = () => void end("/v1/sessions/end-others", "Your other sessions ended.");
  return element(
    "section",
    { class: "card", "aria-label": "Your sessions" },
    element("h2", {}, "Your sessions"),
    element("p", {}, "Where somebody is signed in as you. End what you do not know, and change your password."),
    element("ul", { class: "keys", "aria-label": "Open sessions" }, ...sessions.map(row)),
    trouble,
    sessions.length > 1
      ? element("p", { class: "choices" }, element("button", { click: others }, "End all others"))
      : null,
  );
}
