// Changing one's own password.
import { send } from "./api";
import { announce, element } from "./dom";
import { type Shown, enter, factorStep, isFactorAsked } from "./factor_step";
import { secretField, secretInput } from "./secret_field";

// `done`: it is changed. `leave`: they would rather not.
export function passwordForm(done: () => void, leave: () => void): HTMLElement {
  const page = element("div", {});
  const old = secretInput("current-password");
  const chosen = secretInput("new-password");
  const trouble = element("p", { class: "trouble", role: "alert" });
  const button = element("button", { class: "main" }, "Change it");

  const change = async (shown: Shown = {}): Promise<void> => {
    await send("POST", "/v1/password/change", { ...shown, password: old.value, new_password: chosen.value });
    announce("Your password is changed. Your other sessions ended.");
    done();
  };
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    trouble.textContent = "";
    button.disabled = true;
    try {
      await change();
    } catch (error) {
      if (!isFactorAsked(error)) {
        trouble.textContent = (error as Error).message;
        return;
      }
      const step = factorStep(error, change);
      page.replaceChildren(step);
      enter(step);
      announce("Show your second factor.");
    } finally {
      button.disabled = false;
    }
  };

  page.append(
    element(
      "form",
      { class: "card sign-in", submit: (event: SubmitEvent) => void submit(event) },
      element("h1", {}, "Change your password"),
      element("p", {}, "Your other sessions end; this one goes on."),
      secretField("The password that you have", old),
      secretField("The new password", chosen, "At least 12 characters; three words that have nothing to do with each other are good."),
      trouble,
      element("p", { class: "choices" }, button, element("button", { type: "button", click: leave }, "Leave it as it is")),
    ),
  );
  return page;
}
