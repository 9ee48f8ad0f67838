// @ts-check
// A search box over a list of tick boxes: <form data-tick-search> with [data-tick-search-box], which
// is hidden without a script. What was ticked always stays in sight.

import { find, findAll, findInput } from "./dom.js";

const form = find(document, "[data-tick-search]");
const holder = find(form, "[data-tick-search-box]");
const box = findInput(holder, "input");
const status = find(holder, "[data-tick-search-found]");
const groups = /** @type {HTMLDetailsElement[]} */ (findAll(form, "details"));

/**
 * @param {HTMLElement} line
 * @param {string} words
 */
function isFound(line, words) {
  return (line.textContent ?? "").toLowerCase().includes(words);
}

/**
 * Show the lines of a group that are found, and how many they are.
 * @param {HTMLDetailsElement} group
 * @param {string} words
 */
function showFoundIn(group, words) {
  const lines = findAll(group, ".form-check");
  const isNamed = isFound(find(group, "summary"), words);
  const found = lines.filter((line) => isNamed || isFound(line, words));
  for (const line of lines) {
    line.hidden = !found.includes(line) && !findInput(line, "input").checked;
  }
  group.hidden = lines.every((line) => line.hidden);
  if (words) group.open = !group.hidden;
  return found.length;
}

function showFound() {
  const words = box.value.trim().toLowerCase();
  const found = groups.reduce((sum, group) => sum + showFoundIn(group, words), 0);
  status.textContent = words ? `พบ ${found} ข้อ` : "";
}

holder.hidden = false;
box.addEventListener("input", showFound);
// Enter searches and does not send the form.
box.addEventListener("keydown", (event) => {
  if (event.key === "Enter") event.preventDefault();
});
