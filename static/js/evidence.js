// Files and links attached on an answer sheet. Each is kept on this device (device-files.js) from
// the moment it is chosen until the server has it, and stands in the list with its state.
"use strict";

const FULL = "หน่วยความจำของเครื่องเต็ม เครื่องนี้จึงเก็บไฟล์ไว้ไม่ได้ โปรดอย่าปิดหน้านี้จนกว่าจะแนบครบ หรือลบไฟล์อื่นในเครื่องแล้วเลือกใหม่";
const FORBIDDEN = "เบราว์เซอร์นี้เก็บไฟล์ไว้ไม่ได้ (โหมดส่วนตัว หรือปิดการเก็บข้อมูลไว้) โปรดอย่าปิดหน้านี้จนกว่าจะแนบครบ";
const CLOSED = "แบบประเมินนี้ปิดรับแล้ว หรือบัญชีนี้แก้ไขไม่ได้ จึงยังไม่ได้แนบ โปรดบันทึกลงเครื่องหรือเลือกไม่ส่ง";
const UNREADABLE = "อ่านไฟล์นี้จากเครื่องไม่ได้ ไฟล์อาจถูกย้ายหรือยังอยู่บนคลาวด์ โปรดเลือกไฟล์อีกครั้ง";
const STATES = { waiting: "รอส่ง", sending: "กำลังส่ง", lost: "รอสัญญาณ", signin: "รอเข้าสู่ระบบใหม่" };

const isPhoto = ({ blob, name }) => Boolean(blob) && (blob.type.startsWith("image/") || /\.hei[cf]$/i.test(name));

// In place of a picture, as the server's list has it.
function markOf({ link, name }) {
  const textContent = link ? "ลิงก์" : (/\.(\w{1,5})$/.exec(name)?.[1] ?? "").toUpperCase();
  return Object.assign(document.createElement("span"), { className: "piece-picture", ariaHidden: "true", textContent });
}

const megabytes = (size) => `${(Math.ceil((size * 10) / 1024 ** 2) / 10).toLocaleString()} MB`;

class Attachments {
  // `changed` is called whenever the page should say anew what waits.
  constructor(form, changed) {
    Object.assign(this, { form, changed, pieces: [], failures: 0 }); // pieces: not yet on the server, oldest first
    this.canWrite = "write" in form.dataset;
    this.elsewhere = document.querySelector("[data-elsewhere]"); // for places that are not on this page
    this.tally = new Map(); // of each place: how many arrived since its list was last empty, of how many
    for (const event of ["online", "focus", "pageshow"]) addEventListener(event, () => this.retry());
    addEventListener("beforeunload", (event) => this.unkept && event.preventDefault());
    this.restored = Promise.resolve().then(() => this.begin());
  }

  async begin() {
    if (this.canWrite) for (const place of this.places) this.offer(place);
    await this.restore();
    this.run();
  }

  get places() {
    return [...this.form.querySelectorAll("[data-place]")];
  }

  // What would be lost with this page.
  get unkept() {
    return this.pieces.some((piece) => !piece.isKept);
  }

  // For the sheet's pill; nothing when no file waits.
  get stateWords() {
    const count = this.pieces.length;
    if (!count) return null;
    if (this.unkept) return ["late", `ยังไม่ได้แนบ ${count} ไฟล์ โปรดอย่าปิดหน้านี้`];
    if (this.isSending) return ["wait", `กำลังส่ง ${count} ไฟล์`];
    if (this.pieces.some(({ state }) => state === "refused")) return ["late", `ยังไม่ได้แนบ ${count} ไฟล์`];
    return ["mine", `เก็บไว้ในเครื่องนี้ ${count} ไฟล์`];
  }

  get isSending() {
    return this.pieces.some((piece) => piece.state === "sending");
  }

  // --- What is chosen, and what was kept before ---

  // What needs no script gives way; what was chosen before this file arrived is taken.
  offer(place) {
    const hasConsent = place.querySelector("[data-plain] input[type=checkbox]").checked;
    this.add(place, this.filesIn(place).map((file) => ({ ...file, caption: this.captionIn(place), hasConsent })));
    for (const plain of place.querySelectorAll("[data-plain]")) plain.remove();
    for (const part of place.querySelectorAll("[data-scripted]")) part.hidden = false;
    for (const input of place.querySelectorAll("input[type=file]")) {
      input.addEventListener("change", () => this.add(place, this.filesIn(place)));
    }
  }

  takeAll() {
    for (const place of this.places) if (this.linksIn(place).length) this.take(place);
  }

  // The link that was typed.
  take(place) {
    const links = this.linksIn(place);
    if (!links.length) return this.say(place, "ยังไม่ได้ใส่ลิงก์ โปรดวางลิงก์ก่อนกดแนบ");
    for (const input of place.querySelectorAll("details input")) input.value = "";
    place.querySelector("details").open = false;
    return this.add(place, links);
  }

  async add(place, chosen) {
    const pieces = chosen.map((one) => ({ ...this.facts(place), ...one, place }));
    for (const input of place.querySelectorAll("input[type=file]")) input.value = "";
    for (const piece of pieces) this.list(piece);
    for (const piece of pieces) await this.keep(piece);
    this.run();
  }

  filesIn(place) {
    const files = [...place.querySelectorAll("input[type=file]")].flatMap((input) => [...input.files]);
    return files.map((file) => ({ blob: file, name: file.name, size: file.size }));
  }

  linksIn(place) {
    const link = place.querySelector("details input[type=url]").value.trim();
    return link ? [{ link, name: link, size: 0, caption: this.captionIn(place), isShrunk: true }] : [];
  }

  captionIn(place) {
    return place.querySelector("details input[type=text]").value.trim();
  }

  facts(place) {
    const { user, sheet, sheetName, evidence } = this.form.dataset;
    const indicator = place.dataset.place ? Number(place.dataset.place) : null;
    return {
      id: newId(), at: Date.now(), user, sheet, sheetName, sheetUrl: location.pathname, url: evidence,
      indicator, placeName: place.dataset.placeName, isShrunk: false, caption: "", hasConsent: false, refusal: "",
    };
  }

  async restore() {
    const records = await deviceFiles.all(this.form.dataset.user, this.form.dataset.sheet).catch(() => []);
    for (const record of records) {
      if (this.pieces.some(({ id }) => id === record.id)) continue;
      this.list({ ...(await unlocked(record)), place: this.placeOf(record), isKept: true });
    }
  }

  placeOf({ indicator }) {
    return (this.canWrite && this.places.find((place) => place.dataset.place === `${indicator ?? ""}`)) || this.elsewhere;
  }

  async keep(piece) {
    if (!this.pieces.includes(piece)) return;
    const { place, item, state, stop, isKept, unkeptWhy, ...record } = piece;
    try {
      await deviceFiles.put(record);
      piece.isKept = true;
    } catch (error) {
      piece.isKept = false;
      piece.unkeptWhy = error?.name === "QuotaExceededError" ? FULL : FORBIDDEN;
    }
    if (this.pieces.includes(piece)) this.show(piece, piece.state);
    else await deviceFiles.remove(piece.id).catch(() => {}); // sent or given up meanwhile
  }

  list(piece) {
    piece.item = document.getElementById("sending").content.firstElementChild.cloneNode(true);
    const name = piece.place === this.elsewhere ? `${piece.placeName} ${piece.name}` : piece.name;
    piece.item.querySelector(".sending-name").textContent = name;
    for (const [act, run] of Object.entries({ again: this.again, save: this.save, drop: this.drop })) {
      piece.item.querySelector(`[data-${act}]`).addEventListener("click", () => run.call(this, piece));
    }
    this.listWords(piece);
    if (!isPhoto(piece)) piece.item.querySelector("canvas").replaceWith(markOf(piece));
    if (!this.pieces.some((other) => other.place === piece.place)) this.tally.set(piece.place, { arrived: 0, all: 0 });
    this.tally.get(piece.place).all += 1;
    this.pieces.push(piece);
    piece.place.querySelector("[data-sending]").append(piece.item);
    if (piece.isShrunk) this.showPicture(piece);
    this.show(piece, piece.refusal || !this.canWrite ? "refused" : "waiting");
  }

  showPicture(piece) {
    return isPhoto(piece) ? showSmall(piece.blob, piece.item.querySelector("canvas")) : null;
  }

  // What is said of it can be written while it waits; it is not sent meanwhile.
  listWords(piece) {
    const [caption, consent] = ["caption", "consent"].map((name) => piece.item.querySelector(`[data-${name}]`));
    caption.value = piece.caption;
    consent.checked = piece.hasConsent;
    for (const part of piece.item.querySelectorAll("[data-of-photo]")) part.hidden = !isPhoto(piece);
    piece.item.addEventListener("change", () => {
      Object.assign(piece, { caption: caption.value.trim(), hasConsent: consent.checked });
      this.keep(piece);
    });
    piece.item.addEventListener("focusout", () => setTimeout(() => this.run()));
  }

  isBeingWritten(piece) {
    return document.hasFocus() && piece.item.querySelector("[data-words]").contains(document.activeElement);
  }

  // --- Sending ---

  retry() {
    this.failures = 0;
    this.run();
  }

  async run() {
    if (this.busy || !this.next()) return;
    clearTimeout(this.timer);
    this.busy = true;
    try {
      await deviceFiles.alone(this.form.dataset.sheet, async () => {
        for (let piece = this.next(); piece && (await this.send(piece)); piece = this.next());
      });
    } finally {
      this.busy = false;
    }
  }

  next() {
    return this.pieces.find((piece) => piece.state !== "refused" && piece.isKept !== undefined && !this.isBeingWritten(piece));
  }

  // True when the line goes on with the next piece.
  async send(piece) {
    if (await this.isGone(piece)) return this.forget(piece);
    this.show(piece, "sending");
    const problem = await this.prepare(piece);
    if (!this.pieces.includes(piece)) return true; // given up meanwhile
    if (problem) return this.refuse(piece, problem);
    piece.stop = new AbortController();
    const { status, body } = await postFile(piece, { progress: (percent) => this.showProgress(piece, percent), signal: piece.stop.signal });
    if (!this.pieces.includes(piece)) return true;
    if (status === 200 && body) return this.arrive(piece, body.html);
    if (status === 401 || body?.code === "other_person" || (status === 403 && !body)) return this.wait(piece, "signin");
    if (status === 413) return this.refuse(piece, "ไฟล์นี้ใหญ่เกินกว่าที่ระบบรับได้ โปรดลดขนาดแล้วแนบใหม่");
    if (body?.message) return this.refuse(piece, body.message);
    if (status === 404) return this.refuse(piece, "บัญชีนี้เปิดแบบประเมินนี้ไม่ได้แล้ว จึงยังไม่แนบ");
    return this.wait(piece, "lost");
  }

  // Another page of this browser has sent it, or given it up.
  async isGone(piece) {
    return piece.isKept && !(await deviceFiles.has(piece.id).catch(() => true));
  }

  // Ready to be sent, or the words that say why not. A photo on which the browser died is not tried twice.
  async prepare(piece) {
    if (piece.link) return "";
    if (!(await piece.blob?.slice(0, 1).arrayBuffer().catch(() => null))) return UNREADABLE;
    if (!piece.isShrunk) {
      piece.isShrunk = true;
      await this.keep(piece);
      const small = await shrunk(piece.blob);
      if (small !== piece.blob) {
        Object.assign(piece, { blob: small, name: small.name, size: small.size });
        await this.keep(piece);
      }
      await this.showPicture(piece);
    }
    const most = Number(isPhoto(piece) ? this.form.dataset.mostPhoto : this.form.dataset.mostDocument);
    return piece.size > most ? `มีขนาด ${megabytes(piece.size)} ซึ่งเกิน ${megabytes(most)} โปรดลดขนาดแล้วแนบใหม่` : "";
  }

  async arrive(piece, html) {
    this.failures = 0;
    piece.place.querySelector("[data-pieces]")?.insertAdjacentHTML("beforeend", html);
    this.tally.get(piece.place).arrived += 1;
    await deviceFiles.remove(piece.id).catch(() => {});
    return this.forget(piece);
  }

  async refuse(piece, message) {
    piece.refusal = message;
    this.show(piece, "refused");
    await this.keep(piece);
    return true;
  }

  wait(piece, state) {
    const pause = Math.min(SLOWEST, 1000 * 2 ** this.failures) * (0.5 + Math.random());
    this.failures += 1;
    this.timer = setTimeout(() => this.run(), pause);
    this.show(piece, state);
    return false;
  }

  again(piece) {
    piece.refusal = "";
    this.show(piece, "waiting");
    this.run();
  }

  save(piece) {
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(piece.blob), download: piece.name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  async drop(piece) {
    if (!confirm(`ไม่ส่ง “${piece.name}” และลบออกจากเครื่องนี้`)) return;
    this.tally.get(piece.place).all -= 1;
    this.forget(piece);
    piece.stop?.abort();
    await deviceFiles.remove(piece.id).catch(() => {});
    (piece.place.querySelector("input[type=file]") ?? piece.place).focus();
  }

  forget(piece) {
    this.pieces = this.pieces.filter((other) => other !== piece);
    piece.item.remove();
    this.paint(piece.place);
    return true;
  }

  // True once this page may be left: all has arrived or is kept on this device. A line that is
  // quick gets the time to finish.
  async settled(patience) {
    await this.restored;
    const end = Date.now() + patience;
    while (this.isSending && Date.now() < end) await new Promise((next) => { setTimeout(next, 50); });
    return !this.unkept;
  }

  // --- What the page says ---

  show(piece, state) {
    piece.state = state;
    const [facts, bar, words] = [".piece-facts", "progress", "[data-words]"].map((part) => piece.item.querySelector(part));
    const kept = piece.isKept && state !== "sending" ? " · เก็บไว้ในเครื่องนี้แล้ว" : "";
    facts.textContent = state === "refused" ? `⚠\ufe0e ${piece.refusal || CLOSED}` : STATES[state] + kept;
    facts.classList.toggle("invalid-feedback", state === "refused");
    bar.hidden = state !== "sending";
    bar.value = 0;
    words.hidden = state === "sending" || !this.canWrite;
    piece.item.querySelector("[data-again]").hidden = state !== "refused" || !this.canWrite;
    piece.item.querySelector("[data-save]").hidden = state !== "refused" || !piece.blob;
    piece.item.querySelector("[data-drop]").hidden = false;
    this.paint(piece.place);
  }

  // Once all has left, the server may have it: too late to give it up.
  showProgress(piece, percent) {
    piece.item.querySelector("progress").value = percent;
    piece.item.querySelector(".piece-facts").textContent = percent < 100 ? `กำลังส่ง ${percent}%` : "ส่งครบ 100% ระบบกำลังตรวจไฟล์";
    piece.item.querySelector("[data-drop]").hidden = percent === 100;
  }

  paint(place) {
    const { arrived, all } = this.tally.get(place);
    const here = this.pieces.filter((piece) => piece.place === place);
    if (place === this.elsewhere) place.hidden = !here.length && !arrived;
    this.say(place, ...this.wordsFor(here, arrived, all));
    this.changed();
  }

  wordsFor(here, arrived, all) {
    const is = (state) => here.some((piece) => piece.state === state);
    const soFar = arrived ? `แนบแล้ว ${arrived}/${all} ` : "";
    const unkept = here.find((piece) => piece.unkeptWhy && !piece.isKept);
    const kept = unkept ? unkept.unkeptWhy : `เก็บไว้ในเครื่องนี้ ${here.length} รายการ ระบบจะส่งให้เมื่อมีสัญญาณ`;
    if (is("sending")) return [`กำลังส่ง ${arrived + 1}/${all}${unkept ? ` ${unkept.unkeptWhy}` : ""}`];
    if (is("lost")) return [`${soFar}รอสัญญาณ ${kept}`];
    if (is("signin")) return [`${soFar}ต้องเข้าสู่ระบบใหม่ ${unkept ? kept : `เก็บไว้ในเครื่องนี้ ${here.length} รายการ`}`, this.signInLink()];
    if (is("refused")) return [`${soFar}ยังไม่ได้แนบ ${here.length} รายการ`];
    return [!here.length && arrived ? `✓ แนบแล้ว ${arrived} รายการ` : soFar];
  }

  say(place, ...words) {
    const state = place.querySelector("[data-sending-state]");
    if (words.length > 1 || state.textContent !== words[0]) state.replaceChildren(...words);
  }

  // In a tab of its own: what is typed stays in this one.
  signInLink() {
    const link = Object.assign(document.createElement("a"), { href: this.form.dataset.login, target: "_blank", className: "tap" });
    link.textContent = " เข้าสู่ระบบในแท็บใหม่แล้วกลับมาหน้านี้";
    return link;
  }
}
