// What happened to one's own account since one signed in before.
import { get } from "./api";
import { byId, element } from "./dom";

interface AccountNews {
  signed_in_before: string | null;
  refused: number;
  changes: { change: string; at: string }[];
}

const words: Record<string, string> = {
  password_chosen: "You chose a password with a one-time code",
  password_changed: "You changed your password",
  password_reset: "An administrator reset your password",
  app_set_up: "You set up an authenticator app",
  key_added: "You added a security key",
  key_removed: "You removed a security key",
  key_taken: "An administrator took away a security key of yours",
  factors_removed: "An administrator removed your second factor",
};

function moment(time: string): string {
  return new Date(time).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });
}

function linesOf(news: AccountNews): HTMLElement[] {
  const { signed_in_before: before, refused, changes } = news;
  const first = before
    ? `Before this you signed in on ${moment(before)}.`
    : "No sign-in of yours before this one is on record.";
  const tries = refused === 1 ? "1 try" : `${refused} tries`;
  const lines: HTMLElement[] = [element("p", {}, first)];
  if (refused > 0) {
    const text = `${tries} with a wrong password or second factor since then.`;
    lines.push(element("p", { class: "trouble" }, text));
  }
  if (changes.length) {
    const rows = changes.map(({ change, at }) => element("li", {}, `${words[change] ?? change}, ${moment(at)}`));
    lines.push(element("ul", { "aria-label": "What was changed" }, ...rows));
  }
  if (refused > 0 || changes.length) lines.push(element("p", {}, "If that was not you, tell your administrator."));
  return lines;
}

export async function newsSection(): Promise<HTMLElement> {
  const news = await get<AccountNews>("/v1/account/news");
  return element(
    "section",
    { class: "card", "aria-label": "What happened" },
    element("h2", {}, "Since you signed in before"),
    ...linesOf(news),
  );
}

export function forgetNews(): void {
  const place = byId("news");
  place.hidden = true;
  place.replaceChildren();
}

// Above every page, for whoever has just signed in, until they close it.
export async function tellNews(): Promise<void> {
  let news: AccountNews;
  try {
    news = await get<AccountNews>("/v1/account/news");
  } catch {
    return; // it is on the account's page
  }
  const close = element("button", { class: "link", click: forgetNews }, "Close");
  const place = byId("news");
  place.replaceChildren(...linesOf(news), close);
  place.hidden = false;
}
