// @ts-check
// Finding and making the elements of a page, with their types.

/**
 * The first element that a selector finds. Throws where there is none: script and template differ.
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {HTMLElement}
 */
export function find(root, selector) {
  const element = root.querySelector(selector);
  if (!element) throw new Error(`No ${selector} on this page`);
  return /** @type {HTMLElement} */ (element);
}

/**
 * The first box to type or tick in that a selector finds, throwing as find does.
 * @param {ParentNode} root
 * @param {string} selector
 */
export const findInput = (root, selector) => /** @type {HTMLInputElement} */ (find(root, selector));

/**
 * The first element that a selector finds, or null.
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {HTMLElement | null}
 */
export const findOptional = (root, selector) => root.querySelector(selector);

/**
 * All elements that a selector finds, in the order of the page.
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
export const findAll = (root, selector) =>
  [...root.querySelectorAll(selector)].map((element) => /** @type {HTMLElement} */ (element));

/**
 * All boxes to type, tick or choose files in that a selector finds.
 * @param {ParentNode} root
 * @param {string} selector
 */
export const findInputs = (root, selector) =>
  /** @type {HTMLInputElement[]} */ (findAll(root, selector));

/**
 * A new element with these properties, not yet on the page.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Partial<HTMLElementTagNameMap[Tag]>} properties
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export const create = (tag, properties) => Object.assign(document.createElement(tag), properties);

/**
 * A copy of what a <template> of the page holds.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function cloneTemplate(id) {
  const template = /** @type {HTMLTemplateElement} */ (find(document, `template#${id}`));
  return /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
}

/**
 * The fields of a form that a person or the page fills in: all elements that have a name.
 * @param {HTMLFormElement} form
 */
export const fieldsOf = (form) => /** @type {HTMLInputElement[]} */ ([...form.elements]);

/**
 * The element in which an event began.
 * @param {Event} event
 */
export const targetOf = (event) => /** @type {HTMLElement} */ (event.target);
