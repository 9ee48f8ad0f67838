// @ts-check
// What stands in an editable area, line by line, whatever elements the browser made of it.

/** @import { Line, Piece } from "./composer-text.js" */

/** A sign without width: behind a number that ends a line no caret could stand. */
export const CARET_PLACE = "\u200b";
const BLOCKS = /^(P|DIV|LI|UL|OL|H[1-6]|BLOCKQUOTE|SECTION|ARTICLE)$/;

/**
 * The lines of an editable area.
 * @param {Node} area
 * @returns {Line[]}
 */
export function readLines(area) {
  /** @type {Line[]} */
  const lines = [{ isItem: false, pieces: [] }];
  const add = (/** @type {Piece} */ piece) => lines.at(-1)?.pieces.push(piece);
  const breakLine = (/** @type {boolean} */ isItem) => lines.push({ isItem, pieces: [] });
  /** @param {Node} node @param {{ bold: boolean, isItem: boolean }} style */
  const read = (node, style) => {
    if (node instanceof Text) {
      const text = node.data.replaceAll(CARET_PLACE, "").replace(/\s+/g, " ");
      add({ text, bold: style.bold });
    } else if (node instanceof HTMLElement && node.dataset.key) {
      const { key, typed = null } = node.dataset;
      add({ key, typed, bold: style.bold });
    } else if (node instanceof HTMLElement) readElement(node, style);
  };
  /** @param {HTMLElement} element @param {{ bold: boolean, isItem: boolean }} style */
  const readElement = (element, { bold, isItem }) => {
    const inner = {
      bold: bold || /^(B|STRONG)$/.test(element.tagName),
      isItem: isItem || element.tagName === "LI",
    };
    const isBlock = BLOCKS.test(element.tagName);
    if (isBlock || element.tagName === "BR") breakLine(inner.isItem);
    for (const child of element.childNodes) read(child, inner);
    if (isBlock) breakLine(isItem);
  };
  for (const child of area.childNodes) read(child, { bold: false, isItem: false });
  return lines;
}
