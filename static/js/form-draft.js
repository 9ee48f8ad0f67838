// @ts-check
// Keeps what is typed into a long form on this device until the server has saved it, so that a
// session that ended, a closed page or a flat battery loses nothing.
//
// The form says <form data-draft="{{ user.pk }}:NAME">. NAME is {{ request.path }}, or its own
// (review-12) where the form is sent to another address. Only fields that the person changed are
// kept; a hidden input marked data-draft-with travels with them. When the person opens the form
// again the text is offered back; nothing is filled in unasked. Once all is saved the view says
// messages.success(request, "…", extra_tags=clear_draft_tag(request)), which makes the next page
// forget the copy (components/messages.html). After seven days it is forgotten unread. It is locked
// for its owner (device-lock.js).

import { getLocked, putLocked } from "./device-lock.js";
import { create, fieldsOf, find, findAll, findInputs, findOptional } from "./dom.js";

/**
 * What is kept of a form: when, and the values of each changed field by its name.
 * @typedef {{ at: number, fields: Record<string, string[]> }} Draft
 */

const WEEK = 7 * 24 * 60 * 60 * 1000; // milliseconds
const OFFER = `<p></p><p class="actions"><button type="button" class="btn btn-primary">นำข้อความกลับมา</button>
  <button type="button" class="btn btn-outline-secondary">ทิ้งข้อความนี้</button></p>`;
const isTicked = (/** @type {HTMLInputElement} */ { type }) => /^(radio|checkbox)$/.test(type);

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 */
const fieldsNamed = (form, name) => fieldsOf(form).filter((field) => field.name === name);

/**
 * What the form would send under a name, as the server reads it.
 * @param {HTMLFormElement} form
 * @param {string} name
 */
const valuesOf = (form, name) =>
  new FormData(form).getAll(name).map((value) => String(value).replace(/\r\n/g, "\n").trim());

/**
 * The field is not as the server sent it.
 * @param {HTMLInputElement} field
 */
function wasChanged(field) {
  if (isTicked(field)) return field.checked !== field.defaultChecked;
  return field.defaultValue !== undefined && field.value !== field.defaultValue;
}

/**
 * The fields hold other values than these.
 * @param {HTMLFormElement} form
 * @param {Draft["fields"]} fields
 */
function differs(form, fields) {
  return Object.entries(fields).some(
    ([name, values]) =>
      fieldsNamed(form, name).some((field) => field.type !== "hidden") &&
      `${values}` !== `${valuesOf(form, name)}`,
  );
}

/**
 * @param {HTMLFormElement} form
 * @param {Draft["fields"]} fields
 */
function fill(form, fields) {
  for (const [name, values] of Object.entries(fields)) {
    fieldsNamed(form, name).forEach((field, index) => {
      if (isTicked(field)) field.checked = values.includes(field.value);
      else field.value = values[index] ?? "";
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
}

/**
 * Shows above the form that there is a draft, to be taken back or thrown away.
 * @param {HTMLFormElement} form
 * @param {Draft} draft
 * @param {() => void} forget
 */
function offer(form, draft, forget) {
  const bar = create("div", { className: "note mine", innerHTML: OFFER });
  const time = new Date(draft.at)
    .toLocaleString("th-TH", { dateStyle: "long", timeStyle: "short" })
    .replace(":", ".");
  find(bar, "p").textContent = `มีข้อความที่พิมพ์ไว้ในเครื่องนี้เมื่อ ${time} น. ซึ่งยังไม่ได้บันทึก`;
  const [restore, discard] = findAll(bar, "button");
  restore.addEventListener("click", () => {
    fill(form, draft.fields);
    bar.remove();
    find(form, "[type=submit]").focus();
  });
  discard.addEventListener("click", () => {
    forget();
    bar.remove();
  });
  form.before(bar);
}

/** @param {HTMLFormElement} form */
function keepDraft(form) {
  const key = `draft:${form.dataset.draft}`;
  /** @type {Draft["fields"]} what is kept */
  let fields = {};
  const forget = () => {
    fields = {};
    localStorage.removeItem(key);
  };
  const loaded = getLocked(key).then((/** @type {Draft | null} */ draft) => {
    if (!draft) return;
    if (Date.now() - draft.at > WEEK) {
      forget();
      return;
    }
    fields = draft.fields;
    const isAnswered = findOptional(document, "[data-error-summary]"); // what was sent stands in the page
    if (!isAnswered && differs(form, fields)) offer(form, draft, forget);
  });

  /** @param {HTMLInputElement} field */
  const keep = (field) => {
    if (!field.name || /^(password|file|hidden)$/.test(field.type)) return;
    for (const hidden of findInputs(form, "[data-draft-with]"))
      fields[hidden.name] ??= [hidden.value];
    fields[field.name] = valuesOf(form, field.name);
    try {
      putLocked(key, { at: Date.now(), fields });
    } catch {
      // no room left: as without this file
    }
  };
  form.addEventListener("input", ({ target }) =>
    loaded.then(() => keep(/** @type {HTMLInputElement} */ (target))),
  );
  // This file came late.
  for (const field of fieldsOf(form).filter(wasChanged)) loaded.then(() => keep(field));
}

for (const saved of findAll(document, "[data-clear-draft]")) {
  localStorage.removeItem(saved.dataset.clearDraft ?? "");
}
for (const form of findAll(document, "form[data-draft]"))
  keepDraft(/** @type {HTMLFormElement} */ (form));
