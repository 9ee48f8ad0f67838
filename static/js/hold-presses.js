// @ts-check
// Presses that wait until it is known whether this device holds something unsent (unsent-panel.js).
// No module: it runs before the page is drawn, so that no press comes before it.

{
  /**
   * @param {Event} event
   * @param {HTMLElement} target
   * @param {HTMLElement | null} [submitter] the button, of a form
   */
  const hold = async (event, target, submitter = null) => {
    event.preventDefault();
    event.stopPropagation();
    if (target.dataset.checking) return;
    target.dataset.checking = "yes";
    try {
      const { goWhenSent } = await import("./unsent-panel.js");
      await goWhenSent(target, submitter);
    } finally {
      delete target.dataset.checking;
    }
  };

  const capture = { capture: true };

  document.addEventListener(
    "submit",
    (event) => {
      const form = /** @type {HTMLFormElement} */ (event.target);
      if (form.matches("[data-needs-sent], [data-sign-out]") && !form.dataset.sentAll)
        hold(event, form, event.submitter);
    },
    capture,
  );

  document.addEventListener(
    "click",
    (event) => {
      const target = /** @type {Element} */ (event.target);
      const link = /** @type {HTMLElement | null} */ (target.closest?.("a[data-needs-sent]"));
      if (link) hold(event, link);
    },
    capture,
  );
}
