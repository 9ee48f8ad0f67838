// @ts-check
// Issues passwords to many people, some at a time, and gathers all their slips on one page.
// [data-issue-state] says how far it is; while people remain it holds the form that asks for more.

import { find, findAll, findOptional } from "./dom.js";

/** @param {HTMLFormElement} form */
const buttonOf = (form) => /** @type {HTMLButtonElement} */ (find(form, "button"));

class PasswordIssuing {
  /** @param {HTMLElement} page */
  constructor(page) {
    this.page = page;
    this.print = /** @type {HTMLButtonElement} */ (find(document, "[data-print]"));
    this.isRunning = false;
    addEventListener("beforeunload", (event) => {
      if (this.isRunning) event.preventDefault();
    });
    this.issueRemaining();
  }

  get form() {
    return /** @type {HTMLFormElement | null} */ (
      findOptional(this.page, "[data-issue-state] form")
    );
  }

  /** @param {boolean} isRunning */
  setRunning(isRunning) {
    this.isRunning = isRunning;
    this.print.disabled = isRunning; // slips are printed once all are there
  }

  async issueRemaining() {
    this.setRunning(true);
    for (let form = this.form; form; form = this.form) {
      try {
        this.add(await this.requestMore(form));
      } catch (error) {
        this.stop(form, /** @type {Error} */ (error));
        return;
      }
    }
    this.setRunning(false);
  }

  /**
   * The next slips. Throws with the server's words when it issues none.
   * @param {HTMLFormElement} form
   */
  async requestMore(form) {
    buttonOf(form).disabled = true;
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
    const found = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!found.querySelector("[data-issue-state]")) {
      throw new Error(found.querySelector(".problems li")?.textContent ?? "");
    }
    return found;
  }

  /** @param {Document} found */
  add(found) {
    this.page.append(...found.querySelectorAll(".issued-password"));
    find(this.page, "[data-issue-state]").replaceWith(find(found, "[data-issue-state]"));
  }

  /**
   * What was issued so far stays on the page to be printed; the button tries again.
   * @param {HTMLFormElement} form
   * @param {Error} error
   */
  stop(form, error) {
    this.setRunning(false);
    const notice = find(this.page, "[data-issue-stopped]");
    notice.hidden = false;
    find(notice, "[data-issue-error]").textContent = error.message;
    buttonOf(form).disabled = false;
    const tryAgain = (/** @type {Event} */ event) => {
      event.preventDefault();
      notice.hidden = true;
      this.issueRemaining();
    };
    form.addEventListener("submit", tryAgain, { once: true });
  }
}

for (const page of findAll(document, "[data-issued-passwords]")) new PasswordIssuing(page);
