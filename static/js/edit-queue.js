// @ts-check
// Edits of one person on one answer sheet, on their way to the server. Each is kept on this
// device until the server says that it is stored; only then does it count as saved.

import { getLocked, putLocked } from "./device-lock.js";
import { BackOff, failureOf, newId, postJson } from "./server.js";

/** @import { Answer } from "./server.js" */

const BATCH = 100; // edits in one request
const NO_ACCESS = "บัญชีนี้เปิดแบบประเมินนี้ไม่ได้แล้ว จึงยังไม่บันทึก";

/**
 * What a person changed: a field's new value upon the edit `base` that stood in it before. `name` is
 * the field's name in the form, `label` the words by which the person knows it.
 * @typedef {{ name: string, field: string, indicator: number | null, value: string,
 *   base?: string | null, label: string }} Change
 */

/**
 * Where an edit was typed, for other pages to say.
 * @typedef {{ sheetName?: string, sheetUrl?: string }} EditSource
 */

/**
 * A change on its way: with its own UUID, the time of this device in milliseconds, its place among
 * the edits of this page, and whether it was sent before.
 * @typedef {Change & EditSource & { id: string, at: number, turn: number, tried: boolean }} Edit
 */

/**
 * The server's receipt: ids of the edits it `saved`, or only `kept` because the sheet was `closed`
 * meanwhile, and those it rejects; the state of the sheet now.
 * @typedef {{ saved: string[], kept: string[], rejected: { id: string, message: string }[],
 *   field_states: FieldState[], answered: number, total: number, parts: Record<string, [number, number]>,
 *   at: string, closed?: { message: string, url: string } }} Receipt
 */

/**
 * The value of one field, and the values of others that a person may choose instead.
 * @typedef {{ field: string, indicator: number | null, edit: string | null, value: string,
 *   others: { id: string, value: string, text: string, by: string, at: string }[] }} FieldState
 */

/**
 * Who wants to know: that something changed, what the server stored, what it would not take.
 * @typedef {{ changed: () => void, stored: (receipt: Receipt) => void,
 *   refused: (edit: Edit, message: string) => void }} QueueListener
 */

/** @typedef {"saved" | "saving" | "unsaved" | "signin" | "trouble"} QueueState */

/** This device's memory: one entry an edit, so that two tabs never overwrite each other's. */
export class EditStore {
  /**
   * @param {number | string} user
   * @param {string} sheet
   */
  constructor(user, sheet) {
    this.prefix = `edit:${user}:${sheet}:`;
    /** @type {Set<string>} */
    this.failed = new Set();
  }

  /**
   * The sheets of which this device holds edits of a person.
   * @param {number | string} user
   */
  static sheets(user) {
    try {
      const keys = Object.keys(localStorage).filter((key) => key.startsWith(`edit:${user}:`));
      return [...new Set(keys.map((key) => key.split(":")[2]))];
    } catch {
      return [];
    }
  }

  /**
   * Oldest first. What cannot be unlocked stays where it is (device-lock.js).
   * @returns {Promise<Edit[]>}
   */
  async load() {
    try {
      const keys = Object.keys(localStorage).filter((key) => key.startsWith(this.prefix));
      const edits = await Promise.all(keys.map((key) => getLocked(key)));
      return edits.filter(Boolean).sort((a, b) => a.at - b.at || a.turn - b.turn);
    } catch {
      return [];
    }
  }

  /** @param {Edit} edit */
  put(edit) {
    try {
      putLocked(this.prefix + edit.id, edit);
      this.failed.delete(edit.id);
    } catch {
      this.failed.add(edit.id); // full or forbidden: only this page knows it
    }
  }

  /** @param {string} id */
  remove(id) {
    this.failed.delete(id);
    try {
      localStorage.removeItem(this.prefix + id);
    } catch {
      // nothing was kept
    }
  }
}

/** Sends the edits of one sheet in their order, again and again until each has its answer. */
export class EditQueue {
  /**
   * @param {{ url: string, user: number, sheet: string, listener: QueueListener, source?: EditSource }} options
   *   `url` takes the edits
   */
  constructor({ url, user, sheet, listener, source = {} }) {
    this.url = url;
    this.user = user;
    this.listener = listener;
    this.source = source;
    this.store = new EditStore(user, sheet);
    /** @type {Map<string, Edit>} by id, oldest first */
    this.waiting = new Map();
    /** @type {Map<string, Edit>} what the server would not take, until the field is changed */
    this.rejected = new Map();
    /** @type {QueueState} */
    this.state = "saved";
    this.savedAt = "";
    this.message = "";
    this.turn = 0;
    this.isBusy = false;
    this.backOff = new BackOff(() => this.send());
    this.backOff.retryOnReturn();
  }

  /** Takes what this device kept, also of another page of this browser; before the first edit is added. */
  async load() {
    for (const edit of await this.store.load()) {
      if (this.rejected.has(edit.id) || this.waiting.has(edit.id)) continue;
      this.waiting.set(edit.id, { ...edit, tried: true });
    }
  }

  /** Some edits are known to this page only. */
  get hasUnstored() {
    return this.store.failed.size > 0;
  }

  /** All edits that the server does not have. */
  get edits() {
    return [...this.waiting.values(), ...this.rejected.values()];
  }

  get fieldNames() {
    return new Set(this.edits.map((edit) => edit.name));
  }

  /**
   * A newer edit takes the place of the one before it, if that was never sent.
   * @param {Change} change
   * @returns {string} the edit's id, on which the field's next edit is based
   */
  add(change) {
    this.forgetRejected(change.name);
    const before = [...this.waiting.values()].filter((edit) => edit.name === change.name).at(-1);
    if (before && !before.tried) this.drop(before.id);
    const base = before ? (before.tried ? before.id : before.base) : change.base;
    return this.push({ ...change, base });
  }

  /**
   * A choice between values is an edit upon each of them, sent together.
   * @param {Change} change
   * @param {(string | null | undefined)[]} bases
   * @returns {string} the id of the last
   */
  choose(change, bases) {
    return bases.map((base) => this.push({ ...change, base })).at(-1) ?? "";
  }

  /**
   * Too long to be taken: kept on this device, not sent.
   * @param {Change} change
   * @param {string} message
   */
  addRejected(change, message) {
    this.forgetRejected(change.name);
    const edit = this.newEdit(change);
    this.rejected.set(edit.id, edit);
    this.store.put(edit);
    this.listener.refused(edit, message);
    this.setState(this.waiting.size ? this.state : "saved");
  }

  /**
   * @param {Change} change
   * @returns {Edit}
   */
  newEdit(change) {
    return {
      ...change,
      ...this.source,
      id: newId(),
      at: Date.now(),
      turn: this.turn++,
      tried: false,
    };
  }

  /** @param {Change} change */
  push(change) {
    const edit = this.newEdit(change);
    this.waiting.set(edit.id, edit);
    this.store.put(edit);
    queueMicrotask(() => this.send());
    return edit.id;
  }

  /**
   * Forgets an edit for good.
   * @param {string} id
   */
  drop(id) {
    this.waiting.delete(id);
    this.rejected.delete(id);
    this.store.remove(id);
  }

  /**
   * A field that was changed has nothing rejected any more.
   * @param {string} name
   */
  forgetRejected(name) {
    for (const edit of this.rejected.values()) if (edit.name === name) this.drop(edit.id);
  }

  /**
   * @param {QueueState} state
   * @param {string} [message]
   */
  setState(state, message = "") {
    this.state = state;
    this.message = message;
    this.listener.changed();
  }

  /** Sends at once, whatever went wrong before. */
  retry() {
    this.backOff.reset();
    this.send();
  }

  async send() {
    if (this.isBusy || !this.waiting.size || this.backOff.isWaiting) return;
    this.isBusy = true;
    const batch = [...this.waiting.values()].slice(0, BATCH);
    for (const edit of batch) edit.tried = true;
    if (this.state === "saved") this.setState("saving");
    const answer = await postJson(this.url, { user: this.user, edits: batch.map(toJson) });
    this.isBusy = false;
    if (answer.status === 200 && answer.body) this.receive(answer.body);
    else this.wait(answer);
  }

  /** @param {Receipt} receipt */
  receive(receipt) {
    this.backOff.reset();
    this.savedAt = receipt.at;
    for (const id of [...receipt.saved, ...receipt.kept]) this.drop(id);
    for (const { id, message } of receipt.rejected) this.reject(this.waiting.get(id), message);
    this.listener.stored(receipt);
    this.setState(this.waiting.size ? "saving" : "saved");
    this.send();
  }

  /**
   * @param {Edit | undefined} edit
   * @param {string} message
   */
  reject(edit, message) {
    if (!edit) return;
    this.waiting.delete(edit.id);
    for (const later of this.waiting.values()) if (later.base === edit.id) later.base = edit.base;
    if ([...this.waiting.values()].some((later) => later.name === edit.name)) {
      this.store.remove(edit.id);
      return;
    }
    this.rejected.set(edit.id, edit);
    this.listener.refused(edit, message);
  }

  /** @param {Answer} answer */
  wait(answer) {
    const message = answer.body?.message ?? "";
    this.backOff.fail();
    const failure = failureOf(answer);
    if (failure === "signin") this.setState("signin", message);
    else if (failure === "refused") this.setState("trouble", message || NO_ACCESS);
    else this.setState("unsaved");
  }

  /**
   * True once all is stored; false if that does not come about soon.
   * @param {number} patience milliseconds
   */
  async drained(patience) {
    const end = Date.now() + patience;
    this.retry();
    while (this.waiting.size && this.isBusy && Date.now() < end) {
      await new Promise((next) => setTimeout(next, 50));
    }
    return !this.waiting.size;
  }
}

/**
 * An edit as the server reads it: its age instead of this device's clock, which may be wrong.
 * @param {Edit} edit
 */
function toJson({ id, indicator, field, value, base, at }) {
  return { id, indicator, field, value, base, age_ms: Math.max(0, Date.now() - at) };
}
