// @ts-check
// The page of an answer sheet: every change becomes an edit, and the page says what is saved.

import {
  cloneTemplate,
  create,
  fieldsOf,
  find,
  findAll,
  findInputs,
  findOptional,
  targetOf,
} from "./dom.js";
import { EditQueue } from "./edit-queue.js";
import { Attachments } from "./evidence.js";

/** @import { Edit, FieldState, Receipt } from "./edit-queue.js" */

const form = /** @type {HTMLFormElement} */ (find(document, "form[data-sheet]"));
const PAUSE = 700; // milliseconds without a key before words become an edit
const LONGEST_PAUSE = 3000; // even while they are still being typed
/** @type {Record<string, string>} */
const GLYPHS = { done: "✓", mine: "●", wait: "○", late: "⚠\ufe0e" };
const UNSTORED = "เครื่องนี้เก็บข้อความไว้ไม่ได้ (หน่วยความจำเต็มหรือถูกปิด) โปรดอย่าปิดหน้านี้จนกว่าจะบันทึกแล้ว";
const NO_FILE_ROOM = "เครื่องนี้เก็บไฟล์ไว้ไม่ได้ จึงยังไม่เปิดหน้าถัดไป โปรดรอให้แนบครบหรือเลือกไม่ส่ง";
const NO_TEXT_ROOM = "เครื่องนี้เก็บข้อความไว้ไม่ได้ จึงยังไม่เปิดหน้าถัดไป โปรดรอให้บันทึกครบ";
const NO_SIGNAL = "ขณะนี้ไม่มีสัญญาณ จึงเปิดหน้าถัดไปไม่ได้ ข้อความในหน้านี้เก็บไว้ในเครื่องแล้ว กรอกหน้านี้ต่อได้";

// --- Fields: by the name of their input ---

/** @param {string} name */
const inputs = (name) => fieldsOf(form).filter((input) => input.name === name);

/** @param {string} name */
const foot = (name) => find(form, `[data-foot="${name}"]`);

/** @param {string} name */
function currentValueOf(name) {
  const [first, ...others] = inputs(name);
  if (first.type !== "radio") return first.value;
  return [first, ...others].find((radio) => radio.checked)?.value ?? "";
}

/**
 * As the server sent it: on a slow line people type before this file arrives.
 * @param {string} name
 */
function initialValueOf(name) {
  const [first, ...others] = inputs(name);
  if (first.type !== "radio") return first.defaultValue;
  return [first, ...others].find((radio) => radio.defaultChecked)?.value ?? "";
}

/**
 * @param {string} name
 * @param {string} value
 */
function setValue(name, value) {
  for (const input of inputs(name)) {
    if (input.type === "radio") input.checked = input.value === value;
    else if (input.value !== value) input.value = value;
  }
  showGap(name);
}

/** @param {string} name */
function parseFieldName(name) {
  const [field, indicator] = name.split("-");
  return { name, field, indicator: indicator ? Number(indicator) : null };
}

/** @param {Pick<FieldState, "field" | "indicator">} place */
const nameOf = ({ field, indicator }) => (indicator === null ? field : `${field}-${indicator}`);

/**
 * Words by which a person knows the field again when its page is closed.
 * @param {string} name
 */
function labelOf(name) {
  const input = inputs(name)[0];
  const legend = input.closest(".indicator")?.querySelector("legend");
  const title = legend?.lastChild?.textContent?.trim() ?? "";
  return `${title} ${input.type === "radio" ? "ระดับ" : input.labels?.[0]?.textContent}`.trim();
}

/**
 * Says on the field's card how far its level is from the school's own, where that must be explained.
 * @param {string} name
 */
function showGap(name) {
  const card = /** @type {HTMLElement | null} */ (inputs(name)[0].closest(".indicator"));
  const notice = card && findOptional(card, "[data-gap]");
  if (!notice) return;
  const chosen = findInputs(card, "input[type=radio]:checked")[0]?.value ?? "";
  const schoolLevel = card.dataset.schoolLevel ?? "";
  const areLevels = /^\d+$/.test(chosen) && /^\d+$/.test(schoolLevel);
  const gap = areLevels ? Math.abs(Number(chosen) - Number(schoolLevel)) : 0;
  notice.hidden = gap < Number(form.dataset.wideGap);
  const words = find(notice, "strong").lastChild;
  if (words) words.textContent = ` ต่างจากโรงเรียน ${gap} ระดับ`;
}

// --- The page ---

class SheetPage {
  constructor() {
    /** @type {Map<string, string | null | undefined>} the edit that stood in the field when it was last typed */
    this.bases = new Map();
    /** @type {Map<string, string>} the value that is an edit already */
    this.shown = new Map();
    /** @type {Map<string, { since: number, timer: ReturnType<typeof setTimeout> }>} text fields with words that are not yet an edit */
    this.typing = new Map();
    for (const { name, value } of findInputs(form, "input[name^=version-]")) {
      const field = name.slice("version-".length);
      this.bases.set(field, value.split(":")[0] || null);
      this.shown.set(field, initialValueOf(field));
    }
    this.isLeaving = false;
    /** @type {Receipt["closed"]} */
    this.closed = undefined;
    this.queue = new EditQueue({
      url: form.dataset.url ?? "",
      user: Number(form.dataset.user),
      sheet: form.dataset.sheet ?? "",
      source: { sheetName: form.dataset.sheetName, sheetUrl: location.pathname },
      listener: {
        changed: () => this.paint(),
        stored: (receipt) => this.receive(receipt),
        refused: (edit, message) => this.refuse(edit, message),
      },
    });
    this.attachments = new Attachments(form, () => this.paint());
    this.start();
  }

  /** What was typed while the kept edits were read is the first edit after them. */
  async start() {
    await this.queue.load();
    const early = [...this.shown.keys()].filter(
      (name) => currentValueOf(name) !== this.shown.get(name),
    );
    for (const name of early) this.record(name, currentValueOf(name));
    this.restore();
    this.listen();
    this.paint();
    this.queue.send();
  }

  /** Shows again what was typed here before and never reached the server. */
  restore() {
    for (const edit of this.queue.waiting.values()) {
      if (!this.shown.has(edit.name)) continue;
      setValue(edit.name, edit.value);
      this.shown.set(edit.name, edit.value);
      this.bases.set(edit.name, edit.id);
    }
  }

  listen() {
    const inputOf = (/** @type {Event} */ event) =>
      /** @type {HTMLInputElement} */ (targetOf(event));
    form.addEventListener("input", (event) => this.typed(inputOf(event)));
    form.addEventListener("change", (event) => this.commit(inputOf(event).name));
    form.addEventListener("focusout", (event) => {
      const { name } = inputOf(event);
      if (this.typing.has(name)) this.commit(name);
    });
    form.addEventListener("submit", (event) => this.submit(event));
    for (const event of ["online", "offline"]) addEventListener(event, () => this.paint());
    addEventListener("pagehide", () => this.commitAll());
    document.addEventListener("visibilitychange", () => document.hidden && this.commitAll());
    addEventListener("beforeunload", (event) => {
      this.commitAll();
      if (this.queue.hasUnstored) event.preventDefault();
    });
    addEventListener(
      "pageshow",
      (event) => event.persisted && navigator.onLine && location.reload(),
    );
  }

  /** @param {HTMLInputElement} input */
  typed({ name, type }) {
    if (!this.shown.has(name) || type === "radio") return;
    const since = this.typing.get(name)?.since ?? Date.now();
    clearTimeout(this.typing.get(name)?.timer);
    const pause = Math.max(0, Math.min(PAUSE, since + LONGEST_PAUSE - Date.now()));
    this.typing.set(name, { since, timer: setTimeout(() => this.commit(name), pause) });
    this.paint();
  }

  commitAll() {
    for (const name of [...this.typing.keys()]) this.commit(name);
  }

  /**
   * Makes an edit of a field's value, if it is none yet.
   * @param {string} name
   */
  commit(name) {
    if (!this.shown.has(name)) return;
    clearTimeout(this.typing.get(name)?.timer);
    this.typing.delete(name);
    showGap(name);
    const value = currentValueOf(name);
    if (value !== this.shown.get(name)) this.record(name, value);
    this.paint();
  }

  /**
   * @param {string} name
   * @param {string} value
   */
  record(name, value) {
    const change = {
      ...parseFieldName(name),
      value,
      base: this.bases.get(name),
      label: labelOf(name),
    };
    const longest = Number(form.dataset.longest); // characters
    this.shown.set(name, value);
    this.showProblem(name, "");
    if (value.length <= longest) {
      this.bases.set(name, this.queue.add(change));
      return;
    }
    const [length, limit] = [value.length.toLocaleString(), longest.toLocaleString()];
    this.queue.addRejected(change, `ยาว ${length} ตัวอักษร โปรดย่อให้ไม่เกิน ${limit} ตัวอักษร`);
  }

  /** @param {SubmitEvent} event */
  submit(event) {
    event.preventDefault();
    const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
    this.commitAll();
    if (button?.name === "use" || button?.name === "keep") this.choose(button);
    else if (button?.name === "clear") this.clear(`level-${button.value}`);
    else if (button?.name === "go") this.leaveFor(button.value);
    else if (button && "attach" in button.dataset) {
      this.attachments.attachTypedLink(/** @type {HTMLElement} */ (button.closest("[data-place]")));
    }
  }

  /**
   * Opens another page, once this one may be left.
   * @param {string} url
   */
  async leaveFor(url) {
    this.attachments.attachTypedLinks();
    await this.queue.drained(3000);
    await this.attachments.readyToLeave(3000);
    this.isLeaving = true;
    this.paint();
    if (!this.obstacle) location.href = url;
    else if (this.refusedHere) inputs(this.refusedHere.name)[0].focus();
  }

  get refusedHere() {
    return [...this.queue.rejected.values()].find((edit) => inputs(edit.name).length);
  }

  /** Why another page cannot be opened now; empty when it can. */
  get obstacle() {
    const refused = this.refusedHere;
    if (refused) return `ช่อง${refused.label}ยังไม่ได้บันทึก โปรดแก้ตามข้อความใต้ช่องนั้นก่อนเปิดหน้าถัดไป`;
    if (this.attachments.hasUnstored) return NO_FILE_ROOM;
    if (this.queue.hasUnstored) return NO_TEXT_ROOM;
    return !navigator.onLine || this.queue.state === "unsaved" ? NO_SIGNAL : "";
  }

  /** @param {string} name */
  clear(name) {
    setValue(name, "");
    this.commit(name);
    inputs(name)[0].focus();
  }

  /**
   * Takes one of the values that two people gave a field.
   * @param {HTMLButtonElement} button
   */
  choose(button) {
    const name = /** @type {HTMLElement} */ (button.closest("[data-foot]")).dataset.foot ?? "";
    const chosen = /** @type {HTMLElement | null} */ (button.closest("[data-other]"));
    const value = button.name === "use" ? (chosen?.dataset.value ?? "") : currentValueOf(name);
    const others = findAll(foot(name), "[data-other]").map((other) => other.dataset.other);
    const change = { ...parseFieldName(name), value, label: labelOf(name) };
    setValue(name, value);
    this.shown.set(name, value);
    this.bases.set(name, this.queue.choose(change, [this.bases.get(name), ...others]));
    this.showConflicts(name, []);
    inputs(name)[0].focus();
  }

  // --- What the server says ---

  /** @param {Receipt} receipt */
  receive(receipt) {
    if (receipt.closed) {
      this.close(receipt.closed);
      return;
    }
    for (const fieldState of receipt.field_states) this.applyFieldState(fieldState);
    const meter = find(document, "[data-progress]");
    /** @type {HTMLProgressElement} */ (find(meter, "progress")).value = receipt.answered;
    find(meter, ".meter-number").textContent = `${receipt.answered}/${receipt.total}`;
    for (const [number, [answered, total]] of Object.entries(receipt.parts)) {
      const count = findOptional(document, `[data-part="${number}"] [data-count]`);
      if (count) count.textContent = `${answered === total ? "✓ " : ""}${answered}/${total}`;
    }
  }

  /**
   * Confirmed or signed meanwhile: what is written here is sent once more, and no word is added.
   * @param {Receipt["closed"]} closed
   */
  close(closed) {
    this.closed = closed;
    this.commitAll();
    for (const input of fieldsOf(form)) input.disabled = true;
  }

  /** @param {FieldState} fieldState */
  applyFieldState(fieldState) {
    const name = nameOf(fieldState);
    if (!this.shown.has(name)) return;
    this.showConflicts(name, fieldState.others);
    if (this.typing.has(name) || this.queue.fieldNames.has(name)) return;
    this.bases.set(name, fieldState.edit);
    this.shown.set(name, fieldState.value);
    setValue(name, fieldState.value);
  }

  /**
   * @param {string} name
   * @param {FieldState["others"]} others
   */
  showConflicts(name, others) {
    const notes = others.map((other) => {
      const note = cloneTemplate("other");
      Object.assign(note.dataset, { other: other.id, value: other.value });
      find(note, ".other-text").textContent = other.text;
      find(note, ".small").textContent = `โดย ${other.by} เมื่อ ${other.at}`;
      for (const button of note.querySelectorAll("button")) button.value = other.id;
      return note;
    });
    find(foot(name), "[data-others]").replaceChildren(...notes);
  }

  /**
   * @param {Edit} edit
   * @param {string} message
   */
  refuse(edit, message) {
    if (this.bases.get(edit.name) === edit.id) this.bases.set(edit.name, edit.base);
    this.showProblem(edit.name, message);
  }

  /**
   * @param {string} name
   * @param {string} message empty when there is none any more
   */
  showProblem(name, message) {
    if (!this.shown.has(name)) return;
    const problem = find(foot(name), "[data-problem]");
    problem.hidden = !message;
    find(problem, "span:last-child").textContent = message;
    for (const input of inputs(name)) input.classList.toggle("is-invalid", Boolean(message));
  }

  // --- What the page says ---

  paint() {
    const unsaved = new Set([...this.queue.fieldNames, ...this.typing.keys()]);
    const isLate = !["saved", "saving"].includes(this.queue.state);
    const rejected = new Set([...this.queue.rejected.values()].map((edit) => edit.name));
    for (const name of this.shown.keys()) {
      const isMarked = rejected.has(name) || (isLate && unsaved.has(name));
      find(foot(name), "[data-unsent]").hidden = !isMarked;
    }
    this.paintState(unsaved.size);
    this.paintObstacle();
    if (this.closed) this.sayClosed(this.closed);
    else if (this.queue.state === "trouble") this.say(this.queue.message);
    else this.say(this.queue.hasUnstored ? UNSTORED : "");
  }

  /** Beside the buttons that were pressed in vain, until they can be pressed again. */
  paintObstacle() {
    const note = find(document, "[data-obstacle]");
    const words = this.isLeaving ? this.obstacle : "";
    this.isLeaving = Boolean(words);
    note.hidden = !words;
    if (note.textContent !== words) note.textContent = words;
  }

  /** @param {NonNullable<Receipt["closed"]>} closed */
  sayClosed({ message, url }) {
    this.say(message, create("a", { href: url, className: "tap", textContent: "เปิดหน้าบันทึก" }));
  }

  /** @param {number} count fields that are not saved */
  paintState(count) {
    const [kind, word] = this.stateWords(count);
    const area = find(document, "[data-saving]");
    area.hidden = false;
    const box = find(area, ".save");
    if (box.dataset.shown === word) return;
    const isBusy =
      this.queue.state === "saved" && (count > 0 || this.attachments.uploads.length > 0);
    Object.assign(box.dataset, { shown: word, saveState: isBusy ? "saving" : this.queue.state });
    const pill = create("span", { className: `pill ${kind}` });
    const glyph = create("span", { className: "g", textContent: GLYPHS[kind] });
    glyph.setAttribute("aria-hidden", "true");
    pill.append(glyph, ` ${word}`);
    box.replaceChildren(pill, ...(this.queue.state === "signin" ? [" ", this.signInLink()] : []));
  }

  /**
   * Kind and words of the pill that says whether all is saved.
   * @param {number} count fields that are not saved
   */
  stateWords(count) {
    const { state, hasUnstored, rejected, savedAt } = this.queue;
    const unsaved = `ยังไม่บันทึก ${count} ช่อง`;
    const kept = hasUnstored ? unsaved : `เก็บไว้ในเครื่องนี้ ${count} ช่อง`;
    if (state === "signin") return ["late", `ต้องเข้าสู่ระบบใหม่ ${kept}`];
    if (state === "trouble") return ["late", unsaved];
    if (state === "unsaved") return ["mine", `${kept} ระบบจะส่งให้เมื่อมีสัญญาณ`];
    if (rejected.size) return ["late", unsaved];
    if (count) return ["wait", "กำลังบันทึก"];
    if (this.closed) return ["late", "แบบประเมินปิดแล้ว"];
    return this.attachments.stateWords ?? ["done", `บันทึกแล้ว ${savedAt}`.trim()];
  }

  signInLink() {
    const next = encodeURIComponent(location.pathname);
    return create("a", {
      href: `${form.dataset.login}?next=${next}`,
      textContent: "เข้าสู่ระบบแล้วบันทึกต่อ",
    });
  }

  /**
   * @param {string} message empty when there is no trouble any more
   * @param {Node[]} more
   */
  say(message, ...more) {
    const trouble = find(document, "[data-trouble]");
    trouble.hidden = !message;
    if (trouble.dataset.shown === message) return;
    trouble.dataset.shown = message;
    trouble.replaceChildren(message, ...more.flatMap((part) => [" ", part]));
  }
}

if ("write" in form.dataset) new SheetPage();
else new Attachments(form, () => {}); // what waits of a closed sheet is shown
