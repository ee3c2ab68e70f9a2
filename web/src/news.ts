// What happened to one's own account since one signed in before.
import { get } from "./api";
import { byId, element } from "./dom";
import { timeOf } from "./words";

interface AccountNews {
  signed_in_before: string | null;
  refused: number;
  changes: { change: string; at: string; is_new: boolean }[];
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
  tries_refused: "A sign-in, after tries with a wrong password or second factor",
};

function linesOf({ signed_in_before: before, refused }: AccountNews, changes: AccountNews["changes"]): HTMLElement[] {
  const lines: HTMLElement[] = before ? [element("p", {}, "Before this you signed in on ", timeOf(before), ".")] : [];
  if (refused > 0) {
    const tries = refused === 1 ? "1 try" : `${refused} tries`;
    const text = `${tries} with a wrong password or second factor before this sign-in.`;
    lines.push(element("p", { class: "trouble" }, text));
  }
  if (changes.length) {
    const rows = changes.map(({ change, at }) => element("li", {}, `${words[change] ?? change}, `, timeOf(at)));
    lines.push(element("ul", { "aria-label": "What was changed" }, ...rows));
  }
  if (refused > 0 || changes.length) {
    lines.push(element("p", {}, "If any of this is not as you remember it, tell your administrator."));
  }
  return lines;
}

export async function newsSection(): Promise<HTMLElement> {
  const news = await get<AccountNews>("/v1/account/news");
  return element(
    "section",
    { class: "card", "aria-label": "What happened" },
    element("h2", {}, "What happened in the last year"),
    ...linesOf(news, news.changes),
  );
}

// Whose news it is that is asked for: not another's, who signed in meanwhile.
let asked = 0;

export function forgetNews(): void {
  asked += 1;
  const place = byId("news");
  place.hidden = true;
  place.replaceChildren();
}

// Above every page, for whoever has just signed in, until they close it: what is new.
export async function tellNews(): Promise<void> {
  const mine = ++asked;
  let news: AccountNews;
  try {
    news = await get<AccountNews>("/v1/account/news");
  } catch {
    return; // it is on the account's page
  }
  const lines = linesOf(news, news.changes.filter((each) => each.is_new));
  if (mine !== asked || !lines.length) return;
  const close = element("button", { class: "link", click: forgetNews }, "Close");
  const place = byId("news");
  place.replaceChildren(...lines, close);
  place.hidden = false;
}
