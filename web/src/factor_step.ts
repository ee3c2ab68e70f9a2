// The step after the password: a code, or a security key. And who it is once more, for what asks
// again.
import { Problem } from "./api";
import { announce, element, field } from "./dom";
import { forgetTicket, heldTicket, providerButton, takeRefusal } from "./provider";
import { secretField, secretInput } from "./secret_field";
import { type KeyAnswer, answerOf, keysWork } from "./security_key";

export interface Shown {
  code?: string;
  security_key?: KeyAnswer;
}

export function isFactorAsked(error: unknown): error is Problem {
  return error instanceof Problem && error.code === "second_factor";
}

// `show` hands it to the office, and goes on elsewhere when that is enough.
export function factorStep(asked: Problem, show: (shown: Shown) => Promise<void>): HTMLElement {
  let challenge = asked.challenge;
  const code = element("input", { autocomplete: "one-time-code", required: true });
  const trouble = element("p", { class: "trouble", role: "alert" });
  const submitCode = element("button", { class: challenge ? "" : "main" }, "Sign in");
  const useKey = element("button", { type: "button", class: "main" }, "Use your security key");

  const attempt = async (shown: () => Promise<Shown>, otherwise: string): Promise<void> => {
    trouble.textContent = "";
    submitCode.disabled = useKey.disabled = true;
    try {
      await show(await shown());
    } catch (error) {
      // Each question is good once: the refusal brings the next one.
      if (isFactorAsked(error)) challenge = error.challenge;
      trouble.textContent = isFactorAsked(error) ? otherwise : (error as Error).message;
    } finally {
      submitCode.disabled = useKey.disabled = false;
    }
  };

  useKey.addEventListener("click", () => {
    const question = challenge;
    if (!question) return;
    announce("Touch your security key.");
    void attempt(
      async () => ({ security_key: await answerOf(question) }),
      "The office does not take this key's answer. Try again, or tell your administrator.",
    );
  });

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const typed = code.value.trim();
    code.value = "";
    void attempt(
      async () => ({ code: typed }),
      "That code is wrong, or was used: wait for the next one.",
    ).then(() => code.focus());
  };

  return element(
    "form",
    { class: "card sign-in", submit },
    element("h1", {}, "Your second factor"),
    challenge && keysWork() ? useKey : null,
    field("Code of your app", code, "Or one of those that you have on paper."),
    trouble,
    submitCode,
  );
}

// What the first control of a step is for; whoever came by keyboard goes on there.
export function enter(step: HTMLElement): void {
  step.querySelector<HTMLElement>("button.main[type=button], input")?.focus();
}

// What shows who somebody is once more: a password, or the identity provider's word in its place.
type OnceMore = { password: string } | { ticket: string };

// A card that asks for the password once more, or takes what the identity provider has just said;
// and for a second factor where there is one. `attempt` asks the office, and goes on elsewhere when
// that is enough.
export function onceMore(
  title: string,
  words: string,
  attempt: (shown: Shown & OnceMore) => Promise<void>,
  ...more: HTMLElement[]
): HTMLElement {
  const page = element("div", {});
  const trouble = element("p", { class: "trouble", role: "alert" }, takeRefusal());
  const password = secretInput("current-password");
  const ticket = heldTicket();
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    trouble.textContent = "";
    const typed: OnceMore = ticket ? { ticket } : { password: password.value };
    try {
      await attempt(typed);
    } catch (error) {
      if (!isFactorAsked(error)) {
        trouble.textContent = (error as Error).message;
        if (ticket) forgetTicket();
        return;
      }
      const step = factorStep(error, (shown) => attempt({ ...typed, ...shown }));
      page.replaceChildren(step);
      enter(step);
    }
  };
  const begin = "/v1/vouched-once-more/begin";
  const elsewhere = (name: string): string => `Show it at ${name} instead`;
  page.append(
    element(
      "form",
      { class: "card sign-in", submit: (event: SubmitEvent) => void submit(event) },
      element("h1", {}, title),
      element("p", {}, words),
      ticket
        ? element("p", {}, "The identity provider has just said that it is you.")
        : secretField("Password, once more", password),
      trouble,
      element("button", { class: "main" }, "Go on"),
      ...more,
      ticket ? null : providerButton(begin, elsewhere, trouble),
    ),
  );
  return page;
}
