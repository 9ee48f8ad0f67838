// Files and links on their way to the answer sheet: sent one by one, each shown with its state
// until the server has it. They live in this page only, so it asks before it is left too early.
"use strict";

const LONGEST_SIDE = 2000;
const SMALL_ENOUGH = 500_000;
const SLOWEST_LINE = 10_000; // bytes a second; below that a try counts as lost

// --- Photos: most of a photo's bytes are never looked at, so they need not travel ---

async function shrunk(file, canvas) {
  let photo;
  try {
    photo = await createImageBitmap(file);
  } catch {
    return file; // no photo, or one that only the server can read
  }
  draw(photo, canvas, Math.max(canvas.width / photo.width, canvas.height / photo.height));
  const scale = Math.min(1, LONGEST_SIDE / Math.max(photo.width, photo.height));
  const large = Object.assign(document.createElement("canvas"), {
    width: Math.round(photo.width * scale), height: Math.round(photo.height * scale),
  });
  if (file.size > SMALL_ENOUGH || file.type !== "image/jpeg") draw(photo, large, scale);
  photo.close();
  if (file.size <= SMALL_ENOUGH && file.type === "image/jpeg") return file;
  const jpeg = await new Promise((done) => { large.toBlob(done, "image/jpeg", 0.85); });
  return jpeg && jpeg.size < file.size ? new File([jpeg], `${file.name.replace(/\.\w+$/, "")}.jpg`) : file;
}

function draw(photo, canvas, scale) {
  const [width, height] = [photo.width * scale, photo.height * scale];
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(photo, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
}

// --- What waits, and where it will stand ---

class Attachments {
  constructor(form) {
    this.form = form;
    this.pieces = []; // on their way or refused, oldest first
    this.tally = new Map(); // of each place: how many were sent since its list was last empty, of how many
    this.failures = 0;
    for (const event of ["online", "focus", "pageshow"]) addEventListener(event, () => this.retry());
    addEventListener("beforeunload", (event) => this.pieces.length && event.preventDefault());
  }

  get places() {
    return [...this.form.querySelectorAll("[data-place]")];
  }

  takeAll() {
    for (const place of this.places) if (this.chosen(place).length) this.take(place);
  }

  take(place) {
    const chosen = this.chosen(place);
    if (!chosen.length) return this.say(place, "ยังไม่ได้เลือกไฟล์หรือใส่ลิงก์ โปรดเลือกไฟล์หรือวางลิงก์ก่อนกดแนบ");
    if (!this.pieces.some((piece) => piece.place === place)) this.tally.set(place, { sent: 0, all: 0 });
    this.tally.get(place).all += chosen.length;
    for (const piece of chosen) this.list(piece);
    for (const input of place.querySelectorAll("details input")) {
      if (input.type === "checkbox") input.checked = false;
      else input.value = "";
    }
    place.querySelector("details").open = false;
    return this.run();
  }

  chosen(place) {
    const [link, words] = ["url", "text"].map((type) => place.querySelector(`input[type=${type}]`).value.trim());
    const consent = place.querySelector("input[type=checkbox]").checked;
    const files = [...place.querySelectorAll("input[type=file]")].flatMap((input) => [...input.files]);
    const pieces = [...files.map((file) => ({ file })), ...(link ? [{ link }] : [])];
    return pieces.map((piece) => ({ ...piece, place, words, consent, id: newId(), state: "waiting" }));
  }

  list(piece) {
    piece.item = document.getElementById("sending").content.firstElementChild.cloneNode(true);
    piece.item.querySelector(".sending-name").textContent = piece.file?.name ?? piece.link;
    piece.item.querySelector("[data-again]").addEventListener("click", () => this.again(piece));
    piece.item.querySelector("[data-drop]").addEventListener("click", () => this.drop(piece));
    piece.place.querySelector("[data-sending]").append(piece.item);
    this.pieces.push(piece);
    this.show(piece, "waiting");
  }

  // --- Sending ---

  retry() {
    this.failures = 0;
    this.run();
  }

  async run() {
    if (this.busy) return;
    clearTimeout(this.timer);
    this.busy = true;
    for (let next = this.next(); next && (await this.send(next)); next = this.next());
    this.busy = false;
  }

  next() {
    return this.pieces.find(({ state }) => state !== "refused");
  }

  // True when the line goes on with the next piece.
  async send(piece) {
    this.show(piece, "sending");
    if (piece.file && !piece.isShrunk) piece.file = await shrunk(piece.file, piece.item.querySelector("canvas"));
    piece.isShrunk = true;
    const { status, body } = await this.post(piece);
    if (status === 200 && body) return this.arrived(piece, body.html);
    if (status === 401 || body?.code === "other_person" || (status === 403 && !body)) return this.wait(piece, "signin");
    if (status === 413) return this.refused(piece, "ไฟล์นี้ใหญ่เกินกว่าที่ระบบรับได้ โปรดลดขนาดแล้วแนบใหม่");
    if (body?.message) return this.refused(piece, body.message);
    if (status === 404) return this.refused(piece, "บัญชีนี้เปิดแบบประเมินนี้ไม่ได้แล้ว จึงยังไม่แนบ");
    return this.wait(piece, "lost");
  }

  async post(piece) {
    const body = new FormData();
    const said = {
      user: this.form.dataset.user, indicator: piece.place.dataset.place, id: piece.id,
      caption: piece.words, url: piece.link ?? "", ...(piece.consent ? { has_consent: "on" } : {}),
    };
    for (const [name, value] of Object.entries(said)) body.append(name, value);
    if (piece.file) body.append("file", piece.file);
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), 60_000 + ((piece.file?.size ?? 0) / SLOWEST_LINE) * 1000);
    try {
      const response = await fetch(this.form.dataset.evidence, {
        method: "POST", body, redirect: "manual", signal: stop.signal, headers: { "X-CSRFToken": csrfToken() },
      });
      return { status: response.status, body: await response.json().catch(() => null) };
    } catch {
      return LOST;
    } finally {
      clearTimeout(timer);
    }
  }

  arrived(piece, html) {
    this.failures = 0;
    piece.place.querySelector("[data-pieces]").insertAdjacentHTML("beforeend", html);
    this.tally.get(piece.place).sent += 1;
    this.forget(piece);
    return true;
  }

  refused(piece, message) {
    piece.message = message;
    this.show(piece, "refused");
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
    this.show(piece, "waiting");
    this.run();
  }

  drop(piece) {
    this.tally.get(piece.place).all -= 1;
    this.forget(piece);
    piece.place.querySelector("summary").focus();
  }

  forget(piece) {
    this.pieces = this.pieces.filter((other) => other !== piece);
    piece.item.remove();
    this.paint(piece.place);
  }

  // True once all has arrived; false as soon as something has to wait for the line or a person.
  async drained() {
    while (this.busy) await new Promise((next) => { setTimeout(next, 50); });
    return !this.pieces.length;
  }

  // --- What the page says ---

  show(piece, state) {
    piece.state = state;
    const words = { waiting: "รอส่ง", sending: "กำลังส่ง", lost: "รอสัญญาณ", signin: "รอเข้าสู่ระบบใหม่" };
    const told = piece.item.querySelector(".piece-facts");
    told.textContent = words[state] ?? `⚠\ufe0e ${piece.message}`;
    told.classList.toggle("invalid-feedback", state === "refused");
    piece.item.querySelector(".piece-acts").hidden = state !== "refused";
    this.paint(piece.place);
  }

  paint(place) {
    const { sent, all } = this.tally.get(place);
    const here = this.pieces.filter((piece) => piece.place === place);
    const is = (state) => here.some((piece) => piece.state === state);
    const soFar = sent ? `ส่งแล้ว ${sent}/${all} ` : "";
    if (is("sending")) this.say(place, `กำลังส่ง ${sent + 1}/${all}`);
    else if (is("lost")) this.say(place, `${soFar}รอสัญญาณ จะส่งต่อเองเมื่อมีสัญญาณ โปรดอย่าปิดหน้านี้`);
    else if (is("signin")) this.say(place, `${soFar}ต้องเข้าสู่ระบบใหม่ โปรดอย่าปิดหน้านี้`, this.signInLink());
    else if (is("refused")) this.say(place, `${soFar}แนบไม่ได้ ${here.length} รายการ`);
    else if (!here.length) this.say(place, sent ? `✓ ส่งแล้ว ${sent} รายการ` : "");
  }

  say(place, words, ...more) {
    place.querySelector("[data-sending-state]").replaceChildren(words, ...more);
  }

  // In a tab of its own: the files wait in this one.
  signInLink() {
    const link = Object.assign(document.createElement("a"), { href: this.form.dataset.login, target: "_blank", className: "tap" });
    link.textContent = " เข้าสู่ระบบในแท็บใหม่แล้วกลับมาหน้านี้";
    return link;
  }
}
