// @ts-check
// Adds up the boxes of a school's yearly numbers while they are typed; the server adds up again.

import { find, findAll, findInputs } from "./dom.js";
import { toArabicDigits } from "./thai-digits.js";

/** @param {string} text */
const toNumber = (text) => Number(toArabicDigits(text).replace(/[,\s]/g, "")) || 0;

/** @param {HTMLElement} table */
function showTotals(table) {
  /** @param {string} kind */
  const total = (kind) =>
    findInputs(table, `input[name^="${kind}_"]`).reduce((sum, box) => sum + toNumber(box.value), 0);
  const [boys, girls, rooms] = ["boys", "girls", "rooms"].map(total);
  for (const [name, count] of Object.entries({ boys, girls, rooms, pupils: boys + girls })) {
    find(table, `[data-total="${name}"]`).textContent = count.toLocaleString("en-US");
  }
}

for (const table of findAll(document, "[data-count-boxes]")) {
  table.addEventListener("input", () => showTotals(table));
  showTotals(table);
}
