// A form that sends a file on a slow line: its tag has components/file_form.html in it, and it holds
// components/file_state.html. Photos are made smaller first, the hundredths that have left are shown,
// and neither an error nor a lost line takes the chosen file away: htmx sends the form while its page
// stays, and leaves the file's box (hx-preserve) as it was.
"use strict";

(() => {
  const STILL_CHOSEN = "ไฟล์ที่เลือกยังอยู่ในหน้านี้ จะส่งไปพร้อมกันเมื่อกดส่งอีกครั้ง";
  const KEPT = "ข้อความและไฟล์ยังอยู่ในหน้านี้";
  const LOST = `ส่งไม่ถึงระบบ จึงยังไม่บันทึก ${KEPT} โปรดกดส่งอีกครั้งเมื่อมีสัญญาณ`;
  const SIGNED_OUT = `หมดเวลาการใช้งาน จึงยังไม่บันทึก ${KEPT} `;
  const TOO_LARGE = "ไฟล์นี้ใหญ่เกินกว่าที่ระบบรับได้ จึงยังไม่บันทึก โปรดลดขนาดแล้วเลือกใหม่";
  const NOT_TAKEN = `ระบบไม่รับข้อมูลที่ส่ง จึงยังไม่บันทึก ${KEPT} โปรดกดส่งอีกครั้ง หากยังไม่ได้โปรดเปิดหน้านี้ใหม่`;

  const fileInputs = (form) => [...form.querySelectorAll("input[type=file]")];
  const sending = (event) => (event.target.matches("form[data-sends-file]") ? event.target : null);

  function say(form, words, { percent = null, isProblem = false, more = [] } = {}) {
    const state = form.querySelector("[data-file-state]");
    const [text, bar] = [state.querySelector("[role=status]"), state.querySelector("[data-file-bar]")];
    state.hidden = false;
    if (text.textContent !== words) text.replaceChildren(words, ...more);
    text.classList.toggle("invalid-feedback", isProblem);
    bar.hidden = percent === null;
    bar.querySelector("progress").value = percent ?? 0;
    bar.querySelector(".meter-number").textContent = `${percent}%`;
  }

  const problem = (form, words, ...more) => say(form, words, { isProblem: true, more });

  async function shrinkChosen(form) {
    for (const input of fileInputs(form)) {
      const chosen = new DataTransfer();
      for (const file of input.files) chosen.items.add(file.type.startsWith("image/") ? await shrinkPhoto(file) : file);
      input.files = chosen.files;
    }
  }

  document.addEventListener("htmx:confirm", async (event) => {
    const form = sending(event);
    if (!form || !fileInputs(form).some(({ files }) => files.length)) return;
    event.preventDefault();
    if (form.dataset.preparing) return;
    form.dataset.preparing = "yes";
    say(form, "กำลังเตรียมไฟล์");
    await shrinkChosen(form);
    delete form.dataset.preparing;
    event.detail.issueRequest(true);
  });

  // Signing in again in another tab changes the token; schools/core/forms.py need not ask for files again.
  document.addEventListener("htmx:configRequest", (event) => {
    if (!sending(event)) return;
    event.detail.formData.set("csrfmiddlewaretoken", csrfToken());
    event.detail.formData.set("files_stay", "on");
  });

  document.addEventListener("htmx:xhr:progress", (event) => {
    const [form, { loaded, total }] = [sending(event), event.detail];
    if (!form || !total) return;
    const before = form.querySelector("[data-file-bar] progress").value; // the answer's own progress comes after
    const percent = Math.max(before, Math.floor((loaded / total) * 100));
    say(form, percent < 100 ? "กำลังส่งไฟล์" : "ส่งครบแล้ว ระบบกำลังตรวจไฟล์", { percent });
  });

  // Only the form itself, with its errors, is put into the page. Where the address is another, it
  // asks to sign in: where to go once the form is taken is told otherwise (schools/core/forms.py).
  document.addEventListener("htmx:beforeSwap", (event) => {
    const form = sending(event);
    if (!form) return;
    const { xhr } = event.detail;
    const isOwn = new URL(xhr.responseURL).pathname === new URL(form.action).pathname;
    event.detail.shouldSwap = xhr.status === 200 && isOwn;
    if (event.detail.shouldSwap) return;
    event.detail.isError = false;
    if (xhr.status === 200) return problem(form, SIGNED_OUT, signInLink(xhr.responseURL));
    if (xhr.status === 413) return problem(form, TOO_LARGE);
    const page = new DOMParser().parseFromString(xhr.response, "text/html");
    const refusal = xhr.status === 409 && page.querySelector("main [role=alert]")?.textContent.trim();
    problem(form, refusal || NOT_TAKEN);
  });

  function signInLink(href) {
    return Object.assign(document.createElement("a"), {
      href, target: "_blank", className: "tap", textContent: "เข้าสู่ระบบในแท็บใหม่ แล้วกลับมากดส่งอีกครั้ง",
    });
  }

  document.addEventListener("htmx:afterSwap", (event) => {
    const form = sending(event);
    if (!form) return;
    for (const input of fileInputs(form)) {
      const area = input.closest("[id^=div_id_]");
      input.classList.toggle("is-invalid", Boolean(area.querySelector(".invalid-feedback")));
      if (input.files.length && !input.matches(".is-invalid")) say(form, STILL_CHOSEN);
    }
    (form.querySelector("[data-error-summary]") ?? form.querySelector(".is-invalid"))?.focus();
  });

  for (const lost of ["htmx:sendError", "htmx:timeout", "htmx:sendAbort"]) {
    document.addEventListener(lost, (event) => sending(event) && problem(event.target, LOST));
  }
})();
