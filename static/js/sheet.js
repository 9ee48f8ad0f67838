// The page of an answer sheet: every change becomes an edit, and the page says what is saved.
"use strict";

const form = document.querySelector("form[data-sheet]");
const PAUSE = 700;
const LONGEST_PAUSE = 3000;
const GLYPHS = { done: "✓", mine: "●", wait: "○", late: "⚠\ufe0e" };

// --- Fields: by the name of their input ---

const inputs = (name) => [...form.elements].filter((input) => input.name === name);
const foot = (name) => form.querySelector(`[data-foot="${name}"]`);

function valueOf(name) {
  const [first, ...others] = inputs(name);
  if (first.type !== "radio") return first.value;
  return [first, ...others].find((radio) => radio.checked)?.value ?? "";
}

// As the server sent it: on a slow line people type before this file arrives.
function initialValueOf(name) {
  const [first, ...others] = inputs(name);
  if (first.type !== "radio") return first.defaultValue;
  return [first, ...others].find((radio) => radio.defaultChecked)?.value ?? "";
}

function setValue(name, value) {
  for (const input of inputs(name)) {
    if (input.type === "radio") input.checked = input.value === value;
    else if (input.value !== value) input.value = value;
  }
  showGap(inputs(name)[0].closest(".indicator"));
}

function parseFieldName(name) {
  const [field, indicator] = name.split("-");
  return { name, field, indicator: indicator ? Number(indicator) : null };
}

const nameOf = ({ field, indicator }) => (indicator === null ? field : `${field}-${indicator}`);

// Words by which a person knows the field again when its page is closed.
function labelOf(name) {
  const input = inputs(name)[0];
  const title = input.closest(".indicator")?.querySelector("legend")?.lastChild.textContent.trim() ?? "";
  return `${title} ${input.type === "radio" ? "ระดับ" : input.labels[0].textContent}`.trim();
}

function showGap(card) {
  const notice = card?.querySelector("[data-gap]");
  if (!notice) return;
  const chosen = card.querySelector("input[type=radio]:checked")?.value ?? "";
  const gap = /^\d+$/.test(chosen) && /^\d+$/.test(card.dataset.schoolLevel) ? Math.abs(chosen - card.dataset.schoolLevel) : 0;
  notice.hidden = gap < 2;
  notice.querySelector("strong").lastChild.textContent = ` ต่างจากโรงเรียน ${gap} ระดับ`;
}

// --- Writing ---

class SheetPage {
  constructor() {
    this.bases = new Map(); // the edit that stood in the field when it was last typed
    this.shown = new Map(); // the value that is an edit already
    this.typing = new Map(); // text fields with words that are not yet an edit
    for (const { name, value } of form.querySelectorAll("input[name^=version-]")) {
      this.bases.set(name.slice(5), value.split(":")[0] || null);
      this.shown.set(name.slice(5), initialValueOf(name.slice(5)));
    }
    this.queue = new EditQueue({
      url: form.dataset.url,
      user: Number(form.dataset.user),
      sheet: form.dataset.sheet,
      about: { sheetName: form.dataset.sheetName, sheetUrl: location.pathname },
      listener: {
        changed: () => this.paint(),
        stored: (receipt) => this.receive(receipt),
        refused: (edit, message) => this.refuse(edit, message),
      },
    });
    this.attachments = new Attachments(form, () => this.paint());
    this.start();
  }

  // What was typed while the kept edits were read is the first edit after them.
  async start() {
    await this.queue.load();
    const early = [...this.shown.keys()].filter((name) => valueOf(name) !== this.shown.get(name));
    for (const name of early) this.record(name, valueOf(name));
    this.restore();
    this.listen();
    this.paint();
    this.queue.send();
  }

  // What was typed here before and never reached the server stands on the page again.
  restore() {
    for (const edit of this.queue.waiting.values()) {
      if (!this.shown.has(edit.name)) continue;
      setValue(edit.name, edit.value);
      this.shown.set(edit.name, edit.value);
      this.bases.set(edit.name, edit.id);
    }
  }

  listen() {
    form.addEventListener("input", ({ target }) => this.typed(target));
    form.addEventListener("change", ({ target }) => this.commit(target.name));
    form.addEventListener("focusout", ({ target }) => this.typing.has(target.name) && this.commit(target.name));
    form.addEventListener("submit", (event) => this.submit(event));
    for (const event of ["online", "offline"]) addEventListener(event, () => this.paint());
    addEventListener("pagehide", () => this.commitAll());
    document.addEventListener("visibilitychange", () => document.hidden && this.commitAll());
    addEventListener("beforeunload", (event) => {
      this.commitAll();
      if (this.queue.unstored) event.preventDefault();
    });
    addEventListener("pageshow", (event) => event.persisted && navigator.onLine && location.reload());
  }

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

  commit(name) {
    if (!this.shown.has(name)) return;
    clearTimeout(this.typing.get(name)?.timer);
    this.typing.delete(name);
    showGap(inputs(name)[0].closest(".indicator"));
    const value = valueOf(name);
    if (value !== this.shown.get(name)) this.record(name, value);
    this.paint();
  }

  record(name, value) {
    const change = { ...parseFieldName(name), value, base: this.bases.get(name), label: labelOf(name) };
    this.shown.set(name, value);
    this.showProblem(name, "");
    if (value.length > Number(form.dataset.longest)) {
      const over = `ยาว ${value.length.toLocaleString()} ตัวอักษร โปรดย่อให้ไม่เกิน ${Number(form.dataset.longest).toLocaleString()} ตัวอักษร`;
      this.queue.addRejected(change, over);
    } else {
      this.bases.set(name, this.queue.add(change));
    }
  }

  async submit(event) {
    event.preventDefault();
    const button = event.submitter;
    this.commitAll();
    if (button?.name === "use" || button?.name === "keep") return this.choose(button);
    if (button?.name === "clear") return this.clear(`level-${button.value}`);
    if (button && "attach" in button.dataset) return this.attachments.attachTypedLink(button.closest("[data-place]"));
    if (button?.name !== "go") return;
    this.attachments.attachTypedLinks();
    await this.queue.drained(3000);
    await this.attachments.readyToLeave(3000);
    this.isLeaving = true;
    this.paint();
    if (!this.obstacle) location.href = button.value;
    else if (this.refusedHere) inputs(this.refusedHere.name)[0].focus();
  }

  get refusedHere() {
    return [...this.queue.rejected.values()].find((edit) => inputs(edit.name).length);
  }

  // Why another page cannot be opened now; empty when it can.
  get obstacle() {
    const refused = this.refusedHere;
    if (refused) return `ช่อง${refused.label}ยังไม่ได้บันทึก โปรดแก้ตามข้อความใต้ช่องนั้นก่อนเปิดหน้าถัดไป`;
    if (this.attachments.unstored) return "เครื่องนี้เก็บไฟล์ไว้ไม่ได้ จึงยังไม่เปิดหน้าถัดไป โปรดรอให้แนบครบหรือเลือกไม่ส่ง";
    if (this.queue.unstored) return "เครื่องนี้เก็บข้อความไว้ไม่ได้ จึงยังไม่เปิดหน้าถัดไป โปรดรอให้บันทึกครบ";
    if (!navigator.onLine || this.queue.state === "unsaved") {
      return "ขณะนี้ไม่มีสัญญาณ จึงเปิดหน้าถัดไปไม่ได้ ข้อความในหน้านี้เก็บไว้ในเครื่องแล้ว กรอกหน้านี้ต่อได้";
    }
    return "";
  }

  clear(name) {
    setValue(name, "");
    this.commit(name);
    inputs(name)[0].focus();
  }

  choose(button) {
    const name = button.closest("[data-foot]").dataset.foot;
    const others = [...foot(name).querySelectorAll("[data-other]")];
    const value = button.name === "use" ? button.closest("[data-other]").dataset.value : valueOf(name);
    const bases = [this.bases.get(name), ...others.map((other) => other.dataset.other)];
    const change = { ...parseFieldName(name), value, label: labelOf(name) };
    setValue(name, value);
    this.shown.set(name, value);
    this.bases.set(name, this.queue.choose(change, bases));
    this.showConflicts(name, []);
    inputs(name)[0].focus();
  }

  // --- What the server says ---

  receive(receipt) {
    if (receipt.closed) return this.close(receipt.closed);
    for (const standing of receipt.field_states) this.applyFieldState(nameOf(standing), standing);
    const meter = document.querySelector("[data-progress]");
    meter.querySelector("progress").value = receipt.answered;
    meter.querySelector(".meter-number").textContent = `${receipt.answered}/${receipt.total}`;
    for (const [number, [settled, total]] of Object.entries(receipt.parts)) {
      const count = document.querySelector(`[data-part="${number}"] [data-count]`);
      if (count) count.textContent = `${settled === total ? "✓ " : ""}${settled}/${total}`;
    }
  }

  // Confirmed or signed meanwhile: what is written here is sent once more, and no word is added.
  close(closed) {
    this.closed = closed;
    this.commitAll();
    for (const input of form.elements) input.disabled = true;
  }

  applyFieldState(name, standing) {
    if (!this.shown.has(name)) return;
    this.showConflicts(name, standing.others);
    if (this.typing.has(name) || this.queue.fieldNames.has(name)) return;
    this.bases.set(name, standing.edit);
    this.shown.set(name, standing.value);
    setValue(name, standing.value);
  }

  showConflicts(name, others) {
    foot(name).querySelector("[data-others]").replaceChildren(...others.map((other) => {
      const note = document.getElementById("other").content.firstElementChild.cloneNode(true);
      Object.assign(note.dataset, { other: other.id, value: other.value });
      note.querySelector(".other-text").textContent = other.text;
      note.querySelector(".small").textContent = `โดย ${other.by} เมื่อ ${other.at}`;
      for (const button of note.querySelectorAll("button")) button.value = other.id;
      return note;
    }));
  }

  refuse(edit, message) {
    if (this.bases.get(edit.name) === edit.id) this.bases.set(edit.name, edit.base);
    this.showProblem(edit.name, message);
  }

  showProblem(name, message) {
    if (!this.shown.has(name)) return;
    const problem = foot(name).querySelector("[data-problem]");
    problem.hidden = !message;
    problem.querySelector("span:last-child").textContent = message;
    for (const input of inputs(name)) input.classList.toggle("is-invalid", Boolean(message));
  }

  // --- What the page says ---

  paint() {
    const unsaved = new Set([...this.queue.fieldNames, ...this.typing.keys()]);
    const late = !["saved", "saving"].includes(this.queue.state);
    for (const name of this.shown.keys()) {
      const isRejected = [...this.queue.rejected.values()].some((edit) => edit.name === name);
      foot(name).querySelector("[data-unsent]").hidden = !(isRejected || (late && unsaved.has(name)));
    }
    this.paintState(unsaved.size);
    this.paintObstacle();
    if (this.closed) return this.sayClosed();
    const unstored = "เครื่องนี้เก็บข้อความไว้ไม่ได้ (หน่วยความจำเต็มหรือถูกปิด) โปรดอย่าปิดหน้านี้จนกว่าจะบันทึกแล้ว";
    this.say(this.queue.state === "trouble" ? this.queue.message : this.queue.unstored ? unstored : "");
  }

  // Beside the buttons that were pressed in vain, until they can be pressed again.
  paintObstacle() {
    const note = document.querySelector("[data-obstacle]");
    const words = this.isLeaving ? this.obstacle : "";
    this.isLeaving = Boolean(words);
    note.hidden = !words;
    if (note.textContent !== words) note.textContent = words;
  }

  sayClosed() {
    const link = Object.assign(document.createElement("a"), { href: this.closed.url, className: "tap", textContent: "เปิดหน้าบันทึก" });
    this.say(this.closed.message, link);
  }

  paintState(count) {
    const [kind, word] = this.stateWords(count);
    const area = document.querySelector("[data-saving]");
    area.hidden = false;
    const box = area.querySelector(".save");
    if (box.dataset.shown === word) return;
    const busy = this.queue.state === "saved" && (count > 0 || this.attachments.uploads.length > 0);
    Object.assign(box.dataset, { shown: word, saveState: busy ? "saving" : this.queue.state });
    const pill = Object.assign(document.createElement("span"), { className: `pill ${kind}` });
    const sign = Object.assign(document.createElement("span"), { className: "g", textContent: GLYPHS[kind] });
    sign.setAttribute("aria-hidden", "true");
    pill.append(sign, ` ${word}`);
    box.replaceChildren(pill, ...(this.queue.state === "signin" ? [" ", this.signInLink()] : []));
  }

  stateWords(count) {
    const unsaved = `ยังไม่บันทึก ${count} ช่อง`;
    const kept = this.queue.unstored ? unsaved : `เก็บไว้ในเครื่องนี้ ${count} ช่อง`;
    if (this.queue.state === "signin") return ["late", `ต้องเข้าสู่ระบบใหม่ ${kept}`];
    if (this.queue.state === "trouble") return ["late", unsaved];
    if (this.queue.state === "unsaved") return ["mine", `${kept} ระบบจะส่งให้เมื่อมีสัญญาณ`];
    if (this.queue.rejected.size) return ["late", unsaved];
    if (count) return ["wait", "กำลังบันทึก"];
    if (this.closed) return ["late", "แบบประเมินปิดแล้ว"];
    return this.attachments.stateWords ?? ["done", `บันทึกแล้ว ${this.queue.savedAt}`.trim()];
  }

  signInLink() {
    const next = encodeURIComponent(location.pathname);
    const link = Object.assign(document.createElement("a"), { href: `${form.dataset.login}?next=${next}` });
    link.textContent = "เข้าสู่ระบบแล้วบันทึกต่อ";
    return link;
  }

  say(message, ...more) {
    const trouble = document.querySelector("[data-trouble]");
    trouble.hidden = !message;
    if (trouble.dataset.shown === message) return;
    trouble.dataset.shown = message;
    trouble.replaceChildren(message, ...more.flatMap((part) => [" ", part]));
  }
}

if ("write" in form.dataset) new SheetPage();
else new Attachments(form, () => {}); // what waits of a closed sheet is shown
