import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { clearStorage, fakeServer, fillStorage, page, settle, storage } from "./browser.js";

const { EditQueue, EditStore } = await import("../../static/js/edit-queue.js");

const LEVEL = { name: "level-5", field: "level", indicator: 5, label: "ตัวชี้วัด ระดับ" };
const NOTE = { name: "note-5", field: "note", indicator: 5, label: "หมายเหตุ" };

/** The server takes all that it is sent. */
const takesAll = ({ edits }) => receipt({ saved: edits.map(({ id }) => id) });

const receipt = (more) => ({
  saved: [],
  kept: [],
  rejected: [],
  field_states: [],
  answered: 1,
  total: 26,
  parts: {},
  at: "9.30 น.",
  ...more,
});

function newQueue() {
  const events = { states: [], receipts: [], refusals: [] };
  const queue = new EditQueue({
    url: "/sheet/3/edits/",
    user: 7,
    sheet: "3",
    source: { sheetName: "แบบประเมิน", sheetUrl: "/sheet/3/" },
    listener: {
      changed: () => events.states.push(queue.state),
      stored: (one) => events.receipts.push(one),
      refused: (edit, message) => events.refusals.push([edit.name, message]),
    },
  });
  return { queue, events };
}

const kept = () => new EditStore(7, "3").load();

beforeEach(() => {
  clearStorage();
  mock.timers.enable({ apis: ["setTimeout"] }); // no queue tries again on its own
});
afterEach(() => mock.timers.reset());

test("an edit is kept until the server has it", async () => {
  const server = fakeServer(takesAll);
  const { queue, events } = newQueue();
  queue.add({ ...LEVEL, value: "4", base: null });
  assert.equal((await kept()).length, 1);
  await settle();
  assert.equal(queue.state, "saved");
  assert.equal(queue.savedAt, "9.30 น.");
  assert.deepEqual(events.states, ["saving", "saved"]);
  assert.deepEqual(await kept(), []);
  const [{ url, user, edits, headers }] = server.requests;
  assert.equal(url, "/sheet/3/edits/");
  assert.equal(user, 7);
  assert.equal(headers["X-CSRFToken"], "the-token");
  assert.deepEqual(Object.keys(edits[0]), ["id", "indicator", "field", "value", "base", "age_ms"]);
  assert.match(
    edits[0].id,
    /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
});

test("a newer edit takes the place of one that was never sent", async () => {
  const server = fakeServer(takesAll);
  const { queue } = newQueue();
  queue.add({ ...LEVEL, value: "3", base: "first" });
  queue.add({ ...LEVEL, value: "4", base: "first" });
  await settle();
  const [{ edits }] = server.requests;
  assert.deepEqual(
    edits.map(({ value, base }) => [value, base]),
    [["4", "first"]],
  );
});

test("a newer edit is based on one that was sent already", async () => {
  const server = fakeServer("lost", takesAll);
  const { queue } = newQueue();
  const id = queue.add({ ...LEVEL, value: "3", base: null });
  await settle();
  queue.add({ ...LEVEL, value: "4", base: null });
  queue.retry();
  await settle();
  assert.deepEqual(
    server.requests[1].edits.map(({ value, base }) => [value, base]),
    [
      ["3", null],
      ["4", id],
    ],
  );
});

test("a lost line is tried again, later each time", async (t) => {
  t.mock.method(Math, "random", () => 0.5); // so that pauses are of 1, 2, 4 … seconds
  const server = fakeServer("lost", "lost", takesAll);
  const { queue } = newQueue();
  queue.add({ ...LEVEL, value: "3", base: null });
  await settle();
  assert.equal(queue.state, "unsaved");
  mock.timers.tick(999);
  await settle();
  assert.equal(server.requests.length, 1);
  mock.timers.tick(1);
  await settle();
  assert.equal(server.requests.length, 2);
  mock.timers.tick(1999);
  await settle();
  assert.equal(server.requests.length, 2);
  mock.timers.tick(1);
  await settle();
  assert.equal(queue.state, "saved");
  const ids = server.requests.map(({ edits }) => edits[0].id);
  assert.deepEqual(new Set(ids).size, 1);
});

test("typing on does not shorten the wait, coming back to the page does", async () => {
  const server = fakeServer("lost", takesAll);
  const { queue } = newQueue();
  queue.add({ ...LEVEL, value: "3", base: null });
  await settle();
  queue.add({ ...NOTE, value: "ก", base: null });
  await settle();
  assert.equal(server.requests.length, 1);
  page.dispatchEvent(new Event("online"));
  await settle();
  assert.equal(server.requests[1].edits.length, 2);
  assert.equal(queue.state, "saved");
});

test("what a closed page left behind is sent by the next", async () => {
  fakeServer("lost");
  newQueue().queue.add({ ...LEVEL, value: "3", base: null });
  await settle();
  const server = fakeServer(takesAll);
  const { queue } = newQueue();
  await queue.load();
  assert.deepEqual([...queue.fieldNames], ["level-5"]);
  assert.equal(queue.edits[0].sheetName, "แบบประเมิน");
  await queue.send();
  assert.equal(server.requests[0].edits[0].value, "3");
  assert.deepEqual(await kept(), []);
});

test("answers other than a receipt leave the edit on the device", async () => {
  for (const [answer, state, message] of [
    [[401, { message: "หมดเวลา" }], "signin", "หมดเวลา"],
    [[403, null], "signin", ""],
    [[403, { message: "ไม่มีสิทธิ์" }], "trouble", "ไม่มีสิทธิ์"],
    [[404, null], "trouble", "บัญชีนี้เปิดแบบประเมินนี้ไม่ได้แล้ว จึงยังไม่บันทึก"],
    [[500, null], "unsaved", ""],
  ]) {
    clearStorage();
    fakeServer(answer);
    const { queue } = newQueue();
    queue.add({ ...LEVEL, value: "3", base: null });
    await settle();
    assert.deepEqual([queue.state, queue.message], [state, message]);
    assert.equal((await kept()).length, 1);
  }
});

test("what the server rejects waits for the person, and the next edit steps over it", async () => {
  const rejects = ({ edits }) => receipt({ rejected: [{ id: edits[0].id, message: "ยาวเกิน" }] });
  const server = fakeServer(rejects, takesAll);
  const { queue, events } = newQueue();
  queue.add({ ...NOTE, value: "ก", base: "before" });
  await settle();
  assert.deepEqual(events.refusals, [["note-5", "ยาวเกิน"]]);
  assert.equal(queue.rejected.size, 1);
  assert.equal(queue.waiting.size, 0);
  queue.add({ ...NOTE, value: "ข", base: "before" });
  await settle();
  assert.equal(server.requests[1].edits[0].base, "before");
  assert.equal(queue.rejected.size, 0);
  assert.deepEqual(await kept(), []);
});

test("too long an edit is kept and not sent", async () => {
  const server = fakeServer();
  const { queue, events } = newQueue();
  queue.addRejected({ ...NOTE, value: "ก".repeat(9), base: null }, "ยาวเกิน");
  await settle();
  assert.equal(server.requests.length, 0);
  assert.deepEqual(events.refusals, [["note-5", "ยาวเกิน"]]);
  assert.equal((await kept()).length, 1);
});

test("a sheet closed meanwhile keeps late edits with its record", async () => {
  const closed = { message: "ปิดแล้ว", url: "/visit/1/" };
  fakeServer(({ edits }) => receipt({ kept: edits.map(({ id }) => id), closed }));
  const { queue, events } = newQueue();
  queue.add({ ...NOTE, value: "ก", base: null });
  await settle();
  assert.deepEqual(events.receipts[0].closed, closed);
  assert.deepEqual(await kept(), []);
});

test("a choice between values is an edit upon each", async () => {
  const server = fakeServer(takesAll);
  const { queue } = newQueue();
  const id = queue.choose({ ...LEVEL, value: "4" }, ["mine", "theirs"]);
  await settle();
  const { edits } = server.requests[0];
  assert.deepEqual(
    edits.map(({ base }) => base),
    ["mine", "theirs"],
  );
  assert.equal(edits[1].id, id);
});

test("a hundred edits go at a time", async () => {
  const server = fakeServer(takesAll, takesAll);
  const { queue } = newQueue();
  for (let indicator = 0; indicator < 130; indicator++) {
    queue.add({ ...LEVEL, name: `level-${indicator}`, indicator, value: "3", base: null });
  }
  await settle();
  await settle();
  assert.deepEqual(
    server.requests.map(({ edits }) => edits.length),
    [100, 30],
  );
});

test("a full device is admitted", async () => {
  fakeServer("lost", takesAll);
  const { queue } = newQueue();
  fillStorage();
  queue.add({ ...LEVEL, value: "3", base: null });
  await settle();
  assert.equal(queue.hasUnstored, true);
  queue.retry();
  await settle();
  assert.equal(queue.hasUnstored, false);
  assert.equal(queue.state, "saved");
});

test("sheets and people are kept apart", async () => {
  fakeServer("lost");
  newQueue().queue.add({ ...LEVEL, value: "3", base: null });
  await settle();
  assert.deepEqual(EditStore.sheets(7), ["3"]);
  assert.deepEqual(EditStore.sheets(8), []);
  assert.deepEqual(await new EditStore(7, "4").load(), []);
  assert.deepEqual(await new EditStore(8, "3").load(), []);
});

test("draining says whether all is stored", async () => {
  fakeServer(takesAll, "lost");
  mock.timers.reset();
  const { queue } = newQueue();
  queue.add({ ...LEVEL, value: "3", base: null });
  assert.equal(await queue.drained(1000), true);
  queue.add({ ...LEVEL, value: "4", base: null });
  assert.equal(await queue.drained(1000), false);
  queue.backOff.reset();
  assert.equal(Object.keys(storage).length, 1);
});
