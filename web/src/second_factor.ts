// Setting up a second factor, an authenticator app or a security key: whose role asks for one comes
// here first.
import { type Session, send } from "./api";
import { announce, element, field } from "./dom";
import { onceMore } from "./factor_step";
import { type KeyRequest, keysWork, make } from "./security_key";

interface Begun {
  secret: string;
  uri: string;
}

// In groups of four, as people read such things aloud.
function grouped(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, "$1 ");
}

function codesOf(codes: string[], done: () => void): HTMLElement {
  return element(
    "section",
    { class: "card sign-in" },
    element("h1", {}, "Keep these on paper"),
    element("p", {}, "Each is good for one sign-in, for the day your second factor is lost. They are shown this once."),
    element("ul", { class: "codes" }, ...codes.map((code) => element("li", {}, element("code", {}, code)))),
    element("button", { class: "main", click: done }, "I have them"),
  );
}

// A form with one field, whose work says what is wrong in words.
function oneField(
  title: string,
  words: Node[],
  label: string,
  input: HTMLInputElement,
  press: string,
  work: () => Promise<void>,
): HTMLElement {
  const trouble = element("p", { class: "trouble", role: "alert" });
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    trouble.textContent = "";
    work().catch((error: Error) => {
      trouble.textContent = error.message;
    });
  };
  return element(
    "form",
    { class: "card sign-in", submit },
    element("h1", {}, title),
    ...words,
    field(label, input),
    trouble,
    element("button", { class: "main" }, press),
  );
}

function appForm(begun: Begun, confirmed: (codes: string[]) => void): HTMLElement {
  const code = element("input", { autocomplete: "one-time-code", inputmode: "numeric", required: true });
  const words = [
    element("p", {}, "Type this secret into the app, or open the link on the device that has it."),
    element("p", {}, element("code", { class: "secret" }, grouped(begun.secret))),
    element("p", {}, element("a", { href: begun.uri }, "Open it in the app")),
  ];
  const title = "Your authenticator app";
  return oneField(title, words, "The code that it shows now", code, "Put it in force", async () => {
    const typed = { code: code.value.trim() };
    const { recovery_codes } = await send<{ recovery_codes: string[] }>(
      "POST",
      "/v1/second-factor/confirm",
      typed,
    );
    confirmed(recovery_codes);
  });
}

function keyForm(request: KeyRequest, session: Session, added: (codes: string[]) => void): HTMLElement {
  const name = element("input", { maxlength: 64, required: true });
  const words = [element("p", {}, "Put the key in. The browser asks you to touch it.")];
  return oneField("Your security key", words, "What you call it", name, "Make it known", async () => {
    announce("Touch your security key.");
    const made = await make(request, session.person.display_name);
    const body = { name: name.value.trim(), ...made };
    const { recovery_codes } = await send<{ recovery_codes: string[] }>("POST", "/v1/security-keys", body);
    added(recovery_codes);
  });
}

export type Factor = "app" | "key";

// The steps of one of the two; `why` stands on the first. `other`: what else can be chosen there.
export function setUpPage(
  factor: Factor,
  session: Session,
  why: string,
  done: () => void,
  ...other: HTMLElement[]
): HTMLElement {
  const page = element("div", {});
  const go = (next: HTMLElement): void => {
    page.replaceChildren(next);
    page.querySelector<HTMLElement>("input, button")?.focus();
  };
  const finish = (codes: string[]): void => {
    session.lacks_second_factor = false;
    if (!codes.length) {
      done();
      return;
    }
    go(codesOf(codes, done));
    announce("Your second factor is in force. Keep the codes on paper.");
  };
  const title = factor === "app" ? "A second factor" : "A security key";
  const first = onceMore(
    title,
    why,
    async (shown) => {
      if (factor === "app") {
        go(appForm(await send<Begun>("POST", "/v1/second-factor", shown), finish));
      } else {
        go(keyForm(await send<KeyRequest>("POST", "/v1/security-keys/begin", shown), session, finish));
      }
    },
    ...other,
  );
  page.append(first);
  return page;
}

export function secondFactorPage(session: Session, done: () => void): HTMLElement {
  const page = element("div", {});
  const show = (factor: Factor): void => {
    const instead = factor === "app" ? "Use a security key instead" : "Use an authenticator app instead";
    const change = () => show(factor === "app" ? "key" : "app");
    const other = element("button", { type: "button", class: "link", click: change }, instead);
    const words =
      factor === "app"
        ? "Your role needs more than a password: an authenticator app on your phone."
        : "Your role needs more than a password: a security key that you plug in or hold to the machine.";
    page.replaceChildren(setUpPage(factor, session, words, done, ...(keysWork() ? [other] : [])));
    page.querySelector("input")?.focus();
  };
  show("app");
  return page;
}
