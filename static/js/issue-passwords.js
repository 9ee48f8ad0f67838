// Issues passwords to many people, some at a time, and gathers all their slips on one page.
// [data-issue-state] says how far it is; while people remain it holds the form that asks for more.
"use strict";

class PasswordIssuing {
  constructor(page) {
    this.page = page;
    this.print = document.querySelector("[data-print]");
    this.running = false;
    addEventListener("beforeunload", (event) => {
      if (this.running) event.preventDefault();
    });
    this.issueRemaining();
  }

  get form() {
    return this.page.querySelector("[data-issue-state] form");
  }

  async issueRemaining() {
    this.running = this.print.disabled = true;
    while (this.form) {
      try {
        this.add(await this.more(this.form));
      } catch (error) {
        this.stop(error);
        return;
      }
    }
    this.running = this.print.disabled = false;
  }

  async more(form) {
    form.querySelector("button").disabled = true;
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
    const found = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!found.querySelector("[data-issue-state]")) {
      throw new Error(found.querySelector(".problems li")?.textContent ?? "");
    }
    return found;
  }

  add(found) {
    this.page.append(...found.querySelectorAll(".issued-password"));
    this.page.querySelector("[data-issue-state]").replaceWith(found.querySelector("[data-issue-state]"));
  }

  // What was issued so far stays on the page to be printed; the button tries again.
  stop(error) {
    this.running = this.print.disabled = false;
    const notice = this.page.querySelector("[data-issue-stopped]");
    notice.hidden = false;
    notice.querySelector("[data-issue-error]").textContent = error.message;
    const button = this.form.querySelector("button");
    button.disabled = false;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      notice.hidden = true;
      this.issueRemaining();
    }, { once: true });
  }
}

for (const page of document.querySelectorAll("[data-issued-passwords]")) new PasswordIssuing(page);
