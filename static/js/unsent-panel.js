// What this device still holds of the signed-in person: edits of answer sheets (edit-queue.js) and
// files (device-files.js) that the server does not have yet. Nothing is signed, confirmed, handed
// in or signed out over them.
//
// A link or form with data-needs-sent goes only once nothing waits of the sheets that the page's
// panel (components/unsent_panel.html) names, or of any sheet where it names none. A form with
// data-sign-out leads to the page that asks, while anything waits.
//
// Loaded before the page is drawn, so that no press comes before it.
"use strict";

async function unsentFor(user, sheets = []) {
  const wanted = ({ sheet }) => !sheets.length || sheets.includes(sheet);
  const files = await deviceFiles.all(`${user}`).catch(() => []); // a browser that keeps none
  const stores = EditStore.sheets(user).filter((sheet) => wanted({ sheet })).map((sheet) => new EditStore(user, sheet));
  const edits = await Promise.all(stores.map((store) => store.load()));
  return { edits: edits.flat(), files: files.filter(wanted) };
}

function countText(edits, files) {
  const fields = new Set(edits.map(({ sheet, name }) => `${sheet} ${name}`)).size;
  return [fields && `${fields} ช่อง`, files.length && `${files.length} ไฟล์`].filter(Boolean).join(" ");
}

const fileLine = ({ name }) => Object.assign(document.createElement("li"), { textContent: `ไฟล์ ${name}` });

// --- The panel that names them and sends the edits ---

class UnsentPanel {
  constructor(panel) {
    this.panel = panel;
    this.user = Number(panel.dataset.user);
    this.sheets = panel.dataset.sheets.split(" ").filter(Boolean);
    this.queues = new Map(); // by sheet
    this.problems = new Map(); // by the id of an edit that the server refused
    this.files = [];
    this.sent = 0;
    panel.querySelector("[data-unsent-send]").addEventListener("click", () => this.retry());
    for (const event of ["focus", "pageshow"]) addEventListener(event, () => this.refresh());
    this.refresh();
  }

  part(name) {
    return this.panel.querySelector(`[data-unsent-${name}]`);
  }

  get edits() {
    return [...this.queues].flatMap(([sheet, { waiting, rejected }]) => [...waiting.values(), ...rejected.values()].map((edit) => ({ ...edit, sheet })));
  }

  // Reads what is kept, which another page of this browser may have changed.
  async refresh() {
    const sheets = EditStore.sheets(this.user).filter((sheet) => !this.sheets.length || this.sheets.includes(sheet));
    for (const sheet of sheets) {
      if (!this.queues.has(sheet)) this.queues.set(sheet, this.createQueue(sheet));
      await this.queues.get(sheet).load();
      this.queues.get(sheet).send();
    }
    this.files = (await unsentFor(this.user, this.sheets)).files;
    this.paint();
  }

  createQueue(sheet) {
    return new EditQueue({
      url: this.panel.dataset.edits.replace("/0/", `/${sheet}/`),
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

  receive(receipt) {
    this.sent += receipt.saved.length + receipt.kept.length;
    this.closed = receipt.closed ?? this.closed;
  }

  // The page was made before what has just been sent: it is shown as it stands now.
  finish() {
    if ("reload" in this.panel.dataset) location.replace(location.pathname + location.search);
    else this.say(this.closed ? this.closed.message : `✓ ส่งจากเครื่องนี้ครบแล้ว ${this.sent} ช่อง`, this.closed?.url);
  }

  // --- What it says ---

  paint() {
    const { edits, files } = this;
    const count = edits.length + files.length;
    this.panel.hidden = !count && !this.sent;
    this.panel.classList.toggle("late", count > 0 || Boolean(this.closed));
    this.panel.classList.toggle("done", !count && !this.closed);
    this.panel.querySelector("h2").hidden = !count;
    this.part("send").hidden = !edits.length;
    for (const part of document.querySelectorAll("[data-unsent-only]")) part.hidden = !count;
    for (const part of document.querySelectorAll("[data-needs-sent]")) this.mark(part, count);
    if (!count && !this.sent) return;
    this.part("count").textContent = countText(edits, files);
    this.list(edits, files);
    if (count) this.say(this.stateWords());
    else this.finish();
  }

  mark(part, count) {
    const button = part.matches("form") ? part.querySelector("[type=submit]") : part;
    if (count) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }

  stateWords() {
    const states = [...this.queues.values()].filter((queue) => queue.waiting.size).map((queue) => queue.state);
    const act = this.panel.dataset.act ? ` ยัง${this.panel.dataset.act}ไม่ได้จนกว่าจะส่งครบ` : "";
    const trouble = [...this.queues.values()].find((queue) => queue.state === "trouble");
    if (states.includes("saving") || states.includes("saved")) return `กำลังส่ง${act}`;
    if (states.includes("signin")) return `ต้องเข้าสู่ระบบใหม่${act}`;
    if (trouble) return `${trouble.message}${act}`;
    if (states.includes("unsaved")) return `ระบบจะส่งให้เมื่อมีสัญญาณ${act}`;
    return `โปรดเปิดแบบประเมินเพื่อแก้ไขหรือส่ง${act}`;
  }

  say(words, url) {
    const state = this.part("state");
    if (state.dataset.shown === words) return;
    state.dataset.shown = words;
    const link = Object.assign(document.createElement("a"), { className: "tap", href: url, textContent: "เปิดหน้าบันทึก" });
    state.replaceChildren(words, ...(url ? [" ", link] : []));
  }

  // One line for each sheet: where it is, and the words, which can be copied.
  list(edits, files) {
    const shown = [...edits.map(({ id, sheet }) => `${id} ${this.problems.get(id)} ${this.queues.get(sheet).state}`), ...files.map(({ id }) => id)].join();
    if (this.shown === shown) return; // what is opened there stays open
    this.shown = shown;
    const sheets = new Set([...edits, ...files].map(({ sheet }) => sheet));
    this.part("list").replaceChildren(...[...sheets].map((sheet) => this.line(
      sheet, edits.filter((edit) => edit.sheet === sheet), files.filter((file) => file.sheet === sheet),
    )));
  }

  line(sheet, edits, files) {
    const line = document.getElementById("unsent-line").content.firstElementChild.cloneNode(true);
    const known = [...edits, ...files].find(({ sheetUrl }) => sheetUrl);
    const link = line.querySelector("a");
    link.href = known?.sheetUrl ?? this.panel.dataset.sheet.replace("/0/", `/${sheet}/`);
    link.textContent = known?.sheetName ?? "แบบประเมิน";
    line.querySelector("[data-unsent-amount]").textContent = countText(edits, files);
    line.querySelector("[data-unsent-edits]").append(...edits.map((edit) => this.editLine(edit)), ...files.map(fileLine));
    return line;
  }

  editLine(edit) {
    const line = document.getElementById("unsent-edit").content.firstElementChild.cloneNode(true);
    const [box, message, drop] = ["textarea", "[data-unsent-problem]", "[data-unsent-drop]"].map((part) => line.querySelector(part));
    box.id = `unsent-${edit.id}`;
    line.querySelector("label").htmlFor = box.id;
    line.querySelector("label").textContent = edit.label;
    box.value = edit.value;
    message.textContent = this.problems.get(edit.id) ?? "";
    makeCopyable(line.querySelector("[data-copy]"), box, line.querySelector("[data-copied]"));
    const queue = this.queues.get(edit.sheet);
    drop.hidden = queue.state !== "trouble" && !queue.rejected.has(edit.id);
    drop.addEventListener("click", () => confirm(`ลบ “${edit.label}” ออกจากเครื่องนี้`) && this.drop(queue, edit));
    return line;
  }

  drop(queue, edit) {
    queue.rejected.delete(edit.id);
    queue.drop(edit.id);
    this.paint();
  }

  reveal() {
    this.refresh();
    this.panel.scrollIntoView({ block: "center" });
    this.panel.focus({ preventScroll: true });
  }
}

// --- What does not go over them ---

let unsentPanel = null;

async function hasUnsent(user, sheets) {
  const unsent = await unsentFor(user, sheets);
  return unsent.edits.length + unsent.files.length + (unsentPanel?.edits.length ?? 0) > 0;
}

async function goWhenSent(event, target) {
  event.preventDefault();
  event.stopPropagation();
  if (target.dataset.checking) return;
  target.dataset.checking = "yes";
  await pageReady;
  const isUnsent = await hasUnsent(unsentPanel.user, unsentPanel.sheets);
  delete target.dataset.checking;
  if (isUnsent) unsentPanel.reveal();
  else go(target, event.submitter);
}

function go(target, submitter) {
  if (!target.matches("form")) {
    location.href = target.href;
    return;
  }
  target.dataset.sentAll = "yes";
  target.requestSubmit(submitter);
  delete target.dataset.sentAll;
}

async function signOut(event, form) {
  event.preventDefault();
  event.stopPropagation();
  await pageReady;
  if (await hasUnsent(form.dataset.signOut)) location.href = form.action;
  else form.submit();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-needs-sent]") && !form.dataset.sentAll) goWhenSent(event, form);
  else if (form.matches("[data-sign-out]")) signOut(event, form);
}, { capture: true });

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-needs-sent]");
  if (link) goWhenSent(event, link);
}, { capture: true });

const pageReady = new Promise((ready) => {
  document.addEventListener("DOMContentLoaded", () => {
    const panel = document.querySelector("[data-unsent-panel]");
    if (panel) unsentPanel = new UnsentPanel(panel);
    ready();
  });
});
