// @ts-check
// Files and links attached on an answer sheet. Each is kept on this device (device-files.js) from
// the moment it is chosen until the server has it, and is listed with its state.

import {
  allFiles,
  decryptRecord,
  hasFile,
  putFile,
  removeFile,
  sendExclusively,
} from "./device-files.js";
import {
  cloneTemplate,
  create,
  find,
  findAll,
  findInput,
  findInputs,
  findOptional,
} from "./dom.js";
import { BackOff, failureOf, newId, postForm } from "./server.js";
import { drawThumbnail, shrinkPhoto } from "./shrink-photo.js";

/**
 * @import { FileRecord } from "./device-files.js"
 * @import { Answer } from "./server.js"
 */

/** @typedef {"waiting" | "sending" | "lost" | "signin" | "refused"} UploadState */

/**
 * A record on its way: the `place` of the page in which it belongs, the `item` of the list that shows
 * it, and whether this device has it (undefined until that is known).
 * @typedef {FileRecord & { place: HTMLElement, item: HTMLElement, state: UploadState,
 *   isStored?: boolean, unstoredReason?: string, stop?: AbortController }} Upload
 */

const FULL =
  "หน่วยความจำของเครื่องเต็ม เครื่องนี้จึงเก็บไฟล์ไว้ไม่ได้ โปรดอย่าปิดหน้านี้จนกว่าจะแนบครบ หรือลบไฟล์อื่นในเครื่องแล้วเลือกใหม่";
const FORBIDDEN = "เบราว์เซอร์นี้เก็บไฟล์ไว้ไม่ได้ (โหมดส่วนตัว หรือปิดการเก็บข้อมูลไว้) โปรดอย่าปิดหน้านี้จนกว่าจะแนบครบ";
const CLOSED = "แบบประเมินนี้ปิดรับแล้ว หรือบัญชีนี้แก้ไขไม่ได้ จึงยังไม่ได้แนบ โปรดบันทึกลงเครื่องหรือเลือกไม่ส่ง";
const UNREADABLE = "อ่านไฟล์นี้จากเครื่องไม่ได้ ไฟล์อาจถูกย้ายหรือยังอยู่บนคลาวด์ โปรดเลือกไฟล์อีกครั้ง";
const TOO_LARGE = "ไฟล์นี้ใหญ่เกินกว่าที่ระบบรับได้ โปรดลดขนาดแล้วแนบใหม่";
const NO_ACCESS = "บัญชีนี้เปิดแบบประเมินนี้ไม่ได้แล้ว จึงยังไม่แนบ";
const STATES = { waiting: "รอส่ง", sending: "กำลังส่ง", lost: "รอสัญญาณ", signin: "รอเข้าสู่ระบบใหม่" };
/** @type {UploadState[]} where the files of a place differ, its state is the first of these */
const STATES_BY_WEIGHT = ["sending", "lost", "signin", "refused"];

/** @param {Pick<FileRecord, "blob" | "name">} record */
const isPhoto = ({ blob, name }) =>
  Boolean(blob && (blob.type.startsWith("image/") || /\.hei[cf]$/i.test(name)));

/**
 * In place of a picture, as the server's list has it.
 * @param {FileRecord} record
 */
function fileTypeLabel({ link, name }) {
  const textContent = link ? "ลิงก์" : (/\.(\w{1,5})$/.exec(name)?.[1] ?? "").toUpperCase();
  return create("span", { className: "evidence-thumbnail", ariaHidden: "true", textContent });
}

/** @param {number} size bytes */
const megabytes = (size) => `${(Math.ceil((size * 10) / 1024 ** 2) / 10).toLocaleString()} MB`;

/** @param {FileRecord} record */
function toFormData(record) {
  const body = new FormData();
  body.append("user", record.user);
  body.append("indicator", `${record.indicator ?? ""}`);
  body.append("id", record.id);
  body.append("caption", record.caption);
  body.append("url", record.link ?? "");
  if (record.hasConsent) body.append("has_consent", "on");
  if (record.blob) body.append("file", record.blob, record.name);
  return body;
}

export class Attachments {
  /**
   * @param {HTMLFormElement} form the answer sheet
   * @param {() => void} changed called whenever the page should say anew what waits
   */
  constructor(form, changed) {
    this.form = form;
    this.changed = changed;
    /** @type {Upload[]} not yet on the server, oldest first */
    this.uploads = [];
    this.canWrite = "write" in form.dataset;
    this.elsewhere = find(document, "[data-elsewhere]"); // for places that are not on this page
    /** @type {Map<HTMLElement, { arrived: number, all: number }>} of each place: how many arrived since its list was last empty, of how many */
    this.tally = new Map();
    this.isBusy = false;
    this.backOff = new BackOff(() => this.run());
    this.backOff.retryOnReturn();
    addEventListener("beforeunload", (event) => this.hasUnstored && event.preventDefault());
    this.restored = Promise.resolve().then(() => this.begin());
  }

  async begin() {
    if (this.canWrite) for (const place of this.places) this.enable(place);
    await this.restore();
    this.run();
  }

  /** @param {string} name of a data attribute of the form */
  fact(name) {
    return this.form.dataset[name] ?? "";
  }

  get places() {
    return findAll(this.form, "[data-place]");
  }

  /** Something would be lost with this page. */
  get hasUnstored() {
    return this.uploads.some((upload) => !upload.isStored);
  }

  /** Kind and words for the sheet's pill; null when no file waits. */
  get stateWords() {
    const count = this.uploads.length;
    if (!count) return null;
    if (this.hasUnstored) return ["late", `ยังไม่ได้แนบ ${count} ไฟล์ โปรดอย่าปิดหน้านี้`];
    if (this.isSending) return ["wait", `กำลังส่ง ${count} ไฟล์`];
    if (this.uploads.some(({ state }) => state === "refused"))
      return ["late", `ยังไม่ได้แนบ ${count} ไฟล์`];
    return ["mine", `เก็บไว้ในเครื่องนี้ ${count} ไฟล์`];
  }

  get isSending() {
    return this.uploads.some((upload) => upload.state === "sending");
  }

  // --- What is chosen, and what was kept before ---

  /**
   * Replaces the inputs for browsers without scripts; files chosen before this script loaded are
   * added.
   * @param {HTMLElement} place
   */
  enable(place) {
    const hasConsent = findInput(place, "[data-without-script] input[type=checkbox]").checked;
    const early = this.filesIn(place).map((file) => ({
      ...file,
      caption: this.captionIn(place),
      hasConsent,
    }));
    this.add(place, early);
    for (const plain of findAll(place, "[data-without-script]")) plain.remove();
    for (const part of findAll(place, "[data-with-script]")) part.hidden = false;
    for (const input of findInputs(place, "input[type=file]")) {
      input.addEventListener("change", () => this.add(place, this.filesIn(place)));
    }
  }

  attachTypedLinks() {
    for (const place of this.places) if (this.linksIn(place).length) this.attachTypedLink(place);
  }

  /** @param {HTMLElement} place */
  attachTypedLink(place) {
    const links = this.linksIn(place);
    if (!links.length) {
      this.say(place, "ยังไม่ได้ใส่ลิงก์ โปรดวางลิงก์ก่อนกดแนบ");
      return;
    }
    for (const input of findInputs(place, "details input")) input.value = "";
    /** @type {HTMLDetailsElement} */ (find(place, "details")).open = false;
    this.add(place, links);
  }

  /**
   * @param {HTMLElement} place
   * @param {(Pick<FileRecord, "name" | "size"> & Partial<FileRecord>)[]} chosen
   */
  async add(place, chosen) {
    const uploads = chosen.map((one) => ({ ...this.newRecord(place), ...one }));
    for (const input of findInputs(place, "input[type=file]")) input.value = "";
    const listed = uploads.map((record) => this.list(record, place));
    for (const upload of listed) await this.keep(upload);
    this.run();
  }

  /** @param {HTMLElement} place */
  filesIn(place) {
    const files = findInputs(place, "input[type=file]").flatMap((input) => [
      ...(input.files ?? []),
    ]);
    return files.map((file) => ({ blob: file, name: file.name, size: file.size }));
  }

  /** @param {HTMLElement} place */
  linksIn(place) {
    const link = findInput(place, "details input[type=url]").value.trim();
    return link
      ? [{ link, name: link, size: 0, caption: this.captionIn(place), isShrunk: true }]
      : [];
  }

  /** @param {HTMLElement} place */
  captionIn(place) {
    return findInput(place, "details input[type=text]").value.trim();
  }

  /**
   * @param {HTMLElement} place
   * @returns {FileRecord}
   */
  newRecord(place) {
    return {
      id: newId(),
      at: Date.now(),
      user: this.fact("user"),
      sheet: this.fact("sheet"),
      sheetName: this.fact("sheetName"),
      sheetUrl: location.pathname,
      url: this.fact("evidence"),
      indicator: place.dataset.place ? Number(place.dataset.place) : null,
      placeName: place.dataset.placeName ?? "",
      name: "",
      size: 0,
      isShrunk: false,
      caption: "",
      hasConsent: false,
      refusal: "",
    };
  }

  async restore() {
    const records = await allFiles(this.fact("user"), this.fact("sheet")).catch(() => []);
    for (const record of records) {
      if (this.uploads.some(({ id }) => id === record.id)) continue;
      this.list(await decryptRecord(record), this.placeOf(record), true);
    }
  }

  /** @param {Pick<FileRecord, "indicator">} record */
  placeOf({ indicator }) {
    const isIts = (/** @type {HTMLElement} */ place) =>
      place.dataset.place === `${indicator ?? ""}`;
    return (this.canWrite && this.places.find(isIts)) || this.elsewhere;
  }

  /** @param {Upload} upload */
  async keep(upload) {
    if (!this.uploads.includes(upload)) return;
    const { place, item, state, stop, isStored, unstoredReason, ...record } = upload;
    try {
      await putFile(record);
      upload.isStored = true;
    } catch (error) {
      const isFull = error instanceof Error && error.name === "QuotaExceededError";
      upload.isStored = false;
      upload.unstoredReason = isFull ? FULL : FORBIDDEN;
    }
    if (this.uploads.includes(upload)) this.show(upload, upload.state);
    else await removeFile(upload.id).catch(() => {}); // sent or given up meanwhile
  }

  /**
   * @param {FileRecord} record
   * @param {HTMLElement} place
   * @param {boolean} [isStored]
   * @returns {Upload}
   */
  list(record, place, isStored) {
    const item = cloneTemplate("sending");
    /** @type {Upload} */
    const upload = { ...record, place, item, isStored, state: "waiting" };
    const name = place === this.elsewhere ? `${upload.placeName} ${upload.name}` : upload.name;
    find(item, ".sending-name").textContent = name;
    find(item, "[data-again]").addEventListener("click", () => this.resend(upload));
    find(item, "[data-save]").addEventListener("click", () => this.save(upload));
    find(item, "[data-drop]").addEventListener("click", () => this.discard(upload));
    this.bindDescription(upload);
    if (!isPhoto(upload)) find(item, "canvas").replaceWith(fileTypeLabel(upload));
    const isFirst = !this.uploads.some((other) => other.place === place);
    if (isFirst) this.tally.set(place, { arrived: 0, all: 0 });
    this.tallyOf(place).all += 1;
    this.uploads.push(upload);
    find(place, "[data-sending]").append(item);
    if (upload.isShrunk) this.showPicture(upload);
    this.show(upload, upload.refusal || !this.canWrite ? "refused" : "waiting");
    return upload;
  }

  /** @param {HTMLElement} place */
  tallyOf(place) {
    return this.tally.get(place) ?? { arrived: 0, all: 0 };
  }

  /** @param {Upload} upload */
  async showPicture({ blob, name, item }) {
    if (!blob || !isPhoto({ blob, name })) return;
    await drawThumbnail(blob, /** @type {HTMLCanvasElement} */ (find(item, "canvas")));
  }

  /**
   * Its caption can be written while it waits; it is not sent meanwhile.
   * @param {Upload} upload
   */
  bindDescription(upload) {
    const caption = findInput(upload.item, "[data-caption]");
    const consent = findInput(upload.item, "[data-consent]");
    caption.value = upload.caption;
    consent.checked = upload.hasConsent;
    for (const part of findAll(upload.item, "[data-of-photo]")) part.hidden = !isPhoto(upload);
    upload.item.addEventListener("change", () => {
      upload.caption = caption.value.trim();
      upload.hasConsent = consent.checked;
      this.keep(upload);
    });
    upload.item.addEventListener("focusout", () => setTimeout(() => this.run()));
  }

  /** @param {Upload} upload */
  isBeingWritten(upload) {
    return (
      document.hasFocus() && find(upload.item, "[data-words]").contains(document.activeElement)
    );
  }

  // --- Sending ---

  async run() {
    if (this.isBusy || !this.next()) return;
    this.backOff.cancel();
    this.isBusy = true;
    try {
      await sendExclusively(this.fact("sheet"), async () => {
        for (let upload = this.next(); upload && (await this.send(upload)); upload = this.next());
      });
    } finally {
      this.isBusy = false;
    }
  }

  next() {
    return this.uploads.find(
      (upload) =>
        upload.state !== "refused" && upload.isStored !== undefined && !this.isBeingWritten(upload),
    );
  }

  /**
   * True when the next upload can be sent.
   * @param {Upload} upload
   */
  async send(upload) {
    if (await this.isGone(upload)) return this.forget(upload);
    this.show(upload, "sending");
    const problem = await this.prepare(upload);
    if (!this.uploads.includes(upload)) return true; // given up meanwhile
    if (problem) return this.refuse(upload, problem);
    upload.stop = new AbortController();
    const answer = await postForm(upload.url, toFormData(upload), {
      progress: (percent) => this.showProgress(upload, percent),
      signal: upload.stop.signal,
    });
    return this.uploads.includes(upload) ? this.handleAnswer(upload, answer) : true;
  }

  /**
   * @param {Upload} upload
   * @param {Answer} answer
   */
  async handleAnswer(upload, answer) {
    const { status, body } = answer;
    if (status === 200 && body) return this.arrive(upload, body.html);
    if (status === 413) return this.refuse(upload, TOO_LARGE);
    const failure = body?.code === "other_person" ? "signin" : failureOf(answer);
    if (failure === "refused") return this.refuse(upload, body?.message ?? NO_ACCESS);
    this.backOff.fail();
    this.show(upload, failure);
    return false;
  }

  /**
   * Another page of this browser has sent it, or given it up.
   * @param {Upload} upload
   */
  async isGone(upload) {
    return upload.isStored && !(await hasFile(upload.id).catch(() => true));
  }

  /**
   * Ready to be sent, or the words that say why not. A photo on which the browser died is not tried twice.
   * @param {Upload} upload
   */
  async prepare(upload) {
    if (upload.link) return "";
    const isReadable = await upload.blob
      ?.slice(0, 1)
      .arrayBuffer()
      .catch(() => null);
    if (!upload.blob || !isReadable) return UNREADABLE;
    if (!upload.isShrunk) {
      upload.isShrunk = true;
      await this.keep(upload);
      const small = await shrinkPhoto(upload.blob);
      if (small !== upload.blob) {
        Object.assign(upload, { blob: small, name: small.name, size: small.size });
        await this.keep(upload);
      }
      await this.showPicture(upload);
    }
    const most = Number(this.fact(isPhoto(upload) ? "mostPhoto" : "mostDocument"));
    if (upload.size <= most) return "";
    return `มีขนาด ${megabytes(upload.size)} ซึ่งเกิน ${megabytes(most)} โปรดลดขนาดแล้วแนบใหม่`;
  }

  /**
   * @param {Upload} upload
   * @param {string} html its line of the server's list
   */
  async arrive(upload, html) {
    this.backOff.reset();
    findOptional(upload.place, "[data-evidence-list]")?.insertAdjacentHTML("beforeend", html);
    this.tallyOf(upload.place).arrived += 1;
    await removeFile(upload.id).catch(() => {});
    return this.forget(upload);
  }

  /**
   * @param {Upload} upload
   * @param {string} message
   */
  async refuse(upload, message) {
    upload.refusal = message;
    this.show(upload, "refused");
    await this.keep(upload);
    return true;
  }

  /** @param {Upload} upload */
  resend(upload) {
    upload.refusal = "";
    this.show(upload, "waiting");
    this.run();
  }

  /**
   * Saves the file among the person's own, as any download.
   * @param {Upload} upload
   */
  save({ blob, name }) {
    if (!blob) return;
    const link = create("a", { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  /** @param {Upload} upload */
  async discard(upload) {
    if (!confirm(`ไม่ส่ง “${upload.name}” และลบออกจากเครื่องนี้`)) return;
    this.tallyOf(upload.place).all -= 1;
    this.forget(upload);
    upload.stop?.abort();
    await removeFile(upload.id).catch(() => {});
    (findOptional(upload.place, "input[type=file]") ?? upload.place).focus();
  }

  /** @param {Upload} upload */
  forget(upload) {
    this.uploads = this.uploads.filter((other) => other !== upload);
    upload.item.remove();
    this.paint(upload.place);
    return true;
  }

  /**
   * True once this page may be left: all has arrived or is kept on this device. A line that is
   * quick gets the time to finish.
   * @param {number} patience milliseconds
   */
  async readyToLeave(patience) {
    await this.restored;
    const end = Date.now() + patience;
    while (this.isSending && Date.now() < end) await new Promise((next) => setTimeout(next, 50));
    return !this.hasUnstored;
  }

  // --- What the page says ---

  /**
   * @param {Upload} upload
   * @param {UploadState} state
   */
  show(upload, state) {
    upload.state = state;
    const { item } = upload;
    const isRefused = state === "refused";
    const details = find(item, ".evidence-details");
    const bar = /** @type {HTMLProgressElement} */ (find(item, "progress"));
    const kept = upload.isStored && state !== "sending" ? " · เก็บไว้ในเครื่องนี้แล้ว" : "";
    details.textContent =
      state === "refused" ? `⚠\ufe0e ${upload.refusal || CLOSED}` : STATES[state] + kept;
    details.classList.toggle("invalid-feedback", isRefused);
    bar.hidden = state !== "sending";
    bar.value = 0;
    find(item, "[data-words]").hidden = state === "sending" || !this.canWrite;
    find(item, "[data-again]").hidden = !isRefused || !this.canWrite;
    find(item, "[data-save]").hidden = !isRefused || !upload.blob;
    find(item, "[data-drop]").hidden = false;
    this.paint(upload.place);
  }

  /**
   * Once all has left, the server may have it: too late to give it up.
   * @param {Upload} upload
   * @param {number} percent
   */
  showProgress({ item }, percent) {
    /** @type {HTMLProgressElement} */ (find(item, "progress")).value = percent;
    find(item, ".evidence-details").textContent =
      percent < 100 ? `กำลังส่ง ${percent}%` : "ส่งครบ 100% ระบบกำลังตรวจไฟล์";
    find(item, "[data-drop]").hidden = percent === 100;
  }

  /** @param {HTMLElement} place */
  paint(place) {
    const { arrived, all } = this.tallyOf(place);
    const here = this.uploads.filter((upload) => upload.place === place);
    if (place === this.elsewhere) place.hidden = !here.length && !arrived;
    this.say(place, ...this.wordsFor(here, arrived, all));
    this.changed();
  }

  /**
   * @param {Upload[]} here
   * @param {number} arrived
   * @param {number} all
   * @returns {(string | Node)[]}
   */
  wordsFor(here, arrived, all) {
    const state = STATES_BY_WEIGHT.find((one) => here.some((upload) => upload.state === one));
    const soFar = arrived ? `แนบแล้ว ${arrived}/${all} ` : "";
    const unstored = here.find((upload) => upload.isStored === false)?.unstoredReason;
    const kept = `เก็บไว้ในเครื่องนี้ ${here.length} รายการ`;
    switch (state) {
      case "sending":
        return [`กำลังส่ง ${arrived + 1}/${all}${unstored ? ` ${unstored}` : ""}`];
      case "lost":
        return [`${soFar}รอสัญญาณ ${unstored ?? `${kept} ระบบจะส่งให้เมื่อมีสัญญาณ`}`];
      case "signin":
        return [`${soFar}ต้องเข้าสู่ระบบใหม่ ${unstored ?? kept}`, this.signInLink()];
      case "refused":
        return [`${soFar}ยังไม่ได้แนบ ${here.length} รายการ`];
    }
    return [!here.length && arrived ? `✓ แนบแล้ว ${arrived} รายการ` : soFar];
  }

  /**
   * @param {HTMLElement} place
   * @param {(string | Node)[]} words
   */
  say(place, ...words) {
    const state = find(place, "[data-sending-state]");
    if (words.length > 1 || state.textContent !== words[0]) state.replaceChildren(...words);
  }

  /** In a tab of its own: what is typed stays in this one. */
  signInLink() {
    return create("a", {
      href: this.fact("login"),
      target: "_blank",
      className: "tap",
      textContent: " เข้าสู่ระบบในแท็บใหม่แล้วกลับมาหน้านี้",
    });
  }
}
