// @ts-check
// The page on which a part of a report is written: the editor in place of the plain text, its
// buttons and dialogs, and what the page says of saving.

import { TextEditor } from "./composer-editor.js";
import { PartSaver } from "./composer-save.js";
import { create, find, findAll, findInput, findOptional, targetOf } from "./dom.js";

/** @import { Mismatch, NumberNow } from "./composer-editor.js" */

/** @type {Record<string, string>} */
const GLYPHS = { done: "✓", mine: "●", wait: "○", late: "⚠\ufe0e", idle: "–" };
const UNSTORED = "เครื่องนี้เก็บข้อความไว้ไม่ได้ (หน่วยความจำเต็มหรือถูกปิด) โปรดอย่าปิดหน้านี้จนกว่าจะบันทึกแล้ว";

/**
 * The numbers that the text may have, as the page lists them.
 * @param {HTMLElement} list
 * @returns {Record<string, NumberNow>}
 */
function numbersOf(list) {
  const entries = findAll(list, "[data-number]").map((row) => [
    row.dataset.number ?? "",
    {
      label: find(row, "[data-label]").textContent ?? "",
      text: find(row, "[data-text]").textContent ?? "",
    },
  ]);
  return Object.fromEntries(entries);
}

/**
 * A dialog of the page that its own button closes.
 * @param {string} name
 */
function findDialog(name) {
  const dialog = /** @type {HTMLDialogElement} */ (find(document, `dialog[${name}]`));
  find(dialog, "[data-close]").addEventListener("click", () => dialog.close());
  return dialog;
}

/** The list of numbers to choose from, with a search box. */
class NumberList {
  /**
   * @param {HTMLElement} list
   * @param {(key: string) => void} choose
   */
  constructor(list, choose) {
    this.dialog = findDialog("data-number-list");
    this.search = findInput(this.dialog, "input");
    this.rows = findAll(list, "[data-number]");
    find(this.dialog, "[data-list-place]").append(list);
    for (const row of this.rows) {
      const button = create("button", { type: "button", className: "number-row" });
      button.append(...row.childNodes);
      row.append(button);
      button.addEventListener("click", () => {
        this.dialog.close();
        choose(row.dataset.number ?? "");
      });
    }
    this.search.addEventListener("input", () => this.filter());
    this.search.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.rows
        .find((row) => !row.hidden)
        ?.querySelector("button")
        ?.click();
    });
  }

  open() {
    this.search.value = "";
    this.filter();
    this.dialog.showModal();
    this.search.focus();
  }

  filter() {
    const words = this.search.value.toLowerCase().split(/\s+/);
    for (const row of this.rows) {
      const text = row.textContent?.toLowerCase() ?? "";
      row.hidden = !words.every((word) => text.includes(word));
    }
    const found = this.rows.filter((row) => !row.hidden).length;
    find(this.dialog, "[data-found]").textContent = found ? `พบ ${found} รายการ` : "ไม่พบตัวเลขนี้";
  }
}

/** What stands for one number of the text: the value of the data, or words typed over it. */
class NumberDialog {
  /** @param {TextEditor} editor */
  constructor(editor) {
    this.editor = editor;
    this.dialog = findDialog("data-number-edit");
    this.words = findInput(this.dialog, "input");
    /** @type {HTMLElement | null} */
    this.number = null;
    for (const button of findAll(this.dialog, "[data-edit]"))
      button.addEventListener("click", () => this.apply(button.dataset.edit ?? ""));
    this.words.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.apply("typed");
    });
  }

  /** @param {HTMLElement} number */
  open(number) {
    this.number = number;
    const key = number.dataset.key ?? "";
    const now = this.editor.numbers[key];
    find(this.dialog, "[data-edit-label]").textContent = now?.label ?? "ไม่มีตัวเลขนี้ในรายงาน";
    find(this.dialog, "[data-edit-now]").textContent = now?.text ?? "–";
    find(this.dialog, "[data-edit=current]").hidden = !now;
    this.words.value = number.dataset.typed ?? now?.text ?? "";
    this.dialog.showModal();
  }

  /** @param {string} choice */
  apply(choice) {
    const words = this.words.value.trim();
    this.dialog.close();
    if (!this.number) return;
    if (choice === "remove") this.editor.removeNumber(this.number);
    else this.editor.setTyped(this.number, (choice === "typed" && words) || null);
  }
}

class ComposerPage {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    const list = find(document, "[data-numbers]");
    this.area = find(document, "#editor");
    this.editor = new TextEditor(this.area, numbersOf(list), () => this.typed());
    this.numberList = new NumberList(list, (key) => this.editor.insertNumber(key));
    this.numberDialog = new NumberDialog(this.editor);
    this.editor.text = findInput(form, "textarea").value;
    this.saver = new PartSaver({
      url: form.dataset.part ?? "",
      user: Number(form.dataset.user),
      text: this.editor.text,
      version: findInput(form, "input[name=version]").value,
      writtenBy: form.dataset.writtenBy ?? "",
      changed: () => this.paint(),
      stored: ({ written_by }) => this.showStored(written_by),
    });
    this.start();
  }

  async start() {
    for (const plain of findAll(document, "[data-plain]")) plain.remove();
    if (await this.saver.restore()) this.editor.text = this.saver.text;
    this.area.hidden = false;
    find(document, "[data-tools]").hidden = false;
    this.listen();
    this.paint();
    this.paintTools();
  }

  listen() {
    this.onPress("[data-bold]", () => this.editor.toggleBold());
    this.onPress("[data-list]", () => this.editor.toggleList());
    this.onPress("[data-insert]", () => this.numberList.open());
    this.onPress("[data-choose=own]", () => this.saver.chooseOwn());
    this.onPress("[data-choose=other]", () => {
      this.saver.chooseOther();
      this.editor.text = this.saver.text;
      this.paint();
    });
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.area.addEventListener("click", (event) => this.openNumber(event));
    this.area.addEventListener("keydown", (event) => {
      if (event.key === "Enter") this.openNumber(event);
    });
    document.addEventListener("selectionchange", () => {
      this.editor.rememberCaret();
      this.paintTools();
    });
    for (const event of ["online", "offline"]) addEventListener(event, () => this.paint());
    addEventListener("pagehide", () => this.saver.flush());
    document.addEventListener("visibilitychange", () => document.hidden && this.saver.flush());
    addEventListener("beforeunload", (event) => {
      if (this.saver.isUnsaved && !this.saver.isKept) event.preventDefault();
    });
    addEventListener("pageshow", ({ persisted }) => {
      if (persisted && navigator.onLine) location.reload();
    });
  }

  /**
   * @param {string} selector
   * @param {() => void} act
   */
  onPress(selector, act) {
    const button = find(document, selector);
    button.addEventListener("mousedown", (event) => event.preventDefault()); // the caret stays
    button.addEventListener("click", act);
  }

  /** @param {Event} event */
  openNumber(event) {
    const number = /** @type {HTMLElement | null} */ (targetOf(event).closest("[data-key]"));
    if (!number) return;
    event.preventDefault();
    this.numberDialog.open(number);
  }

  typed() {
    this.saver.type(this.editor.text);
    this.paintMismatches();
  }

  /** @param {string} writtenBy */
  showStored(writtenBy) {
    find(document, "[data-authorship]").textContent = writtenBy;
    find(document, "[data-preview]").dispatchEvent(new Event("saved"));
  }

  // --- What the page says ---

  paint() {
    this.paintState();
    this.paintConflict();
    this.paintMismatches();
    const { state, message, isKept, isUnsaved } = this.saver;
    this.say(state === "trouble" ? message : isUnsaved && !isKept ? UNSTORED : "");
  }

  paintTools() {
    const isHere = document.activeElement === this.area;
    const press = (/** @type {string} */ selector, /** @type {boolean} */ isOn) =>
      find(document, selector).setAttribute("aria-pressed", `${isHere && isOn}`);
    press("[data-bold]", this.editor.isBold);
    press("[data-list]", this.editor.isInList);
  }

  paintState() {
    const [kind, word] = this.stateWords();
    const area = find(document, "[data-saving]");
    area.hidden = false;
    const box = find(area, ".save");
    box.dataset.saveState =
      this.saver.state === "saved" && this.saver.isUnsaved ? "saving" : this.saver.state;
    if (box.dataset.shown === word) return;
    box.dataset.shown = word;
    const pill = create("span", { className: `pill ${kind}` });
    const glyph = create("span", { className: "g", textContent: GLYPHS[kind] });
    glyph.setAttribute("aria-hidden", "true");
    pill.append(glyph, ` ${word}`);
    box.replaceChildren(pill, ...(this.saver.state === "signin" ? [" ", this.signInLink()] : []));
  }

  /** Kind and words of the pill that says whether the text is saved. */
  stateWords() {
    const { state, isUnsaved, isKept, savedAt } = this.saver;
    const kept = isKept ? "เก็บไว้ในเครื่องนี้" : "ยังไม่บันทึก";
    if (state === "conflict") return ["late", "ยังไม่บันทึก โปรดเลือกข้อความ"];
    if (state === "signin") return ["late", `${kept} ต้องเข้าสู่ระบบใหม่`];
    if (state === "trouble") return ["late", "ยังไม่บันทึก"];
    if (state === "unsaved") return ["mine", `${kept} รอสัญญาณ`];
    if (isUnsaved || state === "saving") return ["wait", "กำลังบันทึก"];
    return savedAt ? ["done", `บันทึกแล้ว ${savedAt}`] : ["idle", "ยังไม่มีการแก้ไขในหน้านี้"];
  }

  signInLink() {
    const next = encodeURIComponent(location.pathname);
    return create("a", {
      href: `${this.form.dataset.login}?next=${next}`,
      textContent: "เข้าสู่ระบบแล้วบันทึกต่อ",
    });
  }

  /** @param {string} message empty when there is no trouble any more */
  say(message) {
    const trouble = find(document, "[data-trouble]");
    trouble.hidden = !message;
    if (trouble.textContent !== message) trouble.textContent = message;
  }

  paintConflict() {
    const { other } = this.saver;
    const panel = find(document, "[data-conflict]");
    const isNew = panel.hidden && other;
    panel.hidden = !other;
    if (!other) return;
    find(panel, "[data-other-by]").textContent = other.by;
    const own = find(panel, "[data-own-text]");
    const stored = find(panel, "[data-other-text]");
    this.editor.showPlain(own, this.saver.text);
    this.editor.showPlain(stored, other.text);
    if (!isNew) return;
    panel.focus({ preventScroll: true });
    panel.scrollIntoView();
    scrollToFirstDifference(own, stored);
  }

  paintMismatches() {
    const notes = this.editor.mismatches.map((mismatch) => this.mismatchNote(mismatch));
    const place = find(document, "[data-mismatches]");
    const words = notes.map((note) => note.textContent).join("\n");
    if (place.dataset.shown === words) return;
    place.dataset.shown = words;
    place.replaceChildren(...notes);
  }

  /** @param {Mismatch} mismatch */
  mismatchNote({ element, words, now, place }) {
    const note = create("p", { className: "note late" });
    if (!now) {
      note.textContent = `${GLYPHS.late} ตัวเลข “${words}” ในย่อหน้าที่ ${place} ไม่มีในข้อมูลของรายงานนี้ โปรดแก้ไขข้อความ`;
      return note;
    }
    note.textContent = `${GLYPHS.late} “${words}” ในย่อหน้าที่ ${place} ไม่ตรงกับข้อมูลขณะนี้ (${now.text}) `;
    const button = create("button", {
      type: "button",
      className: "link",
      textContent: "ใช้ค่าจากข้อมูล",
    });
    button.addEventListener("click", () => this.editor.setTyped(element, null));
    note.append(button);
    return note;
  }
}

/**
 * Scrolls each of two texts to the first line in which they differ.
 * @param {HTMLElement} one
 * @param {HTMLElement} other
 */
function scrollToFirstDifference(one, other) {
  const texts = [one, other].map((place) => ({ place, lines: findAll(place, "p, li") }));
  const [lines, otherLines] = texts.map((text) => text.lines.map((line) => line.textContent));
  const differs = lines.findIndex((line, at) => line !== otherLines[at]);
  const at = differs < 0 ? lines.length : differs; // where the other one goes on
  for (const text of texts) {
    const line = text.lines[Math.min(at, text.lines.length - 1)];
    const { top } = text.place.getBoundingClientRect();
    if (line) text.place.scrollTop += line.getBoundingClientRect().top - top;
  }
}

const parts = /** @type {HTMLDetailsElement} */ (find(document, "[data-parts]"));
parts.open = matchMedia("(min-width: 992px)").matches;
// A form that was not taken stays a form: what it holds is not what the server has.
const form = findOptional(document, "form[data-editor]");
if (form) new ComposerPage(/** @type {HTMLFormElement} */ (form));
