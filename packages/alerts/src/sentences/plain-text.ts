/** Longer text from outside is cut here: an AIS name has 20 characters, a list's name with former names some more. */
const MOST_CHARACTERS = 80;

/**
 * Returns text from outside as it may stand in a sentence: on one line, without control, format and direction
 * characters, which could hide or turn around the words beside it, with angle brackets as quotation marks, so that it is
 * no markup wherever the sentence is shown, and cut to 80 characters.
 */
export function plainText(text: string): string {
  const line = text
    .normalize('NFC')
    .replace(/[\p{Zs}\p{Zl}\p{Zp}\t\r\n]+/gu, ' ')
    .replace(/\p{C}/gu, '')
    .replace(/ {2,}/g, ' ')
    .replaceAll('<', '\u2039')
    .replaceAll('>', '\u203a')
    .trim();
  const characters = Array.from(line);
  return characters.length <= MOST_CHARACTERS
    ? line
    : `${characters.slice(0, MOST_CHARACTERS - 1).join('')}\u2026`;
}
