import type { Font } from './font.ts';

/** Returns a text in lines that are no wider than so many pixels; a word that is wider is cut. */
export function wrapped(font: Font, text: string, size: number, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).flatMap((one) => fitting(font, one, size, width))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && font.width(longer, size) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  if (line !== '') lines.push(line);
  return lines;
}

function fitting(font: Font, word: string, size: number, width: number): readonly string[] {
  if (font.width(word, size) <= width) return word === '' ? [] : [word];
  const pieces: string[] = [];
  let piece = '';
  for (const letter of word) {
    if (piece !== '' && font.width(piece + letter, size) > width) {
      pieces.push(piece);
      piece = letter;
    } else piece += letter;
  }
  return [...pieces, piece];
}

/** Returns the lines of a text at the first of the sizes at which they are no more than fit into a height; at the last they are cut. */
export function fitted(
  font: Font,
  text: string,
  sizes: readonly number[],
  room: { readonly width: number; readonly height: number; readonly lineHeight: number },
): { readonly size: number; readonly lines: readonly string[] } {
  let shown: { readonly size: number; readonly lines: readonly string[] } = { size: 0, lines: [] };
  for (const size of sizes) {
    const lines = wrapped(font, text, size, room.width);
    const most = Math.max(1, Math.floor(room.height / (size * room.lineHeight)));
    if (lines.length <= most) return { size, lines };
    shown = { size, lines: [...lines.slice(0, most - 1), ended(font, lines[most - 1], size, room.width)] };
  }
  return shown;
}

function ended(font: Font, line: string, size: number, width: number): string {
  let text = line;
  while (text !== '' && font.width(`${text}…`, size) > width) text = text.slice(0, -1);
  return `${text}…`;
}
