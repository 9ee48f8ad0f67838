// @ts-check
// Files and links that wait on this device for the server. Each is a record of the IndexedDB
// database "nithet", object store "files". In the database the content and the caption are locked
// for their owner (device-lock.js).

import { canLock, lock, unlock } from "./device-lock.js";

/** @import { Locked } from "./device-lock.js" */

/**
 * A file (blob) or a link that waits. `user` and `sheet` are the strings of the sheet's data-user and
 * data-sheet, `url` takes it, `indicator` and `placeName` say where it belongs, `size` is in bytes,
 * `at` in milliseconds; `refusal` is why the server did not take it, or empty.
 * @typedef {{ id: string, user: string, sheet: string, sheetUrl: string, sheetName: string, url: string,
 *   indicator: number | null, placeName: string, name: string, size: number, at: number, blob?: File,
 *   link?: string, isShrunk: boolean, caption: string, hasConsent: boolean, refusal: string }} FileRecord
 */

/**
 * A record as the database holds it: `words` is the caption, `content` the blob.
 * @typedef {Omit<FileRecord, "blob" | "caption"> & { blob?: File, caption?: string, words?: Locked,
 *   content?: Locked & { type: string } }} StoredRecord
 */

/** @type {Promise<IDBDatabase> | null} */
let opening = null;

/** Rejects where the browser keeps nothing (private mode, forbidden). */
function openDatabase() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("nithet", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("files", { keyPath: "id" });
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      request.result.onclose = () => {
        opening = null;
      };
      resolve(request.result);
    };
  });
  return opening;
}

/**
 * @template Result
 * @param {IDBTransactionMode} mode
 * @param {(files: IDBObjectStore) => IDBRequest<Result>} ask
 * @returns {Promise<Result>}
 */
async function run(mode, ask) {
  const turn = (await openDatabase()).transaction("files", mode);
  return new Promise((resolve, reject) => {
    const request = ask(turn.objectStore("files"));
    turn.oncomplete = () => resolve(request.result);
    turn.onabort = () => reject(turn.error ?? request.error);
  });
}

/**
 * All that one person has waiting here, oldest first, still locked; of one sheet where it is named.
 * @param {string} user
 * @param {string} [sheet]
 * @returns {Promise<StoredRecord[]>}
 */
export async function allFiles(user, sheet) {
  /** @type {StoredRecord[]} */
  const records = await run("readonly", (files) => files.getAll());
  return records
    .filter((one) => one.user === user && (sheet === undefined || one.sheet === sheet))
    .sort((a, b) => a.at - b.at);
}

/** @param {string} id */
export async function hasFile(id) {
  return (await run("readonly", (files) => files.count(id))) > 0;
}

/**
 * Rejects with QuotaExceededError where the device is full.
 * @param {FileRecord} record
 */
export async function putFile(record) {
  navigator.storage?.persist?.().catch(() => {}); // ask that a full device does not clear it unasked
  const stored = await encryptRecord(record);
  await run("readwrite", (files) => files.put(stored));
}

/** @param {string} id */
export async function removeFile(id) {
  await run("readwrite", (files) => files.delete(id));
}

/**
 * One page of this browser at a time sends the files of a sheet.
 * @param {string} sheet
 * @param {() => Promise<void>} act
 */
export async function sendExclusively(sheet, act) {
  if (navigator.locks) await navigator.locks.request(`files:${sheet}`, act);
  else await act();
}

/**
 * @param {FileRecord} record
 * @returns {Promise<StoredRecord>}
 */
async function encryptRecord(record) {
  const { blob, caption, ...facts } = record;
  if (!canLock || !(blob || caption)) return record;
  const words = await lock(new TextEncoder().encode(caption));
  const content = blob && { ...(await lock(await blob.arrayBuffer())), type: blob.type };
  return { ...facts, words, content };
}

/**
 * Where its key is gone the record comes as it is, without its content.
 * @param {StoredRecord} record
 * @returns {Promise<FileRecord>}
 */
export async function decryptRecord(record) {
  const { words, content, ...facts } = record;
  if (!words) return { ...record, caption: record.caption ?? "" };
  try {
    const caption = new TextDecoder().decode(await unlock(words));
    const blob = content && new File([await unlock(content)], facts.name, { type: content.type });
    return { ...facts, caption, blob };
  } catch {
    return { ...record, caption: "" };
  }
}
