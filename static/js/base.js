// @ts-check
// Behaviour of every page. Each page also works without it.

import { find, findAll, findOptional, targetOf } from "./dom.js";

// A form is sent once: a second tap on a slow line must not send it again.
document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (event.defaultPrevented || form.method !== "post" || "resubmit" in form.dataset) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  // After this turn, so that the pressed button's own name and value are still sent.
  setTimeout(() => {
    for (const button of findAll(form, "button[type=submit], input[type=submit]")) {
      button.setAttribute("aria-disabled", "true");
    }
  });
});

// Coming back with the browser's back button shows the page as it was left: let it be sent again.
window.addEventListener("pageshow", () => {
  for (const form of findAll(document, "form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of findAll(form, "[aria-disabled]")) button.removeAttribute("aria-disabled");
  }
});

const openMenus = () =>
  /** @type {HTMLDetailsElement[]} */ (findAll(document, "details[data-menu][open]"));

document.addEventListener("click", (event) => {
  if (targetOf(event).closest("[data-print]")) window.print();
  for (const menu of openMenus()) {
    if (!menu.contains(targetOf(event))) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    find(menu, "summary").focus();
  }
});

// Where a script runs, words are kept and links may lead away (components/links_in_new_tab.html).
findOptional(document, "base[target]")?.remove();

// What is of no use without a script stays hidden until now.
for (const element of findAll(document, "[data-print]")) element.hidden = false;

findOptional(document, "[data-error-summary]")?.focus();
