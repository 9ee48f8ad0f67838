// A button that copies the text of a box: <button data-copy="ID OF THE BOX" hidden>.
// [data-copied="ID OF THE BOX"] says how to copy by hand, until it tells what happened, in the
// words of its data-done if it has any. <details data-copy-on-open> presses its button when opened.
// What a script puts on the page it makes copyable itself.
"use strict";

function makeCopyable(button, box, status) {
  button.hidden = false;
  status.textContent = "";
  button.addEventListener("click", async () => {
    box.focus();
    box.select();
    let copied;
    try {
      await navigator.clipboard.writeText(box.value);
      copied = true;
    } catch { // no clipboard without HTTPS, or not allowed: the older way
      copied = document.execCommand("copy");
    }
    status.textContent = copied
      ? status.dataset.done ?? "✓ คัดลอกแล้ว นำไปวางใน LINE ได้"
      : "คัดลอกเองไม่ได้ ข้อความถูกเลือกไว้แล้ว โปรดสั่งคัดลอกจากเมนูของเครื่อง";
  });
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const box = document.getElementById(button.dataset.copy);
  makeCopyable(button, box, document.querySelector(`[data-copied="${button.dataset.copy}"]`));
}

for (const details of document.querySelectorAll("[data-copy-on-open]")) {
  details.addEventListener("toggle", () => {
    if (details.open) details.querySelector("[data-copy]").click();
  });
}
