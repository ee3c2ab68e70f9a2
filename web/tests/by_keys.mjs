// What is done without a mouse.

export const press = async (page, what) => {
  await what.focus();
  await page.keyboard.press("Enter");
};

// An act that is folded; gives its form. One that opens takes the focus a moment later: whoever
// presses a key before that presses it elsewhere.
export async function unfold(page, title) {
  const form = page.getByRole("form", { name: title, exact: true });
  if (await form.isVisible()) return form;
  await press(page, page.locator("summary").filter({ hasText: new RegExp(`^${title}$`) }));
  await form.locator(":focus").waitFor();
  return form;
}

// Instead of what stands there.
export async function type(form, label, text) {
  await form.getByLabel(label, { exact: true }).focus();
  await form.page().keyboard.press("Control+A");
  await form.page().keyboard.type(text);
}
