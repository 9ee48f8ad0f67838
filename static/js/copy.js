// @ts-check
// A button that copies the text of a box: <button data-copy="ID OF THE BOX" hidden>.
// [data-copied="ID OF THE BOX"] says how to copy without a script; then it shows the outcome, a
// success in the words of its data-done if it has any. <details data-copy-on-open> presses its
// button when opened. A script calls makeCopyable for what it adds to the page; parts of the page
// that htmx loads later are prepared as they come.

import { find, findAll } from "./dom.js";

/**
 * @param {HTMLElement} button
 * @param {HTMLTextAreaElement} box
 * @param {HTMLElement} status
 */
export function makeCopyable(button, box, status) {
  button.hidden = false;
  status.textContent = "";
  button.addEventListener("click", async () => {
    box.focus();
    box.select();
    let copied = true;
    try {
      await navigator.clipboard.writeText(box.value);
    } catch {
      // no clipboard without HTTPS, or not allowed: the older way
      copied = document.execCommand("copy");
    }
    status.textContent = copied
      ? (status.dataset.done ?? "✓ คัดลอกแล้ว นำไปวางใน LINE ได้")
      : "คัดลอกเองไม่ได้ ข้อความถูกเลือกไว้แล้ว โปรดสั่งคัดลอกจากเมนูของเครื่อง";
  });
}

function prepareCopyButtons() {
  for (const button of findAll(document, "[data-copy][hidden]")) {
    const id = button.dataset.copy ?? "";
    const box = /** @type {HTMLTextAreaElement} */ (document.getElementById(id));
    makeCopyable(button, box, find(document, `[data-copied="${id}"]`));
  }
}

prepareCopyButtons();
document.addEventListener("htmx:afterSwap", prepareCopyButtons);

// A toggle does not bubble, but is seen on its way down.
document.addEventListener(
  "toggle",
  (event) => {
    const details = /** @type {HTMLDetailsElement} */ (event.target);
    if (details.open && "copyOnOpen" in details.dataset) find(details, "[data-copy]").click();
  },
  true,
);
