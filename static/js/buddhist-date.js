// @ts-check
// Adds a native date picker to a text box typed in the Buddhist Era, and says which day it reads.
// Only the text box has a name, so only what it holds is posted.

import { create, findInputs, findOptional } from "./dom.js";
import { toArabicDigits } from "./thai-digits.js";

const BE_OFFSET = 543;
const month = new Intl.DateTimeFormat("th", { month: "long" });
const weekday = new Intl.DateTimeFormat("th", { weekday: "long" });

/**
 * The day that a text means, or null. Only figures are read here; the server reads month names too
 * and echoes them.
 * @param {string} text
 */
function parseDate(text) {
  const parts = /^\s*(\d{1,2})\s?[-/. ]\s?(\d{1,2})\s?[-/. ]\s?(\d{4}|\d{2})\s*$/.exec(
    toArabicDigits(text),
  );
  if (!parts) return null;
  const [day, monthNumber, typed] = parts.slice(1).map(Number);
  const year = typed < 100 ? typed + 2500 : typed;
  if (year < 2400 || year > 2700) return null;
  const date = new Date(year - BE_OFFSET, monthNumber - 1, day);
  return date.getDate() === day && date.getMonth() === monthNumber - 1 ? date : null;
}

/** @param {Date} date */
const inWords = (date) =>
  `${weekday.format(date)}ที่ ${date.getDate()} ${month.format(date)} ${date.getFullYear() + BE_OFFSET}`;

/** @param {Date} date */
const toIso = (date) =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, "0"))
    .join("-");

class BuddhistDate extends HTMLElement {
  constructor() {
    super();
    /** @type {HTMLInputElement | null} */
    this.picker = null;
  }

  connectedCallback() {
    const [text] = findInputs(this, "input");
    if (this.picker || !text || text.disabled || text.readOnly) return;
    const picker = create("input", { type: "date", tabIndex: -1, className: "visually-hidden" });
    picker.setAttribute("aria-hidden", "true");
    picker.addEventListener("change", () => this.applyPicked(text));
    this.picker = picker;
    text.after(this.createButton(text));
    this.append(this.picker);
    text.addEventListener("input", () => this.showEcho(text));
  }

  /** @param {HTMLInputElement} text */
  createButton(text) {
    const button = create("button", {
      type: "button",
      className: "btn btn-outline-secondary",
      textContent: "เลือกวันที่",
    });
    // Two dates on one page: each button says whose it is.
    const label = text.labels?.[0]?.textContent?.replace("*", "").trim() ?? "";
    button.setAttribute("aria-label", `เลือกวันที่ ${label}`.trim());
    button.addEventListener("click", () => this.open(text));
    return button;
  }

  /** @param {HTMLInputElement} text */
  open(text) {
    const { picker } = this;
    if (!picker) return;
    const date = parseDate(text.value);
    picker.value = date ? toIso(date) : "";
    try {
      picker.showPicker();
    } catch {
      // A browser that cannot open it for us shows the picker itself.
      picker.className = "form-control mt-2";
      picker.removeAttribute("aria-hidden");
      picker.setAttribute("aria-label", "เลือกวันที่");
      picker.tabIndex = 0;
      picker.focus();
    }
  }

  /** @param {HTMLInputElement} text */
  applyPicked(text) {
    if (!this.picker?.value) return;
    const [year, monthNumber, day] = this.picker.value.split("-").map(Number);
    text.value = `${day}/${monthNumber}/${year + BE_OFFSET}`;
    for (const name of ["input", "change"]) text.dispatchEvent(new Event(name, { bubbles: true }));
    text.focus();
  }

  /** @param {HTMLInputElement} text */
  showEcho(text) {
    const echo = findOptional(this, "[data-date-echo]");
    const date = parseDate(text.value);
    if (echo) echo.textContent = date ? inWords(date) : "";
  }
}

customElements.define("buddhist-date", BuddhistDate);
