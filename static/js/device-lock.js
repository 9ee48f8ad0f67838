// Locks what a person leaves on this device: computers are shared, and whoever comes next could
// read the browser's storage. The key is the person's own; only pages they are signed in to bring
// it (<meta name="device-key">), and no browser keeps those pages.
//
// Words are stored at once as they are and locked a moment later, so that none is lost when the
// page goes. Where a browser has no Web Crypto (plain HTTP) they stay as they are.
"use strict";

const deviceLock = {
  key: (() => {
    const secret = document.querySelector("meta[name=device-key]")?.content;
    if (!secret || !globalThis.crypto?.subtle) return null;
    const bytes = Uint8Array.from(atob(secret), (sign) => sign.charCodeAt(0));
    return crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
  })(),

  async lock(bytes) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    return { iv, locked: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await this.key, bytes) };
  },

  async unlock({ iv, locked }) {
    return crypto.subtle.decrypt({ name: "AES-GCM", iv }, await this.key, locked);
  },

  // Throws where the storage is full or forbidden; then nothing is stored.
  put(name, value) {
    const text = JSON.stringify(value);
    localStorage.setItem(name, text);
    if (this.key) this.lockStored(name, text);
  },

  async lockStored(name, text) {
    const { iv, locked } = await this.lock(new TextEncoder().encode(text));
    const sealed = JSON.stringify({ iv: toBase64(iv), locked: toBase64(new Uint8Array(locked)) });
    if (localStorage.getItem(name) !== text) return; // changed or removed meanwhile
    try {
      localStorage.setItem(name, sealed);
    } catch { /* no room for the longer text: it stays as it is */ }
  },

  // The value under this name; null where there is none, or where another person's key locked it.
  async get(name) {
    try {
      const stored = JSON.parse(localStorage.getItem(name) ?? "null");
      if (!stored?.locked) return stored;
      const bytes = await this.unlock({ iv: fromBase64(stored.iv), locked: fromBase64(stored.locked) });
      return JSON.parse(new TextDecoder().decode(bytes));
    } catch {
      return null;
    }
  },
};

function toBase64(bytes) {
  let signs = "";
  for (const byte of bytes) signs += String.fromCharCode(byte);
  return btoa(signs);
}

const fromBase64 = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
