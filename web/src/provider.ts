// The identity provider, where the office has one: the way there, and the ticket that those bring
// back who show once more who they are.
import { get, send } from "./api";
import { element } from "./dom";

// What the state starts with of a browser that left for that.
const onceMoreMark = "again.";
// A little less than the office takes it for.
const heldFor_ms = 270_000;

// In this page's memory alone; whoever opens the console anew has none.
let held: { ticket: string; until: number } | null = null;
let refusal = "";

export function isOnceMore(state: string): boolean {
  return state.startsWith(onceMoreMark);
}

export async function takeTicket(back: Record<string, string>): Promise<void> {
  try {
    const { ticket } = await send<{ ticket: string }>("POST", "/v1/vouched-once-more", back);
    held = { ticket, until: performance.now() + heldFor_ms };
  } catch (error) {
    refusal = (error as Error).message;
  }
}

export function heldTicket(): string | null {
  if (held && performance.now() >= held.until) held = null;
  return held?.ticket ?? null;
}

export function forgetTicket(): void {
  held = null;
}

// Why there is no ticket, once.
export function takeRefusal(): string {
  const why = refusal;
  refusal = "";
  return why;
}

// A button that leaves for the provider, once it is known that there is one. `begin`: the route
// that says where it is.
export function providerButton(
  begin: string,
  words: (name: string) => string,
  trouble: HTMLElement,
): HTMLElement {
  const place = element("p", { class: "choices" });
  const leave = async (): Promise<void> => {
    trouble.textContent = "";
    try {
      location.assign((await send<{ url: string }>("POST", begin, {})).url);
    } catch (error) {
      trouble.textContent = (error as Error).message;
    }
  };
  void get<{ identity_provider: string | null }>("/v1/sign-in-ways")
    .then(({ identity_provider: name }) => {
      if (!name) return;
      const click = () => void leave();
      place.append(element("button", { type: "button", click }, words(name)));
    })
    .catch(() => undefined); // then the password is the way
  return place;
}
