// @ts-check
// The sign-in page: a password can be shown while it is typed, and Caps Lock is noticed.

import { find, findInput } from "./dom.js";

const password = findInput(document, "#id_password");
const show = find(document, "#show-password");
const capsLock = find(document, "#caps-lock");

/** @param {boolean} isShown */
function setShown(isShown) {
  password.type = isShown ? "text" : "password";
  show.setAttribute("aria-pressed", String(isShown));
  show.textContent = isShown ? "ซ่อนรหัสผ่าน" : "แสดงรหัสผ่าน";
}

show.hidden = false;
show.addEventListener("click", () => setShown(password.type === "password"));
// Sent hidden again, so that browsers offer to keep it as a password and never as plain text.
password.form?.addEventListener("submit", () => setShown(false));
for (const name of /** @type {const} */ (["keydown", "keyup", "mousedown"])) {
  password.addEventListener(name, (event) => {
    capsLock.hidden = !event.getModifierState?.("CapsLock");
  });
}
