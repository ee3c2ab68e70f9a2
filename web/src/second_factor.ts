// Setting up an authenticator app: whose role asks for one comes here first.
import { type Session, send } from "./api";
import { announce, element, field } from "./dom";

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
    element("p", {}, "Each is good for one sign-in, for the day your app is lost. They are shown this once."),
    element("ul", { class: "codes" }, ...codes.map((code) => element("li", {}, element("code", {}, code)))),
    element("button", { class: "main", click: done }, "I have them"),
  );
}

export function secondFactorPage(session: Session, done: () => void): HTMLElement {
  const page = element("div", {});
  const trouble = element("p", { class: "trouble", role: "alert" });
  const password = element("input", {
    type: "password",
    autocomplete: "current-password",
    required: true,
  });

  const attempt = async (work: () => Promise<void>): Promise<void> => {
    trouble.textContent = "";
    try {
      await work();
    } catch (error) {
      trouble.textContent = (error as Error).message;
    }
  };

  const confirm = (begun: Begun): HTMLElement => {
    const code = element("input", {
      autocomplete: "one-time-code",
      inputmode: "numeric",
      required: true,
    });
    const submit = (event: SubmitEvent) => {
      event.preventDefault();
      void attempt(async () => {
        const { recovery_codes } = await send<{ recovery_codes: string[] }>(
          "POST",
          "/v1/second-factor/confirm",
          { code: code.value.trim() },
        );
        session.lacks_second_factor = false;
        page.replaceChildren(codesOf(recovery_codes, done));
        announce("Your second factor is in force. Keep the codes on paper.");
      });
    };
    return element(
      "form",
      { class: "card sign-in", submit },
      element("h1", {}, "Your authenticator app"),
      element("p", {}, "Type this secret into the app, or open the link on the device that has it."),
      element("p", {}, element("code", { class: "secret" }, grouped(begun.secret))),
      element("p", {}, element("a", { href: begun.uri }, "Open it in the app")),
      field("The code that it shows now", code),
      trouble,
      element("button", { class: "main" }, "Put it in force"),
    );
  };

  const begin = (event: SubmitEvent) => {
    event.preventDefault();
    void attempt(async () => {
      const begun = await send<Begun>("POST", "/v1/second-factor", { password: password.value });
      page.replaceChildren(confirm(begun));
      page.querySelector("input")?.focus();
    });
  };

  page.append(
    element(
      "form",
      { class: "card sign-in", submit: begin },
      element("h1", {}, "A second factor"),
      element("p", {}, "Your role needs more than a password: an authenticator app on your phone."),
      field("Password, once more", password),
      trouble,
      element("button", { class: "main" }, "Go on"),
    ),
  );
  return page;
}
