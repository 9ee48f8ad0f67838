// @ts-check
// Says on the page that a passkey could not be used; allauth's own scripts only tell the console.

import { find } from "./dom.js";

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const problem = find(document, "#passkey-problem");
  problem.hidden = false;
  problem.scrollIntoView({ block: "center" });
});
