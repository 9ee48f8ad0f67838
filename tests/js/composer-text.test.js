import assert from "node:assert/strict";
import { test } from "node:test";

const { blocksOf, formatText, parseText } = await import("../../static/js/composer-text.js");

const plain = (text) => ({ text, bold: false });
const number = (key, typed = null) => ({ key, typed, bold: false });

test("paragraphs stand apart by an empty line, bullets make a list", () => {
  assert.deepEqual(parseText("หนึ่ง\r\nต่อ\n \nสอง\n- ก\n- ข\n\n\n"), [
    { kind: "paragraph", items: [[plain("หนึ่ง ต่อ")]] },
    { kind: "paragraph", items: [[plain("สอง")]] },
    { kind: "list", items: [[plain("ก")], [plain("ข")]] },
  ]);
  assert.deepEqual(parseText(""), []);
});

test("bold words and numbers stand within a line", () => {
  const [{ items }] = parseText("พบ **{visited} โรง** จาก {schools|ร้อยละ 92}");
  assert.deepEqual(items[0], [
    plain("พบ "),
    { key: "visited", typed: null, bold: true },
    { text: " โรง", bold: true },
    plain(" จาก "),
    number("schools", "ร้อยละ 92"),
  ]);
});

test("what is no sign stays words", () => {
  const [{ items }] = parseText("{} {a{b} } {Not|x} | 2*3 ***ก** ข**");
  assert.deepEqual(items[0], [
    plain("{} {a"),
    number("b"),
    plain(" } {Not|x} | 2*3 ***ก"),
    { text: " ข", bold: true },
  ]);
  assert.deepEqual(parseText("ก ** ข")[0].items[0], [plain("ก ** ข")]);
  assert.deepEqual(parseText("-ก\n-\nข {n|  }"), [
    { kind: "paragraph", items: [[plain("-ก")]] },
    { kind: "paragraph", items: [[plain("ข "), number("n")]] },
  ]);
});

test("a text comes back as it was", () => {
  const text = "ก **ข {n|x} ค** ง\n\n- หนึ่ง {a.b}\n- **สอง**\n\nท้าย";
  assert.equal(formatText(parseText(text)), text);
});

test("empty lines and loose spaces are left out, bold runs are joined", () => {
  const bold = (text) => ({ text, bold: true });
  const lines = [
    { isItem: false, pieces: [plain("  ")] },
    { isItem: false, pieces: [plain(" ก "), bold("ข"), bold("ค")] },
    { isItem: true, pieces: [number("n", " {92|} ")] },
    { isItem: false, pieces: [] },
    { isItem: true, pieces: [plain("ท้าย")] },
  ];
  assert.equal(formatText(blocksOf(lines)), "ก **ขค**\n\n- {n|92}\n- ท้าย");
});
