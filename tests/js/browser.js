// The parts of a browser that the scripts under test use. Import it before them.

import { setMaxListeners } from "node:events";

const KEY_BYTES = 32;

/** A browser's storage: what is kept are its own properties. */
class FakeStorage {
  getItem(name) {
    return Object.hasOwn(this, name) ? this[name] : null;
  }
  setItem(name, value) {
    if (FakeStorage.isFull) throw new DOMException("full", "QuotaExceededError");
    this[name] = String(value);
  }
  removeItem(name) {
    delete this[name];
  }
}

export const storage = new FakeStorage();
export const page = new EventTarget(); // the window, for its events
const deviceKey = btoa(String.fromCharCode(...new Uint8Array(KEY_BYTES).fill(7)));

Object.assign(globalThis, {
  localStorage: storage,
  addEventListener: page.addEventListener.bind(page),
  document: Object.assign(new EventTarget(), {
    hidden: false,
    cookie: "sessionid=1; csrftoken=the-token",
    querySelector: (selector) =>
      selector === "meta[name=device-key]" ? { content: deviceKey } : null,
  }),
});

setMaxListeners(0, page, globalThis.document); // each queue of a test listens

export function clearStorage() {
  FakeStorage.isFull = false;
  for (const name of Object.keys(storage)) storage.removeItem(name);
}

export function fillStorage() {
  FakeStorage.isFull = true;
}

/** Lets everything that is already answered run its course. */
export const settle = () => new Promise((next) => setImmediate(() => setImmediate(next)));

/**
 * A server that answers the requests of a test one after the other: `answers` are bodies of 200,
 * [status, body] or "lost". `requests` holds what it was sent.
 */
export function fakeServer(...answers) {
  const requests = [];
  globalThis.fetch = async (url, { body, headers }) => {
    requests.push({ url, headers, ...JSON.parse(body) });
    const answer = answers.shift() ?? "lost";
    const given = typeof answer === "function" ? answer(requests.at(-1)) : answer;
    if (given === "lost") throw new TypeError("Failed to fetch");
    const [status, content] = Array.isArray(given) ? given : [200, given];
    return new Response(content && JSON.stringify(content), { status });
  };
  return { requests, answers };
}
