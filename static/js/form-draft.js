// Keeps what is typed into a long form on this device until the server has saved it, so that a
// session that ended, a closed page or a flat battery loses nothing.
//
// The form says <form data-draft="{{ user.pk }}:NAME"> and its page has this file in block scripts.
// NAME is {{ request.path }}, or its own (review-12) where the form is sent to another address. Only
// fields that the person changed are kept; a hidden input marked data-draft-with travels with them.
// When the person opens the form again the text is offered back; nothing is filled in unasked. Once
// all is saved the view says messages.success(request, "…", extra_tags=clear_draft_tag(request)), which
// makes the next page forget the copy (components/messages.html). After seven days it is forgotten
// unread. It is locked for its owner (device-lock.js).
"use strict";

{
  const WEEK = 7 * 24 * 60 * 60 * 1000;
  const OFFER = `<p></p><p class="actions"><button type="button" class="btn btn-primary">นำข้อความกลับมา</button>
    <button type="button" class="btn btn-outline-secondary">ทิ้งข้อความนี้</button></p>`;
  const all = (form, name) => [...form.elements].filter((field) => field.name === name);
  const now = (form, name) => new FormData(form).getAll(name).map((value) => value.replace(/\r\n/g, "\n").trim());

  const wasChanged = ({ type, value, defaultValue, checked, defaultChecked }) =>
    (/^(radio|checkbox)$/.test(type) ? checked !== defaultChecked : defaultValue !== undefined && value !== defaultValue);

  function fill(form, fields) {
    for (const [name, values] of Object.entries(fields)) {
      all(form, name).forEach((field, index) => {
        if (/^(radio|checkbox)$/.test(field.type)) field.checked = values.includes(field.value);
        else field.value = values[index] ?? "";
        field.dispatchEvent(new Event("input", { bubbles: true }));
      });
    }
  }

  function offer(form, kept, forget) {
    const bar = Object.assign(document.createElement("div"), { className: "note mine", innerHTML: OFFER });
    const time = new Date(kept.at).toLocaleString("th-TH", { dateStyle: "long", timeStyle: "short" }).replace(":", ".");
    bar.querySelector("p").textContent = `มีข้อความที่พิมพ์ไว้ในเครื่องนี้เมื่อ ${time} น. ซึ่งยังไม่ได้บันทึก`;
    const [back, drop] = bar.querySelectorAll("button");
    back.addEventListener("click", () => { fill(form, kept.fields); bar.remove(); form.querySelector("[type=submit]").focus(); });
    drop.addEventListener("click", () => { forget(); bar.remove(); });
    form.before(bar);
  }

  for (const saved of document.querySelectorAll("[data-clear-draft]")) localStorage.removeItem(saved.dataset.clearDraft);

  for (const form of document.querySelectorAll("form[data-draft]:not([data-draft-ready])")) {
    form.dataset.draftReady = "yes";
    const key = `draft:${form.dataset.draft}`;
    let fields = {}; // what is kept, by name
    const forget = () => {
      fields = {};
      localStorage.removeItem(key);
    };
    const differs = ([name, values]) => all(form, name).some((field) => field.type !== "hidden") && `${values}` !== `${now(form, name)}`;
    const loaded = deviceLock.get(key).then((kept) => {
      const answered = document.querySelector("[data-error-summary]"); // what was sent stands in the page
      if (kept && Date.now() - kept.at > WEEK) return forget();
      fields = kept?.fields ?? {};
      if (kept && !answered && Object.entries(fields).some(differs)) offer(form, kept, forget);
    });

    const keep = (field) => {
      if (!field.name || /^(password|file|hidden)$/.test(field.type)) return;
      for (const hidden of form.querySelectorAll("[data-draft-with]")) fields[hidden.name] ??= [hidden.value];
      fields[field.name] = now(form, field.name);
      try { deviceLock.put(key, { at: Date.now(), fields }); } catch { /* no room left: as without this file */ }
    };
    form.addEventListener("input", ({ target }) => loaded.then(() => keep(target)));
    for (const field of [...form.elements].filter(wasChanged)) loaded.then(() => keep(field)); // this file came late
  }
}
