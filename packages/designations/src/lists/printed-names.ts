/** A name as a list prints it: the ship's, and those in brackets behind it. */
export type PrintedName = { readonly shipName: string; readonly otherNames: readonly string[] };

/** Splits `Chong Bong (Greenlight) (Blue Nouvelle)`; `f.k.a.`, `ex` and `formerly` inside the brackets fall away. */
export function splitName(printed: string): PrintedName {
  const brackets = [...printed.matchAll(/\(([^()]*)\)/g)].flatMap(([, inside]) => inside.split(/[;/]/));
  const otherNames = brackets.map(withoutLead).filter((name) => name !== '');
  return {
    shipName: printed
      .replace(/\([^()]*\)/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
    otherNames,
  };
}

/** Returns the names of a cell that holds several, separated by a semicolon. */
export function namesIn(cell: string): readonly string[] {
  return cell
    .split(';')
    .map(withoutLead)
    .filter((name) => name !== '');
}

/** Returns names once each, without the ship's own. */
export function otherNamesThan(shipName: string, names: readonly string[]): readonly string[] {
  return [...new Set(names)].filter((name) => name !== shipName);
}

function withoutLead(name: string): string {
  return name.replace(/^\s*(?:[fan]\.?k\.?a\.?:?|ex[-: ]|formerly:?)\s+/i, '').trim();
}

/** Returns a cell's text, or null when it is empty. */
export function textOrNull(text: string): string | null {
  const trimmed = text.trim();
  return trimmed === '' ? null : trimmed;
}

/** Returns a call sign as it is compared: capitals and digits only; null when nothing is left or it says that there is none. */
export function callSignIn(text: string): string | null {
  const sign = text.toUpperCase().replace(/[^A-Z0-9]/g, '');
  return sign === '' || sign === 'NONE' || sign === 'NA' || sign === 'UNKNOWN' ? null : sign;
}
