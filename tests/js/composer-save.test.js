import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { clearStorage, fakeServer, fillStorage, settle, storage } from "./browser.js";

const { PartSaver } = await import("../../static/js/composer-save.js");
const { getLocked, putLocked } = await import("../../static/js/device-lock.js");

const KEY = "part:7:/save/";
const receipt = (version) => ({ version, at: "10.15 น.", written_by: "แก้โดยศึกษานิเทศก์" });
const other = { text: "ของเขา", version: "v5", by: "แก้โดยหัวหน้ากลุ่มงาน" };

let part;

function openPart() {
  part = new PartSaver({
    url: "/save/",
    user: 7,
    text: "เดิม",
    version: "v1",
    writtenBy: "ร่างโดยระบบ",
    changed: () => {},
    stored: () => {},
  });
}

beforeEach(() => clearStorage());

afterEach(() => {
  clearTimeout(part.timer);
  part.backOff.cancel();
});

test("a second after the typing stops the text is sent, and forgotten here once it is stored", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const { requests } = fakeServer(receipt("v2"));
  openPart();
  part.type("ใหม่");
  t.mock.timers.tick(900);
  part.type("ใหม่กว่า");
  t.mock.timers.tick(999);
  assert.equal(requests.length, 0);
  assert.ok(storage.getItem(KEY));
  t.mock.timers.tick(1);
  await settle();
  assert.deepEqual([requests[0].user, requests[0].version, requests[0].text], [7, "v1", "ใหม่กว่า"]);
  assert.deepEqual([part.state, part.version, part.savedAt], ["saved", "v2", "10.15 น."]);
  assert.equal(storage.getItem(KEY), null);
});

test("what was taken back is neither sent nor kept", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 });
  const { requests } = fakeServer();
  openPart();
  part.type("ใหม่");
  part.type("เดิม");
  t.mock.timers.tick(20_000);
  assert.deepEqual([requests.length, part.state, storage.getItem(KEY)], [0, "saved", null]);
});

test("who never pauses is saved all the same", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 });
  const { requests } = fakeServer(receipt("v2"));
  openPart();
  for (let second = 0; second < 21; second++) {
    part.type(`คำที่ ${second}`);
    t.mock.timers.tick(500);
  }
  assert.equal(requests.length, 1);
});

test("what is typed while a text is on its way is sent after it", async () => {
  const { requests } = fakeServer(() => receipt("v2"), receipt("v3"));
  openPart();
  part.type("ก");
  part.flush();
  part.type("กข");
  await settle();
  await settle();
  assert.deepEqual(
    requests.map(({ text, version }) => [text, version]),
    [
      ["ก", "v1"],
      ["กข", "v2"],
    ],
  );
  assert.equal(part.state, "saved");
});

test("without a signal the text stays on this device and is sent when it is back", async () => {
  const { answers } = fakeServer("lost");
  openPart();
  part.type("ใหม่");
  await part.flush();
  assert.deepEqual([part.state, part.isKept], ["unsaved", true]);
  await settle();
  assert.equal((await getLocked(KEY)).text, "ใหม่");
  answers.push(receipt("v2"));
  await part.flush();
  assert.equal(part.state, "saved");
});

test("after a lost answer the server learns what it may have already", async () => {
  const { requests, answers } = fakeServer("lost");
  openPart();
  part.type("ก");
  await part.flush();
  answers.push("lost", receipt("v3"), receipt("v4"));
  part.type("กข");
  await part.flush();
  await part.flush();
  part.type("กขค");
  await part.flush();
  assert.deepEqual(
    requests.map(({ unanswered }) => unanswered),
    ["", "ก", "ก", ""],
  );
});

test("a text that the device kept is sent when the part is opened again", async () => {
  putLocked(KEY, { text: "ที่ค้าง", version: "v1", at: 0 });
  await settle();
  const { requests } = fakeServer(receipt("v2"));
  openPart();
  assert.equal(await part.restore(), true);
  await settle();
  assert.deepEqual([part.text, requests[0].text, part.state], ["ที่ค้าง", "ที่ค้าง", "saved"]);
});

test("a kept text never overwrites what was saved since", async () => {
  putLocked(KEY, { text: "ที่ค้าง", version: "v0", at: 0 });
  await settle();
  const { requests } = fakeServer();
  openPart();
  assert.equal(await part.restore(), true);
  assert.deepEqual([part.state, part.text, part.other.text], ["conflict", "ที่ค้าง", "เดิม"]);
  assert.equal(requests.length, 0);
});

test("a kept text that this page cannot unlock stays where it is", async () => {
  const locked = JSON.stringify({ iv: btoa("twelve bytes"), locked: btoa("of another key") });
  storage.setItem(KEY, locked);
  openPart();
  assert.equal(await part.restore(), false);
  assert.equal(storage.getItem(KEY), locked);
});

test("a kept text that the server has is forgotten", async () => {
  putLocked(KEY, { text: "เดิม", version: "v0", at: 0 });
  await settle();
  openPart();
  assert.equal(await part.restore(), false);
  assert.equal(storage.getItem(KEY), null);
});

test("a full device is told from one that keeps the text", async () => {
  fakeServer("lost");
  openPart();
  fillStorage();
  part.type("ใหม่");
  await part.flush();
  assert.deepEqual([part.state, part.isKept], ["unsaved", false]);
});

test("an ended session and a refusal say what to do, and keep the text", async () => {
  fakeServer([401, { message: "เข้าสู่ระบบใหม่" }], [409, { message: "เสนอลงนามแล้ว" }]);
  openPart();
  part.type("ใหม่");
  await part.flush();
  assert.equal(part.state, "signin");
  await part.flush();
  assert.deepEqual([part.state, part.message], ["trouble", "เสนอลงนามแล้ว"]);
  assert.ok(storage.getItem(KEY));
});

for (const [choice, sent] of [
  ["chooseOwn", [["ของฉัน", "v5"]]],
  ["chooseOther", []],
])
  test(`after a conflict the person may take one text: ${choice}`, async () => {
    const { requests } = fakeServer([409, { message: "ผู้อื่นบันทึก", other }], receipt("v6"));
    openPart();
    part.type("ของฉัน");
    await part.flush();
    assert.deepEqual([part.state, part.other], ["conflict", other]);
    part.type("ของฉัน");
    await part.flush();
    assert.equal(requests.length, 1);
    part[choice]();
    await settle();
    assert.deepEqual(
      requests.slice(1).map(({ text, version }) => [text, version]),
      sent,
    );
    assert.equal(part.state, "saved");
    assert.equal(part.text, sent.length ? "ของฉัน" : "ของเขา");
  });
