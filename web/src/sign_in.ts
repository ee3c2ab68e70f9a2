// Signing in, and choosing a password with a one-time code.
import { Problem, type Session, send } from "./api";
import { announce, element, field } from "./dom";

export function signInPage(done: (session: Session) => void, why = ""): HTMLElement {
  const name = element("input", { autocomplete: "username", required: true, autofocus: true });
  const password = element("input", {
    type: "password",
    autocomplete: "current-password",
    required: true,
  });
  const code = element("input", { autocomplete: "one-time-code" });
  const codeField = field("One-time code", code, "You were given it on paper or in the terminal.");
  codeField.hidden = true;
  const factor = element("input", { autocomplete: "one-time-code" });
  const factorField = field("Code of your app", factor, "Or one of those that you have on paper.");
  factorField.hidden = true;
  const trouble = element("p", { class: "trouble", role: "alert" }, why);
  const button = element("button", { class: "main" }, "Sign in");
  const first = element("button", { type: "button", class: "link" }, "I have a one-time code");

  first.addEventListener("click", () => {
    codeField.hidden = false;
    code.required = true;
    first.hidden = true;
    password.autocomplete = "new-password";
    button.textContent = "Choose this password and sign in";
    code.focus();
    announce("Type the one-time code and the password you choose, at least 12 characters.");
  });

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    trouble.textContent = "";
    button.disabled = true;
    try {
      const who = { sign_in_name: name.value.trim(), password: password.value };
      if (!codeField.hidden) await send("POST", "/v1/password", { ...who, code: code.value.trim() });
      const shown = factor.value.trim();
      done(await send<Session>("POST", "/v1/session", shown ? { ...who, code: shown } : who));
    } catch (error) {
      const problem = error instanceof Problem ? error : null;
      if (problem?.code === "second_factor") {
        const again = !factorField.hidden;
        factorField.hidden = false;
        factor.required = true;
        factor.value = "";
        factor.focus();
        if (again) trouble.textContent = "That code is wrong, or was used: wait for the next one.";
        else announce("Type the code that your authenticator app shows.");
        return;
      }
      trouble.textContent =
        problem?.status === 401
          ? "That name and password do not belong together."
          : (error as Error).message;
    } finally {
      button.disabled = false;
    }
  };

  return element(
    "form",
    { class: "card sign-in", submit },
    element("h1", {}, "Sign in"),
    element("p", {}, "Whatever you look at here is recorded, with your reason for it."),
    field("Name", name),
    codeField,
    field("Password", password),
    factorField,
    trouble,
    button,
    first,
  );
}
