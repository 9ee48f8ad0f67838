// @ts-check
// The text of a report's part, as it is stored and sent, and as the blocks that the editor shows.
// The format is that of reports/composer/markup.py: what the one reads so does the other.
//
// A blank line ends a paragraph, lines that begin with a hyphen and a space make a list, **words**
// are bold, {key} is a live number, and {key|words} one whose value a person typed over.

/**
 * A stretch of a line: words, or a live number with what was typed over it (null where nothing was).
 * @typedef {{ text: string, bold: boolean }} Words
 * @typedef {{ key: string, typed: string | null, bold: boolean }} LiveNumber
 * @typedef {Words | LiveNumber} Piece
 */

/**
 * A paragraph has one item, a list one for each line.
 * @typedef {{ kind: "paragraph" | "list", items: Piece[][] }} Block
 */

/**
 * A line as the editor holds it, before lines of a list are put together.
 * @typedef {{ isItem: boolean, pieces: Piece[] }} Line
 */

const SIGN = /\{([a-z0-9]+(?:[._][a-z0-9]+)*)(?:\|([^{}|]*))?\}|(?<!\*)\*\*(?!\*)/g;
const LIST_LINE = /^-(?:\s+(.*))?$/;
const BOLD = "**";

/**
 * The blocks of a stored text, in their order. Any text has blocks; an empty one has none.
 * @param {string} text
 * @returns {Block[]}
 */
export function parseText(text) {
  /** @type {Line[]} */
  const lines = [];
  /** @type {string[]} */
  let paragraph = [];
  for (const line of [...text.split(/\r\n?|\n/).map((one) => one.trim()), ""]) {
    const item = LIST_LINE.exec(line);
    if (line && !item) {
      paragraph.push(line);
      continue;
    }
    if (paragraph.length) lines.push({ isItem: false, pieces: piecesOf(paragraph.join(" ")) });
    paragraph = [];
    if (item?.[1]) lines.push({ isItem: true, pieces: piecesOf(item[1]) });
  }
  return blocksOf(lines);
}

/**
 * A line piece by piece; of an odd number of bold signs the last is text.
 * @param {string} text
 * @returns {Piece[]}
 */
function piecesOf(text) {
  let signs = [...text.matchAll(SIGN)];
  const boldSigns = signs.filter(([sign]) => sign === BOLD);
  if (boldSigns.length % 2) signs = signs.filter((sign) => sign !== boldSigns.at(-1));
  /** @type {Piece[]} */
  const pieces = [];
  let [bold, end] = [false, 0];
  for (const sign of signs) {
    pieces.push({ text: text.slice(end, sign.index), bold });
    if (sign[1]) pieces.push({ key: sign[1], typed: sign[2]?.trim() || null, bold });
    else bold = !bold;
    end = sign.index + sign[0].length;
  }
  pieces.push({ text: text.slice(end), bold });
  return pieces.filter((piece) => "key" in piece || piece.text);
}

/**
 * Lines of a list that follow each other are one block; lines without words are left out.
 * @param {Line[]} lines
 * @returns {Block[]}
 */
export function blocksOf(lines) {
  /** @type {Block[]} */
  const blocks = [];
  for (const { isItem, pieces } of lines) {
    if (!pieces.some((piece) => "key" in piece || piece.text.trim())) continue;
    const before = blocks.at(-1);
    if (isItem && before?.kind === "list") before.items.push(pieces);
    else blocks.push({ kind: isItem ? "list" : "paragraph", items: [pieces] });
  }
  return blocks;
}

/**
 * The text that is stored for these blocks.
 * @param {Block[]} blocks
 */
export function formatText(blocks) {
  const parts = blocks.map(({ kind, items }) =>
    items.map((pieces) => (kind === "list" ? "- " : "") + formatLine(pieces)).join("\n"),
  );
  return parts.join("\n\n");
}

/** @param {Piece[]} pieces */
function formatLine(pieces) {
  let [line, bold] = ["", false];
  for (const piece of [...pieces, { text: "", bold: false }]) {
    if (piece.bold !== bold) line += BOLD;
    bold = piece.bold;
    line += "key" in piece ? formatNumber(piece) : piece.text;
  }
  return line.replace(/\s+/g, " ").trim();
}

/** @param {LiveNumber} number */
function formatNumber({ key, typed }) {
  const words = typed?.replace(/[{}|\s]+/g, " ").trim();
  return words ? `{${key}|${words}}` : `{${key}}`;
}
