// @ts-check
// Thai digits as people type them.

const THAI_ZERO = "๐".charCodeAt(0);

/**
 * The same text with Arabic digits in place of Thai ones.
 * @param {string} text
 */
export const toArabicDigits = (text) =>
  text.replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - THAI_ZERO));
