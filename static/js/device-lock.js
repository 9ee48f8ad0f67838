// @ts-check
// Locks what a person leaves on this device: computers are shared, and whoever comes next could
// read the browser's storage. The key is the person's own; only pages they are signed in to bring
// it (<meta name="device-key">), and no browser keeps those pages.
//
// Words are stored at once as they are and locked a moment later, so that none is lost when the
// page goes. Where a browser has no Web Crypto (plain HTTP) they stay as they are.

/**
 * Something encrypted with the person's key.
 * @typedef {{ iv: Uint8Array<ArrayBuffer>, locked: ArrayBuffer }} Locked
 */

/** @returns {Promise<CryptoKey> | null} */
function importKey() {
  const meta = /** @type {HTMLMetaElement | null} */ (
    document.querySelector("meta[name=device-key]")
  );
  if (!meta?.content || !globalThis.crypto?.subtle) return null;
  return crypto.subtle.importKey("raw", fromBase64(meta.content), "AES-GCM", false, [
    "encrypt",
    "decrypt",
  ]);
}

/** @param {Uint8Array} bytes */
function toBase64(bytes) {
  let signs = "";
  for (const byte of bytes) signs += String.fromCharCode(byte);
  return btoa(signs);
}

/** @param {string} text */
function fromBase64(text) {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
}

const key = importKey();

/** Whether this page has a key to lock with. */
export const canLock = key !== null;

/**
 * @param {BufferSource} bytes
 * @returns {Promise<Locked>}
 */
export async function lock(bytes) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return {
    iv,
    locked: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await ownKey(), bytes),
  };
}

/**
 * Rejects where another person's key locked it.
 * @param {Locked} content
 * @returns {Promise<ArrayBuffer>}
 */
export async function unlock({ iv, locked }) {
  return crypto.subtle.decrypt({ name: "AES-GCM", iv }, await ownKey(), locked);
}

async function ownKey() {
  if (!key) throw new Error("This page has no key");
  return key;
}

/**
 * Stores a value under a name in this browser. Throws where the storage is full or forbidden; then
 * nothing is stored.
 * @param {string} name
 * @param {unknown} value anything that JSON can hold
 */
export function putLocked(name, value) {
  const text = JSON.stringify(value);
  localStorage.setItem(name, text);
  if (canLock) lockStored(name, text);
}

/**
 * @param {string} name
 * @param {string} text
 */
async function lockStored(name, text) {
  const { iv, locked } = await lock(new TextEncoder().encode(text));
  const sealed = JSON.stringify({ iv: toBase64(iv), locked: toBase64(new Uint8Array(locked)) });
  if (localStorage.getItem(name) !== text) return; // changed or removed meanwhile
  try {
    localStorage.setItem(name, sealed);
  } catch {
    // no room for the longer text: it stays as it is
  }
}

/**
 * The value under a name; null where there is none, or where another person's key locked it.
 * @param {string} name
 * @returns {Promise<any>}
 */
export async function getLocked(name) {
  try {
    const stored = JSON.parse(localStorage.getItem(name) ?? "null");
    if (!stored?.locked) return stored;
    const bytes = await unlock({
      iv: fromBase64(stored.iv),
      locked: fromBase64(stored.locked).buffer,
    });
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
