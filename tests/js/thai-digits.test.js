import assert from "node:assert/strict";
import { test } from "node:test";
import { toArabicDigits } from "../../static/js/thai-digits.js";

test("Thai digits become Arabic ones, the rest stays", () => {
  assert.equal(toArabicDigits("๙/๕/๒๕๖๗ ป.4"), "9/5/2567 ป.4");
});
