// @ts-check
// The area in which a part of a report is written: paragraphs, lists and bold words, nothing else,
// and live numbers that stand in the text as one sign each. The browser's own commands change the
// text, so that its undo works.

import { CARET_PLACE, readLines } from "./composer-lines.js";
import { blocksOf, formatText, parseText } from "./composer-text.js";
import { create, findAll } from "./dom.js";
import { toArabicDigits } from "./thai-digits.js";

/** @import { LiveNumber, Piece } from "./composer-text.js" */

/**
 * A number of the report: what it is, and its value as the report says it now.
 * @typedef {{ label: string, text: string }} NumberNow
 */

/**
 * A live number whose words in the text are not those of the data; `now` is undefined where the
 * report has no such number, `place` counts paragraphs and lists from 1.
 * @typedef {{ element: HTMLElement, words: string, now: NumberNow | undefined, place: number }} Mismatch
 */

const OWN_TYPE = "text/x-report-part"; // what is copied within the editor keeps its live numbers
const ALLOWED_INPUT =
  /^(insert(Text|ReplacementText|CompositionText|Paragraph|UnorderedList|FromComposition)|delete.*|history.*|formatBold)$/;

/** @param {string} name @param {string} [value] */
const run = (name, value) => document.execCommand(name, false, value);

export class TextEditor {
  /**
   * @param {HTMLElement} area
   * @param {Record<string, NumberNow>} numbers by key
   * @param {() => void} changed the text was changed by the person
   */
  constructor(area, numbers, changed) {
    this.area = area;
    this.numbers = numbers;
    /** @type {Range | null} */
    this.caret = null;
    run("defaultParagraphSeparator", "p");
    run("styleWithCSS", "false");
    area.addEventListener("input", () => {
      this.markNumbers();
      changed();
    });
    area.addEventListener("beforeinput", (event) => this.filter(event));
    area.addEventListener("paste", (event) => this.paste(event, event.clipboardData));
    area.addEventListener("drop", (event) => event.preventDefault());
    for (const name of /** @type {const} */ (["copy", "cut"]))
      area.addEventListener(name, (event) => this.copy(event));
  }

  // --- Text in and out ---

  /** @param {string} text */
  set text(text) {
    this.show(this.area, text);
    if (!this.area.firstChild) this.area.append(emptyParagraph());
    this.markNumbers();
  }

  /**
   * Puts the elements of a text into a place.
   * @param {HTMLElement} place
   * @param {string} text
   */
  show(place, text) {
    const elements = parseText(text).map(({ kind, items }) => {
      if (kind === "paragraph") return this.lineElement("p", items[0]);
      const list = create("ul", {});
      list.append(...items.map((pieces) => this.lineElement("li", pieces)));
      return list;
    });
    place.replaceChildren(...elements);
  }

  /**
   * Shows a text to be read only: its numbers are words.
   * @param {HTMLElement} place
   * @param {string} text
   */
  showPlain(place, text) {
    this.show(place, text);
    for (const number of findAll(place, "[data-key]")) number.replaceWith(number.textContent ?? "");
  }

  get text() {
    return formatText(blocksOf(readLines(this.area)));
  }

  /**
   * @param {"p" | "li"} tag
   * @param {Piece[]} pieces
   */
  lineElement(tag, pieces) {
    const element = create(tag, {});
    for (const piece of pieces) {
      const part = "key" in piece ? this.numberElement(piece) : piece.text;
      if (piece.bold) {
        const bold = create("b", {});
        bold.append(part);
        element.append(bold);
      } else element.append(part);
    }
    if (element.lastElementChild === element.lastChild) element.append(CARET_PLACE);
    return element;
  }

  /** @param {LiveNumber} number */
  numberElement({ key, typed }) {
    const now = this.numbers[key];
    const element = create("span", {
      className: "live-number",
      contentEditable: "false",
      tabIndex: 0,
      title: now?.label ?? `ไม่มีตัวเลขนี้ในรายงาน: ${key}`,
      textContent: typed ?? now?.text ?? key,
    });
    element.setAttribute("role", "button");
    element.dataset.key = key;
    if (typed !== null) element.dataset.typed = typed;
    return element;
  }

  // --- Live numbers ---

  get numberElements() {
    return findAll(this.area, "[data-key]");
  }

  /** @returns {Mismatch[]} */
  get mismatches() {
    const places = blocksOf(readLines(this.area)).flatMap(({ items }, index) =>
      items.flat().flatMap((piece) => ("key" in piece ? [index + 1] : [])),
    );
    return this.numberElements.flatMap((element, index) => {
      const now = this.numbers[element.dataset.key ?? ""];
      const words = element.textContent ?? "";
      if (now && toArabicDigits(words) === toArabicDigits(now.text)) return [];
      return [{ element, words, now, place: places[index] }];
    });
  }

  markNumbers() {
    const wrong = new Set(this.mismatches.map(({ element }) => element));
    for (const element of this.numberElements)
      element.classList.toggle("is-wrong", wrong.has(element));
  }

  /**
   * Puts a live number where the caret is or last was.
   * @param {string} key
   */
  insertNumber(key) {
    this.returnToCaret();
    run("insertText", CARET_PLACE.repeat(2)); // at a line's end it would come to stand below the line
    getSelection()?.modify("move", "backward", "character");
    run("insertHTML", this.numberElement({ key, typed: null, bold: false }).outerHTML);
    leaveNumber();
  }

  /**
   * Says what stands for a number: words that a person typed, or null for the value of the data.
   * @param {HTMLElement} element
   * @param {string | null} typed
   */
  setTyped(element, typed) {
    const key = element.dataset.key ?? "";
    this.replace(element, this.numberElement({ key, typed, bold: false }).outerHTML);
  }

  /** @param {HTMLElement} element */
  removeNumber(element) {
    this.replace(element, "");
  }

  /**
   * @param {HTMLElement} element
   * @param {string} html
   */
  replace(element, html) {
    this.area.focus();
    const range = document.createRange();
    range.selectNode(element);
    select(range);
    run(html ? "insertHTML" : "delete", html);
    leaveNumber();
  }

  // --- Commands ---

  /** Remembers the caret, for what is chosen elsewhere on the page. */
  rememberCaret() {
    const selection = getSelection();
    const range = selection?.rangeCount ? selection.getRangeAt(0) : null;
    if (range && this.area.contains(range.commonAncestorContainer)) this.caret = range.cloneRange();
  }

  returnToCaret() {
    this.area.focus();
    if (this.caret && this.area.contains(this.caret.commonAncestorContainer)) {
      select(this.caret);
      return;
    }
    const end = document.createRange();
    end.selectNodeContents(this.area.lastElementChild ?? this.area);
    end.collapse(false);
    select(end);
  }

  toggleBold() {
    this.returnToCaret();
    run("bold");
  }

  toggleList() {
    this.returnToCaret();
    run("insertUnorderedList");
  }

  get isBold() {
    return document.queryCommandState("bold");
  }

  get isInList() {
    return document.queryCommandState("insertUnorderedList");
  }

  /**
   * Lets through what the text may hold: no italics, no other lists, nothing dropped.
   * @param {InputEvent} event
   */
  filter(event) {
    if (event.inputType === "insertLineBreak") {
      event.preventDefault();
      run("insertParagraph");
    } else if (event.inputType === "deleteContentBackward") skipCaretPlace();
    else if (!ALLOWED_INPUT.test(event.inputType)) event.preventDefault();
  }

  /**
   * What comes from elsewhere comes as plain words; what was copied here keeps its form.
   * @param {Event} event
   * @param {DataTransfer | null} clipboard
   */
  paste(event, clipboard) {
    event.preventDefault();
    const own = clipboard?.getData(OWN_TYPE);
    if (own) this.insertOwn(own);
    else insertPlain(clipboard?.getData("text/plain") ?? "");
  }

  /** @param {string} text */
  insertOwn(text) {
    const blocks = parseText(text);
    const [first] = blocks;
    if (!first) return;
    const isOneLine = blocks.length === 1 && first.kind === "paragraph";
    const elements = blocks.flatMap(({ kind, items }) =>
      items.map((pieces) => this.lineElement(kind === "list" ? "li" : "p", pieces)),
    );
    const html = elements.map((line) =>
      line.tagName === "LI" ? `<ul>${line.outerHTML}</ul>` : line.outerHTML,
    );
    run("insertHTML", isOneLine ? elements[0].innerHTML : html.join(""));
  }

  /** @param {ClipboardEvent} event */
  copy(event) {
    const selection = getSelection();
    if (!selection?.rangeCount || !event.clipboardData) return;
    event.preventDefault();
    const copied = create("div", {});
    copied.append(selection.getRangeAt(0).cloneContents());
    event.clipboardData.setData(OWN_TYPE, formatText(blocksOf(readLines(copied))));
    event.clipboardData.setData("text/plain", selection.toString());
    if (event.type === "cut") run("delete");
  }
}

function emptyParagraph() {
  const paragraph = create("p", {});
  paragraph.append(create("br", {}));
  return paragraph;
}

/** Puts the caret behind a number in which the browser left it: there one could not type. */
function leaveNumber() {
  const selection = getSelection();
  const number = selection?.anchorNode?.parentElement?.closest("[data-key]");
  const following = number?.nextSibling;
  if (following instanceof Text)
    selection?.collapse(following, following.data.startsWith(CARET_PLACE) ? 1 : 0);
}

/** Moves the caret before the sign without width, so that one press deletes the number. */
function skipCaretPlace() {
  const selection = getSelection();
  const node = selection?.isCollapsed ? selection.anchorNode : null;
  const offset = selection?.anchorOffset ?? 0;
  if (node instanceof Text && node.data[offset - 1] === CARET_PLACE)
    selection?.collapse(node, offset - 1);
}

/** @param {Range} range */
function select(range) {
  const selection = getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
}

/**
 * Plain words, each of their lines a paragraph. Signs of the text's own form lose their meaning.
 * @param {string} text
 */
function insertPlain(text) {
  const lines = text
    .replace(/\r\n?/g, "\n")
    .split("\n")
    .map((line) => line.replace(/\*\*/g, "").replace(/[{}]/g, "").trim())
    .filter(Boolean);
  lines.forEach((line, index) => {
    if (index) run("insertParagraph");
    run("insertText", line);
  });
}
