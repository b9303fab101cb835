/** HTML that may be sent as it is: made by `html` or checked by eye. */
export type Html = { readonly html: string };

type Part = string | number | Html | readonly Html[] | null;

/** Returns HTML of a template: every value is escaped, except HTML made here; null is nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const filled = parts.map((part, index) => strings[index] + htmlOf(part));
  return { html: filled.join('') + strings[strings.length - 1] };
}

function htmlOf(part: Part): string {
  if (part === null) return '';
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return String(part);
  return 'html' in part ? part.html : part.map((piece) => piece.html).join('');
}

/**
 * Returns text as it may stand in HTML text and in quoted attributes. Control characters and those that turn the direction
 * of writing become visible replacements: names come from the air, and could make a line read as another.
 */
export function escaped(text: string): string {
  return text
    .replace(
      /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
      '\ufffd',
    )
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
