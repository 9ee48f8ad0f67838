// @ts-check
// Saves what is written in a part of a report a moment after the typing stops. Until the server
// says that it has it, the text is kept on this device. Where somebody else saved meanwhile, both
// texts are kept and the person chooses.

import { getLocked, putLocked } from "./device-lock.js";
import { BackOff, failureOf, postJson } from "./server.js";

/** @import { Answer } from "./server.js" */

const PAUSE = 1000; // milliseconds without a key before the text is sent
const LONGEST_PAUSE = 10_000; // even while it is still being typed
const NO_ACCESS = "บัญชีนี้แก้ไขส่วนนี้ไม่ได้แล้ว จึงยังไม่บันทึก";

/**
 * What was saved meanwhile: the text, its version, who wrote it and when in words.
 * @typedef {{ text: string, version: string, by: string }} OtherText
 */

/**
 * What this device keeps of a part: the text, and the version that its author had seen.
 * @typedef {{ text: string, version: string, at: number }} KeptText
 */

/**
 * The server's receipt: the version that is stored now, when it was, and who wrote it in words.
 * @typedef {{ version: string, at: string, written_by: string }} PartReceipt
 */

/** @typedef {"saved" | "saving" | "unsaved" | "signin" | "trouble" | "conflict"} SaveState */

export class PartSaver {
  /**
   * @param {{ url: string, user: number, text: string, version: string, writtenBy: string,
   *   changed: () => void, stored: (receipt: PartReceipt) => void }} options
   *   `url` takes the part's text; `text`, `version` and `writtenBy` are what the server has
   */
  constructor({ url, user, text, version, writtenBy, changed, stored }) {
    this.url = url;
    this.user = user;
    this.key = `part:${user}:${url}`;
    this.writtenBy = writtenBy;
    this.text = text;
    this.savedText = text;
    this.version = version;
    this.changed = changed;
    this.stored = stored;
    /** @type {SaveState} */
    this.state = "saved";
    this.savedAt = "";
    this.message = "";
    /** @type {OtherText | null} */
    this.other = null;
    this.unanswered = ""; // sent first since the last answer: the server may have it
    this.isKept = true; // this device holds what the server does not have
    this.isBusy = false;
    this.waitsSince = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.backOff = new BackOff(() => this.send());
    this.backOff.retryOnReturn();
  }

  get isUnsaved() {
    return this.text !== this.savedText;
  }

  /**
   * What this device kept and the server never got is taken as typed now. Where the server's text
   * has changed since, the person chooses.
   * @returns {Promise<boolean>} whether there was any
   */
  async restore() {
    /** @type {KeptText | null} */
    const kept = await getLocked(this.key);
    if (!kept) return false;
    if (kept.text === this.text) {
      this.forget();
      return false;
    }
    this.text = kept.text;
    if (kept.version === this.version) this.send();
    else {
      this.other = { text: this.savedText, version: this.version, by: this.writtenBy };
      this.setState("conflict");
    }
    return true;
  }

  /**
   * The text as it is typed now.
   * @param {string} text
   */
  type(text) {
    if (text === this.text) return;
    this.text = text;
    this.keep();
    if (this.state === "conflict") return;
    if (!this.isUnsaved && !this.isBusy) {
      this.endWaiting();
      return;
    }
    this.waitsSince ||= Date.now();
    clearTimeout(this.timer);
    const pause = Math.max(0, Math.min(PAUSE, this.waitsSince + LONGEST_PAUSE - Date.now()));
    this.timer = setTimeout(() => this.send(), pause);
    if (this.state === "trouble") this.setState("saving");
    else this.changed();
  }

  /** What was typed was taken back: it is again as the server has it. */
  endWaiting() {
    clearTimeout(this.timer);
    this.waitsSince = 0;
    this.backOff.reset();
    this.forget();
    this.setState("saved");
  }

  keep() {
    try {
      putLocked(this.key, { text: this.text, version: this.version, at: Date.now() });
      this.isKept = true;
    } catch {
      this.isKept = false; // full or forbidden: only this page knows it
    }
  }

  forget() {
    this.isKept = true;
    try {
      localStorage.removeItem(this.key);
    } catch {
      // nothing was kept
    }
  }

  /** Sends what is typed, at once. */
  flush() {
    this.backOff.reset();
    return this.send();
  }

  async send() {
    clearTimeout(this.timer);
    if (this.isBusy || !this.isUnsaved || this.backOff.isWaiting || this.state === "conflict")
      return;
    this.isBusy = true;
    this.waitsSince = 0;
    const sent = this.text;
    this.setState("saving");
    const answer = await postJson(this.url, {
      user: this.user,
      version: this.version,
      text: sent,
      unanswered: this.unanswered,
    });
    this.isBusy = false;
    if (answer.status === 200 && answer.body) this.receive(sent, answer.body);
    else this.fail(sent, answer);
  }

  /**
   * @param {string} sent
   * @param {PartReceipt} receipt
   */
  receive(sent, receipt) {
    this.backOff.reset();
    this.unanswered = "";
    this.savedText = sent;
    this.version = receipt.version;
    this.savedAt = receipt.at;
    if (this.isUnsaved) this.keep();
    else this.forget();
    this.setState(this.isUnsaved ? "saving" : "saved");
    this.stored(receipt);
    this.send();
  }

  /**
   * @param {string} sent
   * @param {Answer} answer
   */
  fail(sent, answer) {
    const message = answer.body?.message ?? "";
    if (answer.body?.other) {
      this.other = answer.body.other;
      this.setState("conflict", message);
      return;
    }
    const failure = failureOf(answer);
    if (failure === "refused") {
      this.setState("trouble", message || NO_ACCESS);
      return;
    }
    this.unanswered ||= sent;
    this.backOff.fail();
    this.setState(failure === "signin" ? "signin" : "unsaved", message);
  }

  /** The person keeps their own text; the other's stays in the part's history. */
  chooseOwn() {
    if (!this.other) return;
    this.savedText = this.other.text;
    this.version = this.other.version;
    this.keep();
    this.endConflict();
    this.send();
  }

  /** The person takes the other's text; their own stays in the part's history. */
  chooseOther() {
    if (!this.other) return;
    this.text = this.other.text;
    this.savedText = this.other.text;
    this.version = this.other.version;
    this.forget();
    this.endConflict();
  }

  endConflict() {
    this.other = null;
    this.setState("saved");
  }

  /**
   * @param {SaveState} state
   * @param {string} [message]
   */
  setState(state, message = "") {
    this.state = state;
    this.message = message;
    this.changed();
  }
}
