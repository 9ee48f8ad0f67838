// Files and links that wait on this device for the server, and how one of them is sent.
//
// Each is a record of the IndexedDB database "nithet", object store "files":
// {id, user, sheet, sheetUrl, sheetName, url (takes it), indicator, place (its words), name, size,
//  at, blob or link, isShrunk, caption, hasConsent, refusal (the server's words, or empty)}.
// `user` and `sheet` are the strings of the sheet's data-user and data-sheet. In the database the
// content and the caption are locked for their owner (device-lock.js).
"use strict";

const STALLED = 60_000; // without a byte moving, a try counts as lost
const CHECKING = 120_000; // the server redraws a photo before it answers

const deviceFiles = {
  // Rejects where the browser keeps nothing (private mode, forbidden).
  open() {
    this.opening ??= new Promise((resolve, reject) => {
      const request = indexedDB.open("nithet", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("files", { keyPath: "id" });
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        request.result.onclose = () => { this.opening = null; };
        resolve(request.result);
      };
    });
    return this.opening;
  },

  async run(mode, ask) {
    const turn = (await this.open()).transaction("files", mode);
    return new Promise((resolve, reject) => {
      const request = ask(turn.objectStore("files"));
      turn.oncomplete = () => resolve(request.result);
      turn.onabort = () => reject(turn.error ?? request.error);
    });
  },

  // All that one person has waiting here, oldest first, still locked; of one sheet where it is named.
  async all(user, sheet) {
    const records = await this.run("readonly", (files) => files.getAll());
    const wanted = records.filter((one) => one.user === user && (sheet === undefined || one.sheet === sheet));
    return wanted.sort((a, b) => a.at - b.at);
  },

  async has(id) {
    return (await this.run("readonly", (files) => files.count(id))) > 0;
  },

  // Rejects with QuotaExceededError where the device is full.
  async put(record) {
    navigator.storage?.persist?.().catch(() => {}); // ask that a full device does not clear it unasked
    const stored = await encryptRecord(record);
    return this.run("readwrite", (files) => files.put(stored));
  },

  remove(id) {
    return this.run("readwrite", (files) => files.delete(id));
  },

  // One page of this browser at a time sends the files of a sheet.
  exclusively(sheet, act) {
    return navigator.locks ? navigator.locks.request(`files:${sheet}`, act) : act();
  },
};

async function encryptRecord(record) {
  const { blob, caption, ...facts } = record;
  if (!deviceLock.key || !(blob || caption)) return record;
  const words = await deviceLock.lock(new TextEncoder().encode(caption));
  const content = blob && { ...(await deviceLock.lock(await blob.arrayBuffer())), type: blob.type };
  return { ...facts, words, content };
}

// Where its key is gone the record comes as it is, without its content.
async function decryptRecord(record) {
  const { words, content, ...facts } = record;
  if (!words) return record;
  try {
    const caption = new TextDecoder().decode(await deviceLock.unlock(words));
    const blob = content && new File([await deviceLock.unlock(content)], facts.name, { type: content.type });
    return { ...facts, caption, blob };
  } catch {
    return { ...record, caption: "" };
  }
}

// The server's answer {status, body} to one unlocked record; status 0 when the line was lost.
// `progress` is told the hundredths that have left; `signal` gives up.
function postFile(record, { progress = () => {}, signal } = {}) {
  const request = new XMLHttpRequest();
  let timer;
  const within = (time) => {
    clearTimeout(timer);
    timer = setTimeout(() => request.abort(), time);
  };
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    within(STALLED);
    progress(Math.floor((loaded / total) * 100));
  });
  request.upload.addEventListener("load", () => within(CHECKING));
  signal?.addEventListener("abort", () => request.abort());
  return new Promise((resolve) => {
    request.addEventListener("loadend", () => {
      clearTimeout(timer);
      resolve({ status: request.status, body: request.status ? request.response : null });
    });
    request.open("POST", record.url);
    request.responseType = "json";
    request.setRequestHeader("X-CSRFToken", csrfToken());
    request.send(toFormData(record));
    within(STALLED);
  });
}

function toFormData(record) {
  const body = new FormData();
  const said = {
    user: record.user, indicator: record.indicator ?? "", id: record.id,
    caption: record.caption, url: record.link ?? "", ...(record.hasConsent ? { has_consent: "on" } : {}),
  };
  for (const [name, value] of Object.entries(said)) body.append(name, value);
  if (record.blob) body.append("file", record.blob, record.name);
  return body;
}
