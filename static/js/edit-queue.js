// Edits of one person on one answer sheet, on their way to the server. Each is kept on this
// device until the server says that it is stored; only then does it count as saved.
"use strict";

const BATCH = 100;
const TIMEOUT = 30_000;
const SLOWEST = 30_000;
const LOST = { status: 0, body: null };

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

// This device's memory: one entry an edit, so that two tabs never overwrite each other's.
class EditStore {
  constructor(user, sheet) {
    this.prefix = `edit:${user}:${sheet}:`;
    this.failed = new Set();
  }

  // The sheets of which it holds edits of this person.
  static sheets(user) {
    try {
      const keys = Object.keys(localStorage).filter((key) => key.startsWith(`edit:${user}:`));
      return [...new Set(keys.map((key) => key.split(":")[2]))];
    } catch {
      return [];
    }
  }

  // Oldest first. What cannot be unlocked stays where it is (device-lock.js).
  async load() {
    try {
      const keys = Object.keys(localStorage).filter((key) => key.startsWith(this.prefix));
      const edits = await Promise.all(keys.map((key) => deviceLock.get(key)));
      return edits.filter(Boolean).sort((a, b) => a.at - b.at || a.turn - b.turn);
    } catch {
      return [];
    }
  }

  put(edit) {
    try {
      deviceLock.put(this.prefix + edit.id, edit);
      this.failed.delete(edit.id);
    } catch {
      this.failed.add(edit.id); // full or forbidden: only this page knows it
    }
  }

  remove(id) {
    this.failed.delete(id);
    try {
      localStorage.removeItem(this.prefix + id);
    } catch { /* nothing was kept */ }
  }
}

class EditQueue {
  // listener: { changed(), stored(receipt), refused(edit, message) }. A receipt with `closed` says that
  // the sheet takes no more edits and that those sent were kept with its record.
  // `about` ({ sheetName, sheetUrl }) says in other pages where an edit was typed.
  constructor({ url, user, sheet, listener, about = {} }) {
    Object.assign(this, { url, user, listener, about, store: new EditStore(user, sheet) });
    this.waiting = new Map(); // by id, oldest first
    this.rejected = new Map(); // what the server would not take, until the field is changed
    this.state = "saved";
    this.savedAt = "";
    this.message = "";
    this.failures = 0;
    this.turn = 0;
    for (const event of ["online", "focus", "pageshow"]) addEventListener(event, () => this.retry());
    document.addEventListener("visibilitychange", () => document.hidden || this.retry());
  }

  // What this device kept, also of another page of this browser; before the first edit is added.
  async load() {
    for (const edit of await this.store.load()) {
      if (!this.rejected.has(edit.id) && !this.waiting.has(edit.id)) this.waiting.set(edit.id, { ...edit, tried: true });
    }
  }

  get unstored() {
    return this.store.failed.size > 0;
  }

  get fieldNames() {
    return new Set([...this.waiting.values(), ...this.rejected.values()].map((edit) => edit.name));
  }

  // A newer edit takes the place of the one before it, if that was never sent.
  add(change) {
    this.forget(this.rejected, change.name);
    const before = [...this.waiting.values()].filter((edit) => edit.name === change.name).at(-1);
    if (before && !before.tried) this.drop(before.id);
    const base = before ? (before.tried ? before.id : before.base) : change.base;
    return this.push({ ...change, base });
  }

  // A choice between values is an edit upon each of them, sent together.
  choose(change, bases) {
    return bases.map((base) => this.push({ ...change, base })).at(-1);
  }

  // Too long to be taken: kept on this device, not sent.
  addRejected(change, message) {
    this.forget(this.rejected, change.name);
    const edit = this.newEdit(change);
    this.rejected.set(edit.id, edit);
    this.store.put(edit);
    this.listener.refused(edit, message);
    this.setState(this.waiting.size ? this.state : "saved");
  }

  newEdit(change) {
    return { ...change, ...this.about, id: newId(), at: Date.now(), turn: this.turn++, tried: false };
  }

  push(change) {
    const edit = this.newEdit(change);
    this.waiting.set(edit.id, edit);
    this.store.put(edit);
    queueMicrotask(() => this.send());
    return edit.id;
  }

  drop(id) {
    this.waiting.delete(id);
    this.store.remove(id);
  }

  forget(edits, name) {
    for (const edit of edits.values()) {
      if (edit.name !== name) continue;
      edits.delete(edit.id);
      this.store.remove(edit.id);
    }
  }

  setState(state, message = "") {
    Object.assign(this, { state, message });
    this.listener.changed();
  }

  retry() {
    this.failures = 0;
    this.send();
  }

  async send() {
    if (this.busy || !this.waiting.size) return;
    if (this.timer && this.failures) return; // the next try is already set
    clearTimeout(this.timer);
    this.timer = null;
    this.busy = true;
    const batch = [...this.waiting.values()].slice(0, BATCH);
    for (const edit of batch) edit.tried = true;
    if (this.state === "saved") this.setState("saving");
    const answer = await this.post(batch);
    this.busy = false;
    this.handleResponse(answer);
  }

  async post(batch) {
    const now = Date.now();
    const edits = batch.map(({ id, indicator, field, value, base, at }) => ({
      id, indicator, field, value, base, age_ms: Math.max(0, now - at),
    }));
    const body = JSON.stringify({ user: this.user, edits });
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), TIMEOUT);
    try {
      const response = await fetch(this.url, {
        method: "POST", body, redirect: "manual", signal: stop.signal, keepalive: body.length < 15_000,
        headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken() },
      });
      return { status: response.status, body: await response.json().catch(() => null) };
    } catch {
      return LOST;
    } finally {
      clearTimeout(timer);
    }
  }

  handleResponse({ status, body }) {
    if (status === 200 && body) return this.receive(body);
    if (status === 401 || (status === 403 && !body)) return this.wait("signin", body?.message);
    if (body?.message) return this.wait("trouble", body.message);
    if (status === 404) return this.wait("trouble", "บัญชีนี้เปิดแบบประเมินนี้ไม่ได้แล้ว จึงยังไม่บันทึก");
    return this.wait("unsaved");
  }

  receive(receipt) {
    this.failures = 0;
    this.savedAt = receipt.at;
    for (const id of [...receipt.saved, ...receipt.kept]) this.drop(id);
    for (const { id, message } of receipt.rejected) this.reject(this.waiting.get(id), message);
    this.listener.stored(receipt);
    this.setState(this.waiting.size ? "saving" : "saved");
    this.send();
  }

  reject(edit, message) {
    if (!edit) return;
    this.waiting.delete(edit.id);
    for (const later of this.waiting.values()) if (later.base === edit.id) later.base = edit.base;
    if ([...this.waiting.values()].some((later) => later.name === edit.name)) return this.store.remove(edit.id);
    this.rejected.set(edit.id, edit);
    this.listener.refused(edit, message);
  }

  wait(state, message = "") {
    const pause = Math.min(SLOWEST, 1000 * 2 ** this.failures) * (0.5 + Math.random());
    this.failures += 1;
    this.timer = setTimeout(() => {
      this.timer = null;
      this.send();
    }, pause);
    this.setState(state, message);
  }

  // True once all is stored; false if that does not come about soon.
  async drained(patience) {
    const end = Date.now() + patience;
    this.retry();
    while (this.waiting.size && this.busy && Date.now() < end) {
      await new Promise((next) => setTimeout(next, 50));
    }
    return !this.waiting.size;
  }
}
