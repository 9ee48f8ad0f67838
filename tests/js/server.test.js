import assert from "node:assert/strict";
import { test } from "node:test";
import "./browser.js";

const { BackOff, failureOf } = await import("../../static/js/server.js");

test("a pause doubles up to half a minute and is spread by half", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const pauses = [];
  t.mock.method(globalThis, "setTimeout", (_act, pause) => pauses.push(pause));
  for (const chance of [0, 1]) {
    t.mock.method(Math, "random", () => chance);
    const backOff = new BackOff(() => {});
    for (let failure = 0; failure < 7; failure++) backOff.fail();
  }
  assert.deepEqual(pauses.slice(0, 7), [500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
  assert.deepEqual(pauses.slice(7), [1500, 3000, 6000, 12_000, 24_000, 45_000, 45_000]);
});

test("a success begins the pauses anew", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const backOff = new BackOff(() => {});
  backOff.fail();
  assert.equal(backOff.isWaiting, true);
  backOff.reset();
  assert.deepEqual([backOff.isWaiting, backOff.failures], [false, 0]);
});

test("an answer says who must act", () => {
  assert.equal(failureOf({ status: 0, body: null }), "lost");
  assert.equal(failureOf({ status: 502, body: null }), "lost");
  assert.equal(failureOf({ status: 401, body: { message: "…" } }), "signin");
  assert.equal(failureOf({ status: 403, body: null }), "signin");
  assert.equal(failureOf({ status: 403, body: { message: "…" } }), "refused");
  assert.equal(failureOf({ status: 404, body: null }), "refused");
});
