// One's own second factors: which security keys there are, another one, one less.
import type { Steps } from "./account";
import { type Session, get, send } from "./api";
import { announce, element } from "./dom";
import { onceMore } from "./factor_step";
import { type Factor, setUpPage } from "./second_factor";
import { keysWork } from "./security_key";

interface Key {
  id: string;
  name: string;
  since: string;
  used_at: string | null;
}

function day(time: string): string {
  return new Date(time).toLocaleDateString("en-GB");
}

export async function factorsSection(session: Session, steps: Steps): Promise<HTMLElement> {
  const setUp = (factor: Factor) => () => {
    const words = "Show once more who you are. Your other sessions end.";
    steps.go(setUpPage(factor, session, words, steps.back));
  };
  const remove = (key: Key) => () => {
    const words = `“${key.name}” opens nothing here any more. You may show it this last time.`;
    const path = `/v1/security-keys/${encodeURIComponent(key.id)}/remove`;
    steps.go(
      onceMore("Remove a security key", words, async (shown) => {
        await send("POST", path, shown);
        announce("The key is removed.");
        steps.back();
      }),
    );
  };

  const row = (key: Key): HTMLElement => {
    const used = key.used_at ? `used last on ${day(key.used_at)}` : "never used";
    return element(
      "li",
      {},
      element("strong", {}, key.name),
      `, since ${day(key.since)}, ${used} `,
      element("button", { "aria-label": `Remove ${key.name}`, click: remove(key) }, "Remove"),
    );
  };

  const { security_keys: keys } = await get<{ security_keys: Key[] }>("/v1/security-keys");
  return element(
    "section",
    { class: "card", "aria-label": "Your second factors" },
    element("h2", {}, "Your second factors"),
    element("p", {}, "A security key answers this office alone: a page that only looks like it gets nothing from it."),
    keys.length
      ? element("ul", { class: "keys", "aria-label": "Security keys" }, ...keys.map(row))
      : element("p", { class: "none" }, "You have no security key here."),
    element(
      "p",
      { class: "choices" },
      keysWork() ? element("button", { class: "main", click: setUp("key") }, "Add a security key") : null,
      element("button", { click: setUp("app") }, "Set up an authenticator app"),
    ),
  );
}
