// @ts-check
// The table of a meeting (templates/resolutions/meeting_table.html): ticks all schools that are
// proposed as achieved, counts the ticks, and finds schools by name without losing what was typed.
// Without it the same links and filters load the page anew.

import { find, findAll, findInputs, findOptional } from "./dom.js";

const table = find(document, ".meeting-table");
const words = /** @type {HTMLInputElement} */ (find(document, ".filters [name=q]"));

function showCount() {
  const count = findInputs(table, "[name=round]").filter((box) => box.checked).length;
  find(table, "[data-ticked]").textContent = String(count);
}

function showFound() {
  const wanted = words.value.trim();
  for (const cluster of findAll(table, ".meeting-cluster")) {
    const rows = findAll(cluster, "tbody tr");
    for (const row of rows) row.hidden = !find(row, "th").textContent?.includes(wanted);
    cluster.hidden = rows.every((row) => row.hidden);
  }
}

findOptional(table, "[data-tick-proposed]")?.addEventListener("click", (event) => {
  event.preventDefault();
  for (const box of findInputs(table, "tr:not([hidden]) [data-proposed]")) {
    box.checked = true;
    box.dispatchEvent(new Event("input", { bubbles: true })); // so that it is kept as typed
  }
  showCount();
});
table.addEventListener("change", showCount);
table.addEventListener("input", showCount);
words.addEventListener("input", showFound);
showCount();
