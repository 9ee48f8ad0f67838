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
function fileTypeLabel({ link, name }) {
  const textContent = link ? "ลิงก์" : (/\.(\w{1,5})$/.exec(name)?.[1] ?? "").toUpperCase();
  return Object.assign(document.createElement("span"), { className: "evidence-thumbnail", ariaHidden: "true", textContent });
}

const megabytes = (size) => `${(Math.ceil((size * 10) / 1024 ** 2) / 10).toLocaleString()} MB`;

class Attachments {
  // `changed` is called whenever the page should say anew what waits.
  constructor(form, changed) {
    Object.assign(this, { form, changed, uploads: [], failures: 0 }); // uploads: not yet on the server, oldest first
    this.canWrite = "write" in form.dataset;
    this.elsewhere = document.querySelector("[data-elsewhere]"); // for places that are not on this page
    this.tally = new Map(); // of each place: how many arrived since its list was last empty, of how many
    for (const event of ["online", "focus", "pageshow"]) addEventListener(event, () => this.retry());
    addEventListener("beforeunload", (event) => this.unstored && event.preventDefault());
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
  get unstored() {
    return this.uploads.some((upload) => !upload.isStored);
  }

  // For the sheet's pill; nothing when no file waits.
  get stateWords() {
    const count = this.uploads.length;
    if (!count) return null;
    if (this.unstored) return ["late", `ยังไม่ได้แนบ ${count} ไฟล์ โปรดอย่าปิดหน้านี้`];
    if (this.isSending) return ["wait", `กำลังส่ง ${count} ไฟล์`];
    if (this.uploads.some(({ state }) => state === "refused")) return ["late", `ยังไม่ได้แนบ ${count} ไฟล์`];
    return ["mine", `เก็บไว้ในเครื่องนี้ ${count} ไฟล์`];
  }

  get isSending() {
    return this.uploads.some((upload) => upload.state === "sending");
  }

  // --- What is chosen, and what was kept before ---

  // What needs no script gives way; what was chosen before this file arrived is taken.
  offer(place) {
    const hasConsent = place.querySelector("[data-without-script] input[type=checkbox]").checked;
    this.add(place, this.filesIn(place).map((file) => ({ ...file, caption: this.captionIn(place), hasConsent })));
    for (const plain of place.querySelectorAll("[data-without-script]")) plain.remove();
    for (const part of place.querySelectorAll("[data-with-script]")) part.hidden = false;
    for (const input of place.querySelectorAll("input[type=file]")) {
      input.addEventListener("change", () => this.add(place, this.filesIn(place)));
    }
  }

  attachTypedLinks() {
    for (const place of this.places) if (this.linksIn(place).length) this.attachTypedLink(place);
  }

  // The link that was typed.
  attachTypedLink(place) {
    const links = this.linksIn(place);
    if (!links.length) return this.say(place, "ยังไม่ได้ใส่ลิงก์ โปรดวางลิงก์ก่อนกดแนบ");
    for (const input of place.querySelectorAll("details input")) input.value = "";
    place.querySelector("details").open = false;
    return this.add(place, links);
  }

  async add(place, chosen) {
    const uploads = chosen.map((one) => ({ ...this.facts(place), ...one, place }));
    for (const input of place.querySelectorAll("input[type=file]")) input.value = "";
    for (const upload of uploads) this.list(upload);
    for (const upload of uploads) await this.keep(upload);
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
      if (this.uploads.some(({ id }) => id === record.id)) continue;
      this.list({ ...(await decryptRecord(record)), place: this.placeOf(record), isStored: true });
    }
  }

  placeOf({ indicator }) {
    return (this.canWrite && this.places.find((place) => place.dataset.place === `${indicator ?? ""}`)) || this.elsewhere;
  }

  async keep(upload) {
    if (!this.uploads.includes(upload)) return;
    const { place, item, state, stop, isStored, unstoredReason, ...record } = upload;
    try {
      await deviceFiles.put(record);
      upload.isStored = true;
    } catch (error) {
      upload.isStored = false;
      upload.unstoredReason = error?.name === "QuotaExceededError" ? FULL : FORBIDDEN;
    }
    if (this.uploads.includes(upload)) this.show(upload, upload.state);
    else await deviceFiles.remove(upload.id).catch(() => {}); // sent or given up meanwhile
  }

  list(upload) {
    upload.item = document.getElementById("sending").content.firstElementChild.cloneNode(true);
    const name = upload.place === this.elsewhere ? `${upload.placeName} ${upload.name}` : upload.name;
    upload.item.querySelector(".sending-name").textContent = name;
    for (const [act, run] of Object.entries({ again: this.again, save: this.save, drop: this.drop })) {
      upload.item.querySelector(`[data-${act}]`).addEventListener("click", () => run.call(this, upload));
    }
    this.bindDescription(upload);
    if (!isPhoto(upload)) upload.item.querySelector("canvas").replaceWith(fileTypeLabel(upload));
    if (!this.uploads.some((other) => other.place === upload.place)) this.tally.set(upload.place, { arrived: 0, all: 0 });
    this.tally.get(upload.place).all += 1;
    this.uploads.push(upload);
    upload.place.querySelector("[data-sending]").append(upload.item);
    if (upload.isShrunk) this.showPicture(upload);
    this.show(upload, upload.refusal || !this.canWrite ? "refused" : "waiting");
  }

  showPicture(upload) {
    return isPhoto(upload) ? drawThumbnail(upload.blob, upload.item.querySelector("canvas")) : null;
  }

  // What is said of it can be written while it waits; it is not sent meanwhile.
  bindDescription(upload) {
    const [caption, consent] = ["caption", "consent"].map((name) => upload.item.querySelector(`[data-${name}]`));
    caption.value = upload.caption;
    consent.checked = upload.hasConsent;
    for (const part of upload.item.querySelectorAll("[data-of-photo]")) part.hidden = !isPhoto(upload);
    upload.item.addEventListener("change", () => {
      Object.assign(upload, { caption: caption.value.trim(), hasConsent: consent.checked });
      this.keep(upload);
    });
    upload.item.addEventListener("focusout", () => setTimeout(() => this.run()));
  }

  isBeingWritten(upload) {
    return document.hasFocus() && upload.item.querySelector("[data-words]").contains(document.activeElement);
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
      await deviceFiles.exclusively(this.form.dataset.sheet, async () => {
        for (let upload = this.next(); upload && (await this.send(upload)); upload = this.next());
      });
    } finally {
      this.busy = false;
    }
  }

  next() {
    return this.uploads.find((upload) => upload.state !== "refused" && upload.isStored !== undefined && !this.isBeingWritten(upload));
  }

  // True when the line goes on with the next upload.
  async send(upload) {
    if (await this.isGone(upload)) return this.forget(upload);
    this.show(upload, "sending");
    const problem = await this.prepare(upload);
    if (!this.uploads.includes(upload)) return true; // given up meanwhile
    if (problem) return this.refuse(upload, problem);
    upload.stop = new AbortController();
    const { status, body } = await postFile(upload, { progress: (percent) => this.showProgress(upload, percent), signal: upload.stop.signal });
    if (!this.uploads.includes(upload)) return true;
    if (status === 200 && body) return this.arrive(upload, body.html);
    if (status === 401 || body?.code === "other_person" || (status === 403 && !body)) return this.wait(upload, "signin");
    if (status === 413) return this.refuse(upload, "ไฟล์นี้ใหญ่เกินกว่าที่ระบบรับได้ โปรดลดขนาดแล้วแนบใหม่");
    if (body?.message) return this.refuse(upload, body.message);
    if (status === 404) return this.refuse(upload, "บัญชีนี้เปิดแบบประเมินนี้ไม่ได้แล้ว จึงยังไม่แนบ");
    return this.wait(upload, "lost");
  }

  // Another page of this browser has sent it, or given it up.
  async isGone(upload) {
    return upload.isStored && !(await deviceFiles.has(upload.id).catch(() => true));
  }

  // Ready to be sent, or the words that say why not. A photo on which the browser died is not tried twice.
  async prepare(upload) {
    if (upload.link) return "";
    if (!(await upload.blob?.slice(0, 1).arrayBuffer().catch(() => null))) return UNREADABLE;
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
    const most = Number(isPhoto(upload) ? this.form.dataset.mostPhoto : this.form.dataset.mostDocument);
    return upload.size > most ? `มีขนาด ${megabytes(upload.size)} ซึ่งเกิน ${megabytes(most)} โปรดลดขนาดแล้วแนบใหม่` : "";
  }

  async arrive(upload, html) {
    this.failures = 0;
    upload.place.querySelector("[data-evidence-list]")?.insertAdjacentHTML("beforeend", html);
    this.tally.get(upload.place).arrived += 1;
    await deviceFiles.remove(upload.id).catch(() => {});
    return this.forget(upload);
  }

  async refuse(upload, message) {
    upload.refusal = message;
    this.show(upload, "refused");
    await this.keep(upload);
    return true;
  }

  wait(upload, state) {
    const pause = Math.min(SLOWEST, 1000 * 2 ** this.failures) * (0.5 + Math.random());
    this.failures += 1;
    this.timer = setTimeout(() => this.run(), pause);
    this.show(upload, state);
    return false;
  }

  again(upload) {
    upload.refusal = "";
    this.show(upload, "waiting");
    this.run();
  }

  save(upload) {
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(upload.blob), download: upload.name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  async drop(upload) {
    if (!confirm(`ไม่ส่ง “${upload.name}” และลบออกจากเครื่องนี้`)) return;
    this.tally.get(upload.place).all -= 1;
    this.forget(upload);
    upload.stop?.abort();
    await deviceFiles.remove(upload.id).catch(() => {});
    (upload.place.querySelector("input[type=file]") ?? upload.place).focus();
  }

  forget(upload) {
    this.uploads = this.uploads.filter((other) => other !== upload);
    upload.item.remove();
    this.paint(upload.place);
    return true;
  }

  // True once this page may be left: all has arrived or is kept on this device. A line that is
  // quick gets the time to finish.
  async readyToLeave(patience) {
    await this.restored;
    const end = Date.now() + patience;
    while (this.isSending && Date.now() < end) await new Promise((next) => { setTimeout(next, 50); });
    return !this.unstored;
  }

  // --- What the page says ---

  show(upload, state) {
    upload.state = state;
    const [facts, bar, words] = [".evidence-details", "progress", "[data-words]"].map((part) => upload.item.querySelector(part));
    const kept = upload.isStored && state !== "sending" ? " · เก็บไว้ในเครื่องนี้แล้ว" : "";
    facts.textContent = state === "refused" ? `⚠\ufe0e ${upload.refusal || CLOSED}` : STATES[state] + kept;
    facts.classList.toggle("invalid-feedback", state === "refused");
    bar.hidden = state !== "sending";
    bar.value = 0;
    words.hidden = state === "sending" || !this.canWrite;
    upload.item.querySelector("[data-again]").hidden = state !== "refused" || !this.canWrite;
    upload.item.querySelector("[data-save]").hidden = state !== "refused" || !upload.blob;
    upload.item.querySelector("[data-drop]").hidden = false;
    this.paint(upload.place);
  }

  // Once all has left, the server may have it: too late to give it up.
  showProgress(upload, percent) {
    upload.item.querySelector("progress").value = percent;
    upload.item.querySelector(".evidence-details").textContent = percent < 100 ? `กำลังส่ง ${percent}%` : "ส่งครบ 100% ระบบกำลังตรวจไฟล์";
    upload.item.querySelector("[data-drop]").hidden = percent === 100;
  }

  paint(place) {
    const { arrived, all } = this.tally.get(place);
    const here = this.uploads.filter((upload) => upload.place === place);
    if (place === this.elsewhere) place.hidden = !here.length && !arrived;
    this.say(place, ...this.wordsFor(here, arrived, all));
    this.changed();
  }

  wordsFor(here, arrived, all) {
    const is = (state) => here.some((upload) => upload.state === state);
    const soFar = arrived ? `แนบแล้ว ${arrived}/${all} ` : "";
    const unstored = here.find((upload) => upload.unstoredReason && !upload.isStored);
    const kept = unstored ? unstored.unstoredReason : `เก็บไว้ในเครื่องนี้ ${here.length} รายการ ระบบจะส่งให้เมื่อมีสัญญาณ`;
    if (is("sending")) return [`กำลังส่ง ${arrived + 1}/${all}${unstored ? ` ${unstored.unstoredReason}` : ""}`];
    if (is("lost")) return [`${soFar}รอสัญญาณ ${kept}`];
    if (is("signin")) return [`${soFar}ต้องเข้าสู่ระบบใหม่ ${unstored ? kept : `เก็บไว้ในเครื่องนี้ ${here.length} รายการ`}`, this.signInLink()];
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
