// @ts-check
// What this device still holds of the signed-in person: edits of answer sheets (edit-queue.js) and
// files (device-files.js) that the server does not have yet. Nothing is signed, confirmed, handed
// in or signed out over them.
//
// A link or form with data-needs-sent goes only once nothing waits of the sheets that the page's
// panel (components/unsent_panel.html) names, or of any sheet where it names none. A form with
// data-sign-out leads to the page that asks, while anything waits. hold-presses.js brings them here.

import { makeCopyable } from "./copy.js";
import { allFiles } from "./device-files.js";
import { cloneTemplate, create, find, findAll, findOptional } from "./dom.js";
import { EditQueue, EditStore } from "./edit-queue.js";

/**
 * @import { Edit, Receipt } from "./edit-queue.js"
 * @import { StoredRecord } from "./device-files.js"
 */

/** @typedef {Edit & { sheet: string }} SheetEdit an edit with the number of its sheet */

/**
 * The edits and files of one person; of some sheets, or of all where none is named.
 * @param {number | string} user
 * @param {string[]} [sheets]
 */
async function unsentFor(user, sheets = []) {
  const isWanted = (/** @type {string} */ sheet) => !sheets.length || sheets.includes(sheet);
  const files = await allFiles(`${user}`).catch(() => []); // a browser that keeps none
  const stores = EditStore.sheets(user)
    .filter(isWanted)
    .map((sheet) => new EditStore(user, sheet));
  const edits = await Promise.all(stores.map((store) => store.load()));
  return { edits: edits.flat(), files: files.filter(({ sheet }) => isWanted(sheet)) };
}

/**
 * @param {SheetEdit[]} edits
 * @param {StoredRecord[]} files
 */
function countText(edits, files) {
  const fields = new Set(edits.map(({ sheet, name }) => `${sheet} ${name}`)).size;
  return [fields && `${fields} ช่อง`, files.length && `${files.length} ไฟล์`]
    .filter(Boolean)
    .join(" ");
}

/** The panel that names what waits and sends the edits. */
class UnsentPanel {
  /** @param {HTMLElement} panel */
  constructor(panel) {
    this.panel = panel;
    this.user = Number(panel.dataset.user);
    this.sheets = (panel.dataset.sheets ?? "").split(" ").filter(Boolean);
    /** @type {Map<string, EditQueue>} by sheet */
    this.queues = new Map();
    /** @type {Map<string, string>} what the server said, by the id of the edit that it refused */
    this.problems = new Map();
    /** @type {StoredRecord[]} */
    this.files = [];
    this.sent = 0;
    this.shown = ""; // what the list shows
    this.part("send").addEventListener("click", () => this.retry());
    for (const event of ["focus", "pageshow"]) addEventListener(event, () => this.refresh());
    this.refresh();
  }

  /** @param {string} name */
  part(name) {
    return find(this.panel, `[data-unsent-${name}]`);
  }

  /** @returns {SheetEdit[]} */
  get edits() {
    return [...this.queues].flatMap(([sheet, queue]) =>
      queue.edits.map((edit) => ({ ...edit, sheet })),
    );
  }

  /** Reads what is kept, which another page of this browser may have changed. */
  async refresh() {
    for (const sheet of EditStore.sheets(this.user)) {
      if (this.sheets.length && !this.sheets.includes(sheet)) continue;
      const queue = this.queueOf(sheet);
      await queue.load();
      queue.send();
    }
    this.files = (await unsentFor(this.user, this.sheets)).files;
    this.paint();
  }

  /** @param {string} sheet */
  queueOf(sheet) {
    const queue = this.queues.get(sheet) ?? this.createQueue(sheet);
    this.queues.set(sheet, queue);
    return queue;
  }

  /** @param {string} sheet */
  createQueue(sheet) {
    return new EditQueue({
      url: (this.panel.dataset.edits ?? "").replace("/0/", `/${sheet}/`),
      user: this.user,
      sheet,
      listener: {
        changed: () => this.paint(),
        stored: (receipt) => this.receive(receipt),
        refused: (edit, message) => this.problems.set(edit.id, message),
      },
    });
  }

  retry() {
    for (const queue of this.queues.values()) queue.retry();
    this.refresh();
  }

  /** @param {Receipt} receipt */
  receive(receipt) {
    this.sent += receipt.saved.length + receipt.kept.length;
    this.closed = receipt.closed ?? this.closed;
  }

  /** The page was made before what has just been sent: it is shown as it stands now. */
  finish() {
    if ("reload" in this.panel.dataset) location.replace(location.pathname + location.search);
    else this.say(this.closed?.message ?? `✓ ส่งจากเครื่องนี้ครบแล้ว ${this.sent} ช่อง`, this.closed?.url);
  }

  // --- What it says ---

  paint() {
    const { edits, files } = this;
    const count = edits.length + files.length;
    this.panel.hidden = !count && !this.sent;
    this.panel.classList.toggle("late", count > 0 || Boolean(this.closed));
    this.panel.classList.toggle("done", !count && !this.closed);
    find(this.panel, "h2").hidden = !count;
    this.part("send").hidden = !edits.length;
    for (const part of findAll(document, "[data-unsent-only]")) part.hidden = !count;
    for (const part of findAll(document, "[data-needs-sent]")) markDisabled(part, count > 0);
    if (!count && !this.sent) return;
    this.part("count").textContent = countText(edits, files);
    this.list(edits, files);
    if (count) this.say(this.stateWords());
    else this.finish();
  }

  stateWords() {
    const queues = [...this.queues.values()];
    const states = queues.filter((queue) => queue.waiting.size).map((queue) => queue.state);
    const act = this.panel.dataset.act ? ` ยัง${this.panel.dataset.act}ไม่ได้จนกว่าจะส่งครบ` : "";
    const trouble = queues.find((queue) => queue.state === "trouble");
    if (states.includes("saving") || states.includes("saved")) return `กำลังส่ง${act}`;
    if (states.includes("signin")) return `ต้องเข้าสู่ระบบใหม่${act}`;
    if (trouble) return `${trouble.message}${act}`;
    if (states.includes("unsaved")) return `ระบบจะส่งให้เมื่อมีสัญญาณ${act}`;
    return `โปรดเปิดแบบประเมินเพื่อแก้ไขหรือส่ง${act}`;
  }

  /**
   * @param {string} words
   * @param {string} [url] of the record that they lead to
   */
  say(words, url) {
    const state = this.part("state");
    if (state.dataset.shown === words) return;
    state.dataset.shown = words;
    state.replaceChildren(words);
    if (url)
      state.append(" ", create("a", { className: "tap", href: url, textContent: "เปิดหน้าบันทึก" }));
  }

  /**
   * One line for each sheet: where it is, and the words, which can be copied.
   * @param {SheetEdit[]} edits
   * @param {StoredRecord[]} files
   */
  list(edits, files) {
    const editStates = edits.map(
      ({ id, sheet }) => `${id} ${this.problems.get(id)} ${this.queues.get(sheet)?.state}`,
    );
    const shown = [...editStates, ...files.map(({ id }) => id)].join();
    if (this.shown === shown) return; // what is opened there stays open
    this.shown = shown;
    const sheets = new Set([...edits, ...files].map(({ sheet }) => sheet));
    const lines = [...sheets].map((sheet) =>
      this.sheetLine(
        sheet,
        edits.filter((edit) => edit.sheet === sheet),
        files.filter((file) => file.sheet === sheet),
      ),
    );
    this.part("list").replaceChildren(...lines);
  }

  /**
   * @param {string} sheet
   * @param {SheetEdit[]} edits
   * @param {StoredRecord[]} files
   */
  sheetLine(sheet, edits, files) {
    const line = cloneTemplate("unsent-line");
    const known = [...edits, ...files].find(({ sheetUrl }) => sheetUrl);
    const link = /** @type {HTMLAnchorElement} */ (find(line, "a"));
    link.href = known?.sheetUrl ?? (this.panel.dataset.sheet ?? "").replace("/0/", `/${sheet}/`);
    link.textContent = known?.sheetName ?? "แบบประเมิน";
    find(line, "[data-unsent-amount]").textContent = countText(edits, files);
    find(line, "[data-unsent-edits]").append(
      ...edits.map((edit) => this.editLine(edit)),
      ...files.map(({ name }) => create("li", { textContent: `ไฟล์ ${name}` })),
    );
    return line;
  }

  /** @param {SheetEdit} edit */
  editLine(edit) {
    const line = cloneTemplate("unsent-edit");
    const box = /** @type {HTMLTextAreaElement} */ (find(line, "textarea"));
    const label = /** @type {HTMLLabelElement} */ (find(line, "label"));
    box.id = `unsent-${edit.id}`;
    box.value = edit.value;
    label.htmlFor = box.id;
    label.textContent = edit.label;
    find(line, "[data-unsent-problem]").textContent = this.problems.get(edit.id) ?? "";
    makeCopyable(find(line, "[data-copy]"), box, find(line, "[data-copied]"));
    const queue = this.queueOf(edit.sheet);
    const drop = find(line, "[data-unsent-drop]");
    drop.hidden = queue.state !== "trouble" && !queue.rejected.has(edit.id);
    drop.addEventListener("click", () => {
      if (!confirm(`ลบ “${edit.label}” ออกจากเครื่องนี้`)) return;
      queue.drop(edit.id);
      this.paint();
    });
    return line;
  }

  reveal() {
    this.refresh();
    this.panel.scrollIntoView({ block: "center" });
    this.panel.focus({ preventScroll: true });
  }
}

/**
 * @param {HTMLElement} part a form or a link
 * @param {boolean} isDisabled
 */
function markDisabled(part, isDisabled) {
  const button = part.matches("form") ? find(part, "[type=submit]") : part;
  if (isDisabled) button.setAttribute("aria-disabled", "true");
  else button.removeAttribute("aria-disabled");
}

// --- What does not go over them ---

/** @type {Promise<UnsentPanel | null>} */
const panelReady = (async () => {
  if (document.readyState === "loading") {
    await new Promise((ready) => document.addEventListener("DOMContentLoaded", ready));
  }
  const panel = findOptional(document, "[data-unsent-panel]");
  return panel && new UnsentPanel(panel);
})();

/**
 * Lets a held press go where it leads, unless something waits.
 * @param {HTMLElement} target the form or link that was pressed
 * @param {HTMLElement | null} submitter the button, of a form
 */
export async function goWhenSent(target, submitter) {
  const panel = await panelReady;
  const isSignOut = "signOut" in target.dataset;
  const user = isSignOut ? (target.dataset.signOut ?? "") : (panel?.user ?? "");
  const unsent = await unsentFor(user, isSignOut ? [] : panel?.sheets);
  const isUnsent = unsent.edits.length + unsent.files.length + (panel?.edits.length ?? 0) > 0;
  if (!isUnsent) go(target, submitter);
  else if (isSignOut) location.href = /** @type {HTMLFormElement} */ (target).action;
  else panel?.reveal();
}

/**
 * @param {HTMLElement} target
 * @param {HTMLElement | null} submitter
 */
function go(target, submitter) {
  if (target instanceof HTMLFormElement) {
    target.dataset.sentAll = "yes";
    target.requestSubmit(submitter);
    delete target.dataset.sentAll;
  } else {
    location.href = /** @type {HTMLAnchorElement} */ (target).href;
  }
}
