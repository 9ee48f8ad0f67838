// Adds up the boxes of a school's yearly numbers while they are typed; the server adds up again.
"use strict";

(() => {
  const digits = (text) => text.replace(/[๐-๙]/g, (digit) => digit.charCodeAt(0) - 0x0e50).replace(/[,\s]/g, "");

  for (const table of document.querySelectorAll("[data-count-boxes]")) {
    const show = (name, total) => { table.querySelector(`[data-total="${name}"]`).textContent = total.toLocaleString("en-US"); };
    const add = () => {
      const totals = { boys: 0, girls: 0, rooms: 0 };
      for (const box of table.querySelectorAll("input")) totals[box.name.split("_")[0]] += Number(digits(box.value)) || 0;
      for (const [name, total] of Object.entries(totals)) show(name, total);
      show("pupils", totals.boys + totals.girls);
    };
    table.addEventListener("input", add);
    add();
  }
})();
