import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { clearStorage, fillStorage, storage } from "./browser.js";

const { getLocked, lock, putLocked, unlock } = await import("../../static/js/device-lock.js");

/** Locking goes on after putLocked has returned. */
async function lockedAt(name) {
  while (!storage.getItem(name)?.includes("locked")) await new Promise((next) => setTimeout(next));
}

beforeEach(clearStorage);

test("a value is kept at once and locked a moment later", async () => {
  putLocked("note", { text: "ข้อความ" });
  assert.equal(storage.getItem("note"), '{"text":"ข้อความ"}');
  await lockedAt("note");
  assert.doesNotMatch(storage.getItem("note"), /ข้อความ/);
  assert.deepEqual(await getLocked("note"), { text: "ข้อความ" });
});

test("a value that was removed meanwhile does not come back", async () => {
  putLocked("note", "ข้อความ");
  storage.removeItem("note");
  await new Promise((next) => setTimeout(next, 20));
  assert.equal(await getLocked("note"), null);
});

test("what another person's key locked reads as nothing and stays", async () => {
  const foreign = JSON.stringify({ iv: btoa("0".repeat(12)), locked: btoa("x".repeat(40)) });
  storage.setItem("note", foreign);
  assert.equal(await getLocked("note"), null);
  assert.equal(storage.getItem("note"), foreign);
});

test("no room left is an error", () => {
  fillStorage();
  assert.throws(() => putLocked("note", "ข้อความ"), { name: "QuotaExceededError" });
});

test("files come back byte by byte", async () => {
  const bytes = new Uint8Array([1, 2, 3]);
  assert.deepEqual(new Uint8Array(await unlock(await lock(bytes))), bytes);
});
