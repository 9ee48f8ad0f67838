// Issues passwords to many people, some at a time, and gathers all their slips on one page.
// [data-issued] says how far it is; while people remain it holds the form that asks for more.
"use strict";

class Slips {
  constructor(page) {
    this.page = page;
    this.print = document.querySelector("[data-print]");
    this.running = false;
    addEventListener("beforeunload", (event) => {
      if (this.running) event.preventDefault();
    });
    this.goOn();
  }

  get form() {
    return this.page.querySelector("[data-issued] form");
  }

  async goOn() {
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
    if (!found.querySelector("[data-issued]")) {
      throw new Error(found.querySelector(".problems li")?.textContent ?? "");
    }
    return found;
  }

  add(found) {
    this.page.append(...found.querySelectorAll(".slip"));
    this.page.querySelector("[data-issued]").replaceWith(found.querySelector("[data-issued]"));
  }

  // What was issued so far stays on the page to be printed; the button tries again.
  stop(error) {
    this.running = this.print.disabled = false;
    const told = this.page.querySelector("[data-stopped]");
    told.hidden = false;
    told.querySelector("[data-why]").textContent = error.message;
    const button = this.form.querySelector("button");
    button.disabled = false;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      told.hidden = true;
      this.goOn();
    }, { once: true });
  }
}

for (const page of document.querySelectorAll("[data-slips]")) new Slips(page);
