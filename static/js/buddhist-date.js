// Adds a native date picker to a text box typed in the Buddhist Era, and says which day it reads.
// Only the text box has a name, so only what it holds is posted.
(() => {
  const BE_OFFSET = 543;
  const THAI_ZERO = "๐".charCodeAt(0);
  const month = new Intl.DateTimeFormat("th", { month: "long" });
  const weekday = new Intl.DateTimeFormat("th", { weekday: "long" });

  const toArabic = (text) =>
    text.replace(/[๐-๙]/g, (digit) => digit.charCodeAt(0) - THAI_ZERO);

  // Only figures are read here; the server reads month names too and echoes them.
  function read(text) {
    const parts = /^\s*(\d{1,2})\s?[-/. ]\s?(\d{1,2})\s?[-/. ]\s?(\d{4}|\d{2})\s*$/.exec(toArabic(text));
    if (!parts) return null;
    const [day, monthNumber, typed] = parts.slice(1).map(Number);
    const year = typed < 100 ? typed + 2500 : typed;
    if (year < 2400 || year > 2700) return null;
    const date = new Date(year - BE_OFFSET, monthNumber - 1, day);
    return date.getDate() === day && date.getMonth() === monthNumber - 1 ? date : null;
  }

  const say = (date) =>
    `${weekday.format(date)}ที่ ${date.getDate()} ${month.format(date)} ${date.getFullYear() + BE_OFFSET}`;

  const iso = (date) =>
    [date.getFullYear(), date.getMonth() + 1, date.getDate()]
      .map((part) => String(part).padStart(2, "0"))
      .join("-");

  class BuddhistDate extends HTMLElement {
    connectedCallback() {
      if (this.picker) return;
      this.text = this.querySelector("input");
      this.echo = this.querySelector("[data-date-echo]");
      if (!this.text || this.text.disabled || this.text.readOnly) return;
      this.addPicker();
      this.text.addEventListener("input", () => this.understand());
    }

    addPicker() {
      this.picker = Object.assign(document.createElement("input"), {
        type: "date", tabIndex: -1, className: "visually-hidden",
      });
      this.picker.setAttribute("aria-hidden", "true");
      this.picker.addEventListener("change", () => this.applyPicked());
      const button = Object.assign(document.createElement("button"), {
        type: "button", className: "btn btn-outline-secondary", textContent: "เลือกวันที่",
      });
      // Two dates on one page: each button says whose it is.
      const label = this.text.labels[0]?.textContent.replace("*", "").trim() ?? "";
      button.setAttribute("aria-label", `เลือกวันที่ ${label}`.trim());
      button.addEventListener("click", () => this.open());
      this.text.after(button);
      this.append(this.picker);
    }

    open() {
      const date = read(this.text.value);
      this.picker.value = date ? iso(date) : "";
      try {
        this.picker.showPicker();
      } catch {
        // A browser that cannot open it for us shows the picker itself.
        this.picker.className = "form-control mt-2";
        this.picker.removeAttribute("aria-hidden");
        this.picker.setAttribute("aria-label", "เลือกวันที่");
        this.picker.tabIndex = 0;
        this.picker.focus();
      }
    }

    applyPicked() {
      if (!this.picker.value) return;
      const [year, monthNumber, day] = this.picker.value.split("-").map(Number);
      this.text.value = `${day}/${monthNumber}/${year + BE_OFFSET}`;
      for (const name of ["input", "change"]) {
        this.text.dispatchEvent(new Event(name, { bubbles: true }));
      }
      this.text.focus();
    }

    understand() {
      const date = read(this.text.value);
      this.echo.textContent = date ? say(date) : "";
    }
  }

  if (!customElements.get("buddhist-date")) customElements.define("buddhist-date", BuddhistDate);
})();
