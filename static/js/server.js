// @ts-check
// How a page sends to the server in the background: the posts, what an answer means, and how long
// to wait before the next try.

const TIMEOUT = 30_000; // milliseconds for an answer to edits
const STALLED = 60_000; // without a byte moving, a try counts as lost
const CHECKING = 120_000; // the server redraws a photo before it answers
const KEEPALIVE_BYTES = 15_000; // what a browser still sends after its page was closed
const LONGEST_PAUSE = 30_000;

/**
 * An answer of the server; status 0 and no body when the line was lost.
 * @typedef {{ status: number, body: any }} Answer
 */

/** The token of a request that a script sends; signing in again in another tab changes it. */
export const csrfToken = () => /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";

/** A UUID of this page's own, by which the server knows a repeated edit or file again. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/**
 * The time until the next try: about a second after the first failure, doubled by each further one
 * up to half a minute, and never the same for all pages, so that no server is stormed.
 */
export class BackOff {
  /** @param {() => void} retry */
  constructor(retry) {
    this.retry = retry;
    this.failures = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  /** The next try is already set. */
  get isWaiting() {
    return this.timer !== undefined;
  }

  /** Tries again later. */
  fail() {
    const pause = Math.min(LONGEST_PAUSE, 1000 * 2 ** this.failures) * (0.5 + Math.random());
    this.failures += 1;
    this.cancel();
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.retry();
    }, pause);
  }

  /** Forgets the try that is set, because one begins now. */
  cancel() {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Forgets all failures: something went through, or there is reason to hope. */
  reset() {
    this.failures = 0;
    this.cancel();
  }

  /** Tries again whenever the line or the person comes back. */
  retryOnReturn() {
    const again = () => {
      this.reset();
      this.retry();
    };
    for (const event of ["online", "focus", "pageshow"]) addEventListener(event, again);
    document.addEventListener("visibilitychange", () => document.hidden || again());
  }
}

/**
 * Who must act on an answer other than 200: the person signs in again, the server said why it does
 * not take it (a message), or the line was lost and it is tried again.
 * @param {Answer} answer
 * @returns {"signin" | "refused" | "lost"}
 */
export function failureOf({ status, body }) {
  if (status === 401 || (status === 403 && !body)) return "signin";
  return body?.message || status === 404 ? "refused" : "lost";
}

/**
 * Sends something as JSON, also from a page that is being closed.
 * @param {string} url
 * @param {unknown} content
 * @returns {Promise<Answer>}
 */
export async function postJson(url, content) {
  const body = JSON.stringify(content);
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIMEOUT);
  try {
    const response = await fetch(url, {
      method: "POST",
      body,
      redirect: "manual",
      signal: stop.signal,
      keepalive: body.length < KEEPALIVE_BYTES,
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken() },
    });
    return { status: response.status, body: await response.json().catch(() => null) };
  } catch {
    return { status: 0, body: null };
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Sends a form with its files; a try is given up only when no byte moves any more.
 * @param {string} url
 * @param {FormData} content
 * @param {{ progress: (percent: number) => void, signal: AbortSignal }} listener `progress` gets
 *   the percentage sent, `signal` aborts
 * @returns {Promise<Answer>}
 */
export function postForm(url, content, { progress, signal }) {
  const request = new XMLHttpRequest();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @param {number} time */
  const abortAfter = (time) => {
    clearTimeout(timer);
    timer = setTimeout(() => request.abort(), time);
  };
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    abortAfter(STALLED);
    progress(Math.floor((loaded / total) * 100));
  });
  request.upload.addEventListener("load", () => abortAfter(CHECKING));
  signal.addEventListener("abort", () => request.abort());
  return new Promise((resolve) => {
    request.addEventListener("loadend", () => {
      clearTimeout(timer);
      resolve({ status: request.status, body: request.status ? request.response : null });
    });
    request.open("POST", url);
    request.responseType = "json";
    request.setRequestHeader("X-CSRFToken", csrfToken());
    request.send(content);
    abortAfter(STALLED);
  });
}
