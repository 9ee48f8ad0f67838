// @ts-check
// Adds up the weights of a form while they are typed; the server adds up again before anything is
// endorsed.

import { find, findAll, findInputs } from "./dom.js";
import { toArabicDigits } from "./thai-digits.js";

const WHOLE = 100;

/** @param {string} text */
const toNumber = (text) => Number(toArabicDigits(text).replace(/[,\s]/g, "")) || 0;

/** @param {HTMLElement} form */
function showSum(form) {
  const boxes = findInputs(form, 'input[name^="weight_"]');
  const sum = Math.round(boxes.reduce((total, box) => total + toNumber(box.value), 0) * 100) / 100;
  const short = Math.round((WHOLE - sum) * 100) / 100;
  find(form, "[data-weight-total]").textContent = sum.toFixed(2);
  find(form, "[data-weight-word]").textContent =
    short === 0 ? "✓ ครบ" : short > 0 ? `⚠︎ ขาด ${short}` : `⚠︎ เกิน ${-short}`;
}

for (const form of findAll(document, "[data-weight-boxes]")) {
  find(form, "[data-weight-sum]").hidden = false;
  form.addEventListener("input", () => showSum(form));
  showSum(form);
}
