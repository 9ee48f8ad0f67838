// @ts-check
// A form that sends a file on a slow line: its tag has components/file_form.html in it, and it holds
// components/file_state.html. Photos are made smaller first, the percentage sent is shown,
// and neither an error nor a lost line takes the chosen file away: htmx sends the form while its page
// stays, and leaves the file's box (hx-preserve) as it was.

import { create, find, findInputs, findOptional, targetOf } from "./dom.js";
import { csrfToken } from "./server.js";
import { shrinkPhoto } from "./shrink-photo.js";

const STILL_CHOSEN = "ไฟล์ที่เลือกยังอยู่ในหน้านี้ จะส่งไปพร้อมกันเมื่อกดส่งอีกครั้ง";
const KEPT = "ข้อความและไฟล์ยังอยู่ในหน้านี้";
const LOST = `ส่งไม่ถึงระบบ จึงยังไม่บันทึก ${KEPT} โปรดกดส่งอีกครั้งเมื่อมีสัญญาณ`;
const SIGNED_OUT = `หมดเวลาการใช้งาน จึงยังไม่บันทึก ${KEPT} `;
const TOO_LARGE = "ไฟล์นี้ใหญ่เกินกว่าที่ระบบรับได้ จึงยังไม่บันทึก โปรดลดขนาดแล้วเลือกใหม่";
const NOT_TAKEN = `ระบบไม่รับข้อมูลที่ส่ง จึงยังไม่บันทึก ${KEPT} โปรดกดส่งอีกครั้ง หากยังไม่ได้โปรดเปิดหน้านี้ใหม่`;

/** @param {HTMLFormElement} form */
const fileInputs = (form) => findInputs(form, "input[type=file]");

/**
 * Calls the listener for an event of htmx, if it is about a form that sends a file.
 * @param {string} name
 * @param {(form: HTMLFormElement, event: CustomEvent) => void} listener
 */
function onFileForm(name, listener) {
  document.addEventListener(name, (event) => {
    const form = targetOf(event);
    if (!form.matches("form[data-sends-file]")) return;
    listener(/** @type {HTMLFormElement} */ (form), /** @type {CustomEvent} */ (event));
  });
}

/**
 * Says in the form how its files fare.
 * @param {HTMLFormElement} form
 * @param {string} words
 * @param {{ percent?: number | null, isProblem?: boolean, more?: Node[] }} [options]
 */
function say(form, words, { percent = null, isProblem = false, more = [] } = {}) {
  const state = find(form, "[data-file-state]");
  const text = find(state, "[role=status]");
  const bar = find(state, "[data-file-bar]");
  state.hidden = false;
  if (text.textContent !== words) text.replaceChildren(words, ...more);
  text.classList.toggle("invalid-feedback", isProblem);
  bar.hidden = percent === null;
  progressOf(form).value = percent ?? 0;
  find(bar, ".meter-number").textContent = `${percent}%`;
}

/** @param {HTMLFormElement} form */
const progressOf = (form) =>
  /** @type {HTMLProgressElement} */ (find(form, "[data-file-bar] progress"));

/**
 * @param {HTMLFormElement} form
 * @param {string} words
 * @param {Node[]} more
 */
const sayProblem = (form, words, ...more) => say(form, words, { isProblem: true, more });

/** @param {HTMLFormElement} form */
async function shrinkChosen(form) {
  for (const input of fileInputs(form)) {
    const chosen = new DataTransfer();
    for (const file of input.files ?? []) {
      chosen.items.add(file.type.startsWith("image/") ? await shrinkPhoto(file) : file);
    }
    input.files = chosen.files;
  }
}

onFileForm("htmx:confirm", async (form, event) => {
  if (!fileInputs(form).some(({ files }) => files?.length)) return;
  event.preventDefault();
  if (form.dataset.preparing) return;
  form.dataset.preparing = "yes";
  say(form, "กำลังเตรียมไฟล์");
  await shrinkChosen(form);
  delete form.dataset.preparing;
  event.detail.issueRequest(true);
});

// Signing in again in another tab changes the token; schools/core/forms.py need not ask for files again.
onFileForm("htmx:configRequest", (_form, event) => {
  event.detail.formData.set("csrfmiddlewaretoken", csrfToken());
  event.detail.formData.set("files_stay", "on");
});

onFileForm("htmx:xhr:progress", (form, event) => {
  const { loaded, total } = event.detail;
  if (!total) return;
  const before = progressOf(form).value; // the answer's own progress comes after
  const percent = Math.max(before, Math.floor((loaded / total) * 100));
  say(form, percent < 100 ? "กำลังส่งไฟล์" : "ส่งครบแล้ว ระบบกำลังตรวจไฟล์", { percent });
});

// Only the form itself, with its errors, is put into the page. Another address is the sign-in page:
// after success the server answers with a header that names the next page (schools/core/forms.py).
onFileForm("htmx:beforeSwap", (form, event) => {
  const { xhr } = event.detail;
  const isOwn = new URL(xhr.responseURL).pathname === new URL(form.action).pathname;
  event.detail.shouldSwap = xhr.status === 200 && isOwn;
  if (event.detail.shouldSwap) return;
  event.detail.isError = false;
  if (xhr.status === 200) sayProblem(form, SIGNED_OUT, signInLink(xhr.responseURL));
  else sayProblem(form, refusalOf(xhr));
});

/**
 * Why the server did not take the form.
 * @param {XMLHttpRequest} xhr
 */
function refusalOf(xhr) {
  if (xhr.status === 413) return TOO_LARGE;
  if (xhr.status !== 409) return NOT_TAKEN;
  const page = new DOMParser().parseFromString(xhr.response, "text/html");
  return page.querySelector("main [role=alert]")?.textContent?.trim() || NOT_TAKEN;
}

/** @param {string} href */
const signInLink = (href) =>
  create("a", {
    href,
    target: "_blank",
    className: "tap",
    textContent: "เข้าสู่ระบบในแท็บใหม่ แล้วกลับมากดส่งอีกครั้ง",
  });

onFileForm("htmx:afterSwap", (form) => {
  for (const input of fileInputs(form)) {
    const area = input.closest("[id^=div_id_]");
    input.classList.toggle("is-invalid", Boolean(area?.querySelector(".invalid-feedback")));
    if (input.files?.length && !input.matches(".is-invalid")) say(form, STILL_CHOSEN);
  }
  (findOptional(form, "[data-error-summary]") ?? findOptional(form, ".is-invalid"))?.focus();
});

for (const lost of ["htmx:sendError", "htmx:timeout", "htmx:sendAbort"]) {
  onFileForm(lost, (form) => sayProblem(form, LOST));
}
