// Signing in: with a password, or through whoever else vouches for people; and choosing a password
// with a one-time code.
import { Problem, type Session, send } from "./api";
import { announce, element, field } from "./dom";
import { enter, factorStep, isFactorAsked } from "./factor_step";
import { isOnceMore, providerButton, takeTicket } from "./provider";
import { secretField, secretInput } from "./secret_field";

// What the identity provider put into the address, if it sent the browser back; it does not stay
// there.
function takeReturn(): Record<string, string> | null {
  const query = new URLSearchParams(location.search);
  if (!query.has("state")) return null;
  history.replaceState(null, "", location.pathname + location.hash);
  return Object.fromEntries(query);
}

// Whoever comes back from the identity provider: signed in, or a page that goes on from there.
// "once more": they are signed in, and showed who they are. Null: nobody comes back.
export async function comingBack(
  done: (session: Session) => void,
): Promise<Session | HTMLElement | "once more" | null> {
  const returned = takeReturn();
  if (!returned) return null;
  const { state = "", code = "", iss } = returned;
  const back = iss ? { state, code, iss } : { state, code };
  if (isOnceMore(state)) {
    if (code) await takeTicket(back);
    return "once more";
  }
  try {
    if (!code) throw new Error("The identity provider did not sign you in.");
    return await send<Session>("POST", "/v1/vouched-session", back);
  } catch (error) {
    if (!isFactorAsked(error)) return signInPage(done, (error as Error).message);
    let ticket = error.ticket;
    return factorStep(error, async (shown) => {
      try {
        done(await send<Session>("POST", "/v1/vouched-session/second-factor", { ...shown, ticket }));
      } catch (again) {
        if (isFactorAsked(again)) ticket = again.ticket;
        throw again;
      }
    });
  }
}

export function signInPage(done: (session: Session) => void, why = ""): HTMLElement {
  const page = element("div", {});
  const name = element("input", { autocomplete: "username", required: true, autofocus: true });
  const password = secretInput("current-password");
  const code = element("input", { autocomplete: "one-time-code" });
  const codeField = field("One-time code", code, "You were given it on paper or in the terminal.");
  codeField.hidden = true;
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
    const who = { sign_in_name: name.value.trim(), password: password.value };
    try {
      if (!codeField.hidden) await send("POST", "/v1/password", { ...who, code: code.value.trim() });
      done(await send<Session>("POST", "/v1/session", who));
    } catch (error) {
      if (isFactorAsked(error)) {
        const step = factorStep(error, async (shown) => {
          done(await send<Session>("POST", "/v1/session", { ...who, ...shown }));
        });
        page.replaceChildren(step);
        enter(step);
        announce("Show your second factor.");
        return;
      }
      trouble.textContent =
        error instanceof Problem && error.status === 401
          ? "That name and password do not belong together."
          : (error as Error).message;
    } finally {
      button.disabled = false;
    }
  };

  page.append(
    element(
      "form",
      { class: "card sign-in", submit },
      element("h1", {}, "Sign in"),
      element("p", {}, "Whatever you look at here is recorded, with your reason for it."),
      field("Name", name),
      codeField,
      secretField("Password", password),
      trouble,
      button,
      first,
      providerButton("/v1/vouched-session/begin", (name) => `Continue with ${name}`, trouble),
    ),
  );
  return page;
}
